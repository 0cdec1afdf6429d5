from __future__ import annotations

import numpy as np
import pytest
from skimage import data

from graph.errors import StepError
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.noise.denoise import denoise
from nodes.pixels.colour import is_grey, luma


@pytest.fixture(scope="module")
def clean():
    """A portrait, with room for noise on either side."""
    return (0.1 + 0.8 * data.astronaut()[:320, :320] / 255).astype(np.float32)


def noisy(pixels, sigma, rng, *, grey=False):
    noise = rng.normal(0, sigma / 255, (*pixels.shape[:2], 1 if grey else 3))
    return np.clip(pixels + noise, 0, 1).astype(np.float32)


def gain(result, before, truth):
    """Decibels by which the error has shrunk."""
    return 10 * np.log10(np.mean((before - truth) ** 2) / np.mean((result.pixels - truth) ** 2))


@pytest.mark.parametrize(("sigma", "least"), [(10, 4.5), (25, 8.0)])
def test_noise_is_taken_out(ctx, clean, rng, sigma, least):
    before = noisy(clean, sigma, rng)
    assert gain(denoise(ctx, Image(before), strength=1.0), before, clean) > least


def test_a_clean_photo_is_left_as_it_is(ctx, clean):
    image = Image(clean)
    assert denoise(ctx, image) is image
    assert "left as it is" in ctx.notes[0]


def test_faint_noise_is_taken_out_by_and_by(ctx, clean, rng):
    """What barely counts as noise may be texture: of it a smaller share goes than of what surely is."""
    shares: list[float] = []
    for sigma in (3, 12):
        before = noisy(clean, sigma, rng, grey=True)
        shares.append(float(np.abs(denoise(ctx, Image(before)).pixels - before).mean()) / sigma)
    assert 0 < shares[0] < 0.6 * shares[1]


@pytest.mark.parametrize("setting", [{"strength": 0.0}, {"luminance": 0.0, "chroma": 0.0}])
def test_nothing_wanted_is_nothing_done(ctx, clean, rng, setting):
    image = Image(noisy(clean, 15, rng))
    assert denoise(ctx, image, **setting) is image


def test_light_and_colour_are_apart(ctx, clean, rng):
    before = noisy(clean, 15, rng)
    chroma_only = denoise(ctx, Image(before), luminance=0.0, strength=1.0).pixels
    assert np.abs(luma(chroma_only) - luma(before)).max() < 0.02
    tint, was = (np.std((pixels - clean)[..., 0] - luma(pixels - clean + 0.5)) for pixels in (chroma_only, before))
    assert tint < 0.6 * was


def test_more_detail_changes_less(ctx, clean, rng):
    before = noisy(clean, 15, rng)
    changes = [np.abs(denoise(ctx, Image(before), detail=detail).pixels - before).mean() for detail in (0.0, 0.5, 1.0)]
    assert changes[0] > changes[1] > changes[2] > 0


def test_grey_stays_grey(ctx, clean, rng):
    grey = np.repeat(luma(clean)[..., None], 3, axis=2)
    assert is_grey(denoise(ctx, Image(noisy(grey, 15, rng, grey=True))).pixels)


def test_only_the_masked_part_changes(ctx, clean, rng):
    before = noisy(clean, 15, rng)
    values = np.zeros(before.shape[:2], np.float32)
    values[:100] = 1.0
    after = denoise(ctx, Image(before), Mask(values)).pixels
    assert np.abs(after[100:] - before[100:]).max() < 1e-6
    assert np.abs(after[:100] - before[:100]).mean() > 0.01


def test_a_mask_of_another_size_is_refused(ctx, clean):
    with pytest.raises(StepError, match="sizes of the mask and the photo differ"):
        denoise(ctx, Image(clean), Mask(np.ones((3, 3), np.float32)))


def test_a_16_bit_photo_is_not_rounded_to_8(ctx, rng):
    ramp = np.repeat(np.linspace(0.3, 0.31, 400, dtype=np.float32)[None, :, None], 3, axis=2)
    before = np.repeat(ramp, 200, axis=0)
    before = before + rng.normal(0, 0.03, (200, 400, 1)).astype(np.float32)
    after = denoise(ctx, Image(before), strength=1.0, noise=8.0).pixels
    means = after[..., 1].mean(axis=0)
    assert np.corrcoef(means, ramp[0, :, 1])[0, 1] > 0.5
    assert np.unique(after).size > 10_000


def test_told_noise_counts_instead_of_the_measured(ctx, clean):
    image = Image(clean)
    assert denoise(ctx, image, noise=20.0) is not image
    assert "20.0 of 255" in ctx.notes[0]
