from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import ndimage

from nodes.kinds.mask import Mask
from nodes.masks.grow import grow


def _disk(radius: float) -> np.ndarray:
    side = np.arange(-math.floor(radius), math.floor(radius) + 1)
    return np.hypot(*np.meshgrid(side, side)) <= radius


def _dilated(values: np.ndarray, radius: float) -> np.ndarray:
    return ndimage.grey_dilation(values, footprint=_disk(radius), mode="constant", cval=0)


def _dots(rng, shape=(120, 90), share=0.01) -> np.ndarray:
    return (rng.random(shape) < share).astype(np.float32)


@pytest.mark.parametrize("radius", [1, 1.5, 2, 3, 7.3, 20])
@pytest.mark.parametrize("soft", [False, True])
def test_growing_is_a_dilation_by_a_disk(ctx, rng, radius, soft):
    values = _dots(rng) * (rng.random((120, 90), dtype=np.float32) if soft else 1)
    assert np.array_equal(grow(ctx, Mask(values), by=radius).values, _dilated(values, radius))


@pytest.mark.parametrize("soft", [False, True])
def test_shrinking_is_growing_what_is_not_marked(ctx, rng, soft):
    values = 1 - _dots(rng) * (rng.random((120, 90), dtype=np.float32) if soft else 1)
    shrunk = grow(ctx, Mask(values), by=-4).values
    assert np.allclose(shrunk, 1 - _dilated(1 - values, 4), atol=1e-6)


def test_the_border_does_not_eat_into_the_mask(ctx):
    full = np.ones((20, 20), np.float32)
    assert grow(ctx, Mask(full), by=-5).values.min() == 1


@pytest.mark.parametrize("soft", [False, True])
def test_tiles_do_not_show(ctx, rng, soft):
    values = _dots(rng, (1100, 1040), 0.0005) * (rng.random((1100, 1040), dtype=np.float32) if soft else 1)
    assert np.array_equal(grow(ctx, Mask(values), by=9).values, _dilated(values, 9))


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 5), (40, 3)])
@pytest.mark.parametrize("by", [-30, -1, 1, 30])
def test_any_size_works(ctx, rng, shape, by):
    values = rng.random(shape, dtype=np.float32)
    result = grow(ctx, Mask(values), by=by).values
    assert result.shape == shape
    assert np.all(result >= values) if by > 0 else np.all(result <= values + 1e-6)


def test_less_than_a_pixel_is_nothing(ctx, rng):
    mask = Mask(_dots(rng))
    assert grow(ctx, mask, by=0.4) is mask
    assert ctx.notes
