from __future__ import annotations

import numpy as np
import pytest

from graph.context import tiles
from graph.errors import Cancelled
from nodes.noise.shrinkage import REACH, shrink
from nodes.noise.spectrum import white


def free() -> None:
    """Nobody cancels."""


def test_noise_goes_and_an_edge_stays(rng):
    edge = np.full((96, 96), 0.3, np.float32)
    edge[:, 50:] = 0.7
    noisy = (edge + rng.normal(0, 0.05, edge.shape)).astype(np.float32)
    result = shrink(noisy, white(0.05), free)
    assert np.std(result - edge) < 0.3 * np.std(noisy - edge)
    assert np.abs(np.diff(result, axis=1)[:, 49]).mean() > 0.3


def test_without_noise_the_plane_stays(rng):
    plane = rng.random((70, 53), dtype=np.float32)
    assert np.abs(shrink(plane, white(0.0), free) - plane).max() < 1e-5


def test_a_constant_stays_itself():
    plane = np.full((33, 20), 0.4, np.float32)
    assert np.abs(shrink(plane, white(0.1), free) - plane).max() < 1e-5


@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (7, 5), (8, 8), (9, 200)])
def test_any_size_comes_back(rng, shape):
    result = shrink(rng.random(shape, dtype=np.float32), white(0.05), free)
    assert result.shape == shape
    assert np.isfinite(result).all()


def test_tiles_give_what_the_whole_gives(rng):
    plane = rng.random((300, 333), dtype=np.float32)
    whole, parts = shrink(plane, white(0.1), free), np.empty_like(plane)
    for tile in tiles(300, 333, REACH, side=128):
        parts[tile.write] = shrink(plane[tile.read], white(0.1), free)[tile.core]
    assert np.abs(parts - whole).max() < 1e-5


def test_the_input_is_not_touched(rng):
    plane = rng.random((40, 40), dtype=np.float32)
    plane.flags.writeable = False
    shrink(plane, white(0.1), free)


def test_it_stops_when_asked(rng):
    def cancelled() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        shrink(rng.random((40, 40), dtype=np.float32), white(0.1), cancelled)
