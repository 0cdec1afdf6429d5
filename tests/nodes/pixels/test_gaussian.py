from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from graph.context import tiles
from nodes.pixels.gaussian import WIDEST, Gaussian, reach


def _blurred(ctx, values: np.ndarray, sigma: float, side: int = 1024) -> np.ndarray:
    blur = Gaussian(ctx, values, sigma)
    out = np.empty_like(values)
    for tile in tiles(values.shape[0], values.shape[1], blur.overlap, side):
        out[tile.write] = blur.of(tile)
    return out


@pytest.mark.parametrize("sigma", [0.5, 2, WIDEST, 7, 12, 12.1, 30])
def test_it_is_a_gaussian(ctx, rng, sigma):
    values = (ndimage.gaussian_filter(rng.random((300, 270)), 3) > 0.5).astype(np.float32)
    expected = ndimage.gaussian_filter(values, sigma, mode="mirror", truncate=6)
    inner = (slice(90, -90),) * 2
    assert np.abs(_blurred(ctx, values, sigma) - expected)[inner].max() < 0.004


@pytest.mark.parametrize("sigma", [2, 9, 40])
@pytest.mark.parametrize("shape", [(133, 101), (133, 101, 3)])
def test_tiles_do_not_show(ctx, rng, sigma, shape):
    values = rng.random(shape, dtype=np.float32)
    assert np.allclose(_blurred(ctx, values, sigma, 29), _blurred(ctx, values, sigma), atol=1e-6)


@pytest.mark.parametrize("sigma", [0.1, 3, 50, 1000])
@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 5, 3), (600, 3)])
def test_any_size_keeps_a_constant(ctx, sigma, shape):
    for level in (0.0, 0.3, 1.0):
        blurred = _blurred(ctx, np.full(shape, level, np.float32), sigma)
        assert blurred == pytest.approx(level, abs=1e-5)
        assert blurred.max() <= 1


def test_reach_grows_with_the_blur():
    assert reach(0) == 0
    assert reach(2) == 7
