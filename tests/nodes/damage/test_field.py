from __future__ import annotations

import numpy as np
import pytest

from nodes.damage.field import Field, rough, white
from nodes.damage.sheet import Window

WHOLE = Window(-40, -30, 300, 280)
PART = Window(35, 62, 71, 53)


@pytest.mark.parametrize("cell", [1.0, 3.0, 20.0, 37.5, 400.0])
def test_a_place_has_the_same_value_in_every_window(cell):
    field = Field(11, cell)
    assert np.allclose(field.over(WHOLE)[PART.within(WHOLE)], field.over(PART), atol=1e-5)


def test_noise_too():
    assert np.array_equal(white(WHOLE, 3)[PART.within(WHOLE)], white(PART, 3))
    assert abs(white(WHOLE, 3).std() - 1) < 0.05


@pytest.mark.parametrize("cell", [2.0, 40.0])
def test_values_spread_over_0_to_1_and_change_slowly(cell):
    values = Field(5, cell).over(Window(0, 0, 600, 600))
    assert 0 <= values.min() < 0.15
    assert 0.85 < values.max() <= 1
    assert 0.4 < values.mean() < 0.6
    assert np.abs(np.diff(values, axis=0)).mean() < 1 / cell


def test_seeds_differ():
    assert not np.allclose(Field(1, 8).over(PART), Field(2, 8).over(PART))
    assert not np.allclose(Field(1, 80).over(PART), Field(2, 80).over(PART))


def test_more_octaves_are_rougher():
    smooth, uneven = (rough(Window(0, 0, 400, 400), 64, 1, octaves) for octaves in (1, 4))
    assert np.abs(np.diff(uneven)).mean() > 2 * np.abs(np.diff(smooth)).mean()
