from __future__ import annotations

import imagecodecs
import numpy as np
import pytest

from graph.errors import StepError
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.layers.blend import blend
from nodes.layers.modes import MODES


@pytest.fixture
def base(rng) -> Image:
    return Image(rng.random((60, 70, 3), dtype=np.float32), Origin(bits=16))


@pytest.fixture
def top(rng) -> Image:
    return Image(rng.random((60, 70, 3), dtype=np.float32))


def test_normal_covers(ctx, base, top):
    result = blend(ctx, base, top)
    assert np.array_equal(result.pixels, top.pixels)
    assert result.origin == base.origin


def test_opacity_mixes(ctx, base, top):
    mixed = blend(ctx, base, top, opacity=0.25).pixels
    assert np.allclose(mixed, 0.75 * base.pixels + 0.25 * top.pixels, atol=1e-6)


@pytest.mark.parametrize("mode", MODES)
def test_the_mask_limits_every_mode(ctx, base, top, mode):
    values = np.zeros((60, 70), np.float32)
    values[10:20, 10:20], values[30:40, 10:20] = 1, 0.5
    masked = blend(ctx, base, top, Mask(values), mode=mode, opacity=0.8).pixels
    whole = blend(ctx, base, top, mode=mode, opacity=0.8).pixels
    assert np.array_equal(masked[values == 0], base.pixels[values == 0])
    assert np.allclose(masked[values == 1], whole[values == 1], atol=1e-6)
    half = values == 0.5
    assert np.allclose(masked[half], (base.pixels[half] + whole[half]) / 2, atol=1e-6)


def test_nothing_to_show_passes_the_base(ctx, base, top):
    assert blend(ctx, base, top, opacity=0) is base
    assert blend(ctx, base, top, Mask(np.zeros((60, 70), np.float32))) is base
    assert len(ctx.notes) == 2


def test_another_size_is_fitted_and_said(ctx, base, rng):
    small = Image(rng.random((6, 7, 3), dtype=np.float32))
    result = blend(ctx, base, small)
    assert (result.height, result.width) == (60, 70)
    assert "from 7 × 6 to 70 × 60" in ctx.notes[0]


def test_another_profile_is_converted(ctx, base):
    profile = imagecodecs.cms_profile("adobergb")
    red = np.zeros((60, 70, 3), np.float32)
    red[..., 0] = 1
    result = blend(ctx, Image(base.pixels, Origin(profile=profile)), Image(red))
    assert result.origin.profile == profile
    # Red of sRGB in the wider Adobe RGB (1998).
    assert result.pixels[0, 0] == pytest.approx([0.8586, 0, 0], abs=0.01)


def test_a_mask_of_another_size_is_refused(ctx, base, top):
    with pytest.raises(StepError, match="the lower photo and the mask"):
        blend(ctx, base, top, Mask(np.zeros((6, 7), np.float32)))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 9, 3), (7, 5, 3), (600, 3, 3)])
def test_any_size_black_and_white(ctx, rng, mode, shape):
    hard = [Image(np.round(rng.random(shape)).astype(np.float32)) for _ in range(2)]
    assert blend(ctx, hard[0], hard[1], mode=mode, opacity=0.7).pixels.shape == shape
