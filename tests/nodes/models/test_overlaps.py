from __future__ import annotations

import numpy as np
import pytest

from nodes.models.overlaps import best, shared


def test_the_better_of_two_that_overlap_is_kept():
    boxes = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [30, 0, 40, 10]], float)
    assert best(boxes, np.array([0.5, 0.9, 0.7]), 0.4) == [1, 2]


def test_little_overlap_keeps_both():
    boxes = np.array([[0, 0, 10, 10], [8, 0, 18, 10]], float)
    assert best(boxes, np.array([0.5, 0.9]), 0.4) == [1, 0]


def test_nothing_gives_nothing():
    assert best(np.empty((0, 4)), np.empty(0), 0.4) == []


def test_shares():
    box = np.array([0, 0, 10, 10], float)
    others = np.array([[0, 0, 10, 10], [5, 0, 15, 10], [20, 20, 30, 30], [3, 3, 3, 3]], float)
    assert shared(box, others).tolist() == pytest.approx([1, 1 / 3, 0, 0])
