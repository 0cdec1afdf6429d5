from __future__ import annotations

import numpy as np
import pytest

from graph.context import tiles
from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey, luma, split
from nodes.tone.contrast import contrast
from nodes.tone.equalising import equalising


@pytest.fixture
def shaded(prints):
    """A photo whose left half lies in the shade and is dull there."""
    shade = np.ones((1, 256, 1), np.float32)
    shade[:, :128] = 0.5
    return (0.2 + 0.5 * prints.sound * shade).astype(np.float32)


def spread(pixels):
    return float(luma(pixels).std())


def test_each_part_gets_more_contrast(ctx, shaded):
    result = contrast(ctx, Image(shaded), strength=1.0).pixels
    for half in (np.s_[:, 10:118], np.s_[:, 138:246]):
        assert spread(result[half]) > 1.15 * spread(shaded[half])


def test_strength_goes_part_of_the_way_and_0_is_nothing(ctx, shaded):
    image = Image(shaded)
    half, whole = (np.abs(contrast(ctx, image, strength=share).pixels - shaded).mean() for share in (0.5, 1.0))
    assert half == pytest.approx(whole / 2, rel=0.05)
    assert contrast(ctx, image, strength=0.0) is image
    assert contrast(ctx, image, limit=1.0) is image


def test_flat_skies_and_their_grain_stay(ctx, prints, rng):
    pixels = (0.2 + 0.5 * prints.sound).astype(np.float32)
    pixels[:140] = 0.7 + rng.normal(0, 0.006, (140, 256, 1))
    result = contrast(ctx, Image(pixels), strength=1.0).pixels
    assert np.abs(result[:80] - pixels[:80]).max() < 2e-3


def test_a_grainy_photo_is_left_alone(ctx, prints, rng):
    pixels = (0.3 + 0.4 * prints.grey + rng.normal(0, 0.05, (256, 256, 1))).clip(0, 1).astype(np.float32)
    image = Image(np.ascontiguousarray(np.repeat(pixels[..., :1], 3, axis=2)))
    assert contrast(ctx, image) is image
    assert "grainy" in ctx.notes[0]


def test_black_and_white_can_be_protected(ctx, prints):
    image = Image(prints.sound)
    free, kept = (contrast(ctx, image, strength=1.0, shadows=share, highlights=share).pixels for share in (0.0, 1.0))
    dark = luma(prints.sound) < 0.05
    assert np.abs(kept - prints.sound)[dark].mean() < 0.5 * np.abs(free - prints.sound)[dark].mean()


def test_colours_and_grey_are_kept(ctx, shaded, prints):
    before, after = split(shaded)[1], split(contrast(ctx, Image(shaded)).pixels)[1]
    assert np.abs(after - before).mean() < 2e-3
    assert is_grey(contrast(ctx, Image(prints.washed(prints.grey))).pixels)


def test_neither_tiles_nor_parts_show(ctx):
    """A ramp stays as smooth as it was, over the borders of both."""
    ramp = np.linspace(0.2, 0.8, 1400, dtype=np.float32)[None, :, None]
    image = Image(np.ascontiguousarray(np.broadcast_to(ramp, (600, 1400, 3))))
    result = contrast(ctx, image, strength=1.0, size=20).pixels[..., 1]
    steps = np.diff(result, axis=1)
    assert len(tiles(600, 1400, 0, 512)) == 6
    assert steps.max() < 4 * (0.6 / 1400)
    assert np.abs(np.diff(result, axis=0)).max() < 1e-4


@pytest.mark.parametrize("limit", [1.2, 2.0, 4.0])
def test_a_curve_rises_keeps_its_ends_and_its_mean(prints, limit):
    light = luma(prints.grey)[60:120, 60:120] * np.float32(0.5)
    curve = equalising(light, limit)
    assert curve[0] == 0.0
    assert curve[-1] == pytest.approx(1.0, abs=1e-6)
    assert (np.diff(curve) >= 0).all()
    mean = float(light.mean())
    assert np.interp(mean, np.linspace(0, 1, curve.size), curve) == pytest.approx(mean, abs=0.01)
    # The power that keeps the mean may steepen it a little.
    assert np.diff(curve).max() * (curve.size - 1) < 1.5 * limit
