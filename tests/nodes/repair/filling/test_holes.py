"""Marks of damage."""

from __future__ import annotations

import numpy as np
import pytest

from nodes.repair.filling.holes import Holes, Marks, widened


def dot(side: int = 11) -> Marks:
    marks = np.zeros((side, side), np.bool_)
    marks[side // 2, side // 2] = True
    return marks


@pytest.mark.parametrize(("by", "count"), [(0, 1), (0.4, 1), (1, 9), (2, 21), (20, 121)])
def test_marks_widen_to_a_disc(by: float, count: int):
    assert widened(dot(), by).sum() == count


def test_a_margin_of_one_pixel_takes_the_corners_along():
    assert widened(dot(), 1)[4:7, 4:7].all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 5)], ids=str)
def test_no_marks_stay_none(shape: tuple[int, int]):
    assert not widened(np.zeros(shape, np.bool_), 3).any()


def test_what_was_filled_is_known():
    hole = widened(dot(), 2)
    filled = hole.copy()
    filled[:, 5:] = False
    assert np.array_equal(Holes(hole, filled, hole & ~filled).known, ~hole | filled)
