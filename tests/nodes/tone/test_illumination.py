from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.tone.illumination import dark_corners, smooth, stains, uneven_paper


@given(st.integers(1, 6), st.floats(-2, 0), st.integers(8, 40))
def test_a_constant_is_its_own_light(order, level, side):
    values = np.full((side, side + 3), level, np.float32)
    assert np.abs(smooth(values, order) - values).max() < 1e-4


def test_what_stands_out_does_not_count():
    plane = np.linspace(-0.5, 0.0, 80, dtype=np.float32)[None].repeat(60, axis=0)
    coat = plane.copy()
    coat[20:50, 30:50] = -2.5
    assert np.abs(smooth(coat, 3) - smooth(plane, 3)).max() < 0.05


def test_only_what_counts_is_looked_at():
    values = np.zeros((40, 50), np.float32)
    values[10:30, 10:40] = -3.0
    assert np.abs(smooth(values, 2, values == 0)).max() < 1e-3


@pytest.mark.parametrize("find", [dark_corners, uneven_paper, stains])
@pytest.mark.parametrize("shape", [(1, 1), (1, 37), (160, 2), (40, 60)])
@pytest.mark.parametrize("value", [0.0, 0.6, 1.0])
def test_nothing_is_found_on_a_blank(find, shape, value):
    assert find(np.full((*shape, 3), value, np.float32)) is None
