from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.formats.means import Means


def expected(picture: np.ndarray, side: int) -> np.ndarray:
    height, width = picture.shape[:2]
    rows = [
        [picture[top : top + side, left : left + side].mean(axis=(0, 1)) for left in range(0, width, side)]
        for top in range(0, height, side)
    ]
    return np.array(rows)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 9), st.integers(1, 13), st.integers(1, 13), st.randoms())
def test_pieces_in_any_order_give_the_means_of_squares(height, width, side, down, across, random):
    picture = np.random.default_rng(random.randrange(2**32)).random((height, width, 3), dtype=np.float32)
    means = Means(height, width, 3, side)
    places = [(top, left) for top in range(0, height, down) for left in range(0, width, across)]
    random.shuffle(places)
    for top, left in places:
        means.add(picture[top : top + down, left : left + across], top, left)
    assert means.values().shape == (*means.size, 3)
    assert means.values().dtype == np.float32
    assert np.allclose(means.values(), expected(picture, side), atol=1e-5)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_they_stay_in_range(value):
    means = Means(701, 533, 4, 97)
    means.add(np.full((701, 533, 4), value, np.float32), 0, 0)
    assert (means.values() == value).all()
