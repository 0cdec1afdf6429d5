from __future__ import annotations

import cv2
import numpy as np
import pytest

from graph.context import tiles
from nodes.pixels.enlarging import enlarged


@pytest.mark.parametrize("side", [16, 50, 1000])
def test_tiles_make_the_whole(rng, side):
    small = rng.random((13, 17, 2), np.float32)
    out = np.empty((101, 90, 2), np.float32)
    for tile in tiles(101, 90, side=side):
        out[tile.write] = enlarged(small, (101, 90), tile)
    assert np.allclose(out, cv2.resize(small, (90, 101), interpolation=cv2.INTER_LINEAR), atol=1e-4)


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (7, 5)])
def test_its_own_size_is_itself(rng, size):
    values = rng.random((*size, 3), np.float32)
    assert np.array_equal(enlarged(values, size, tiles(*size)[0]), values)
