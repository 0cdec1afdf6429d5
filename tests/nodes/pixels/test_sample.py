from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.image import Image
from nodes.pixels.colour import luma
from nodes.pixels.sample import inside


def ends(pixels):
    return np.quantile(luma(inside(Image(pixels))[None]), (0.02, 0.98))


@pytest.mark.parametrize("value", [0.0, 0.12, 0.9, 1.0])
def test_a_border_does_not_count(prints, value):
    picture = (0.3 + 0.4 * prints.sound).astype(np.float32)
    assert ends(prints.framed(picture, value)) == pytest.approx(ends(picture), abs=0.03)


def test_white_around_torn_edges_does_not_count(prints):
    picture = (0.3 + 0.4 * prints.sound).astype(np.float32)
    torn = picture.copy()
    for y in range(256):
        torn[y, : 20 + 15 * (y // 20 % 2)] = 1.0
    assert ends(torn)[1] < 0.75


@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (7, 5), (4000, 3), (900, 1200)])
@pytest.mark.parametrize("value", [0.0, 0.4, 1.0])
def test_something_always_remains(shape, value):
    found = inside(Image(np.full((*shape, 3), value, np.float32)))
    assert found.shape[0] > 0
    assert found.shape[0] <= 384 * 384
    assert np.allclose(found, value, atol=1e-5)
