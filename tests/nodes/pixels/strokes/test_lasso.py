from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.context import Context
from nodes.pixels.strokes.lasso import CROSSINGS, SCANS, Lasso

ROWS, COLUMNS = slice(0, 60), slice(0, 80)

places = st.tuples(st.floats(1, 79), st.floats(1, 59))


def covered(points: object, rows: slice = ROWS, columns: slice = COLUMNS) -> np.ndarray:
    return Lasso(np.array(points, np.float32)).coverage(Context(), rows, columns)


def area(points: np.ndarray) -> float:
    """Of a polygon that does not cross itself, by the shoelace formula."""
    x, y = points.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def test_a_square_fills_its_pixels_and_no_other():
    values = covered([[10, 20], [30, 20], [30, 50], [10, 50]])
    assert (values[20:50, 10:30] == 1).all()
    assert values.sum() == 600


def test_its_edge_is_anti_aliased():
    values = covered([[10.25, 20.5], [30.75, 20.5], [30.75, 50], [10.25, 50]])
    assert values[30, 10] == pytest.approx(0.75)
    assert values[30, 30] == pytest.approx(0.75)
    assert values[20, 15] == pytest.approx(0.5)


@given(places, places, places)
def test_a_triangle_covers_its_area(a, b, c):
    corners = np.array([a, b, c], np.float32)
    around = float(np.abs(corners - np.roll(corners, 1, axis=0)).sum())
    assert covered(corners).sum() == pytest.approx(area(corners.astype(float)), abs=1e-3 + around / (2 * SCANS))


@given(st.lists(places, min_size=1, max_size=8))
def test_any_shape_is_sound_and_within_its_box(points):
    values = covered(points)
    assert values.min() >= 0
    assert values.max() <= 1
    left, top, right, bottom = Lasso(np.array(points, np.float32)).box
    outside = np.ones((60, 80), bool)
    outside[int(top) : int(np.ceil(bottom)), int(left) : int(np.ceil(right))] = False
    assert not values[outside].any()


@given(st.lists(places, min_size=3, max_size=8))
def test_pieces_join_without_a_seam(points):
    whole = covered(points)
    pieces = [[covered(points, y, x) for x in (slice(0, 33), slice(33, 80))] for y in (slice(0, 17), slice(17, 60))]
    assert np.allclose(np.block(pieces), whole, atol=1e-6)


def test_where_it_crosses_itself_the_inner_part_is_outside():
    turns = np.linspace(0, 4 * np.pi, 5, endpoint=False)
    star = np.stack([40 + 25 * np.sin(turns), 30 - 25 * np.cos(turns)], axis=1)
    values = covered(star)
    assert values[30, 40] == 0
    assert values[10, 40] == 1


def test_a_shape_may_reach_far_beyond_the_photo():
    assert (covered([[-1e6, -1e6], [1e6, -1e6], [1e6, 1e6], [-1e6, 1e6]]) == 1).all()


def test_many_corners_are_worked_on_in_bounded_pieces():
    turns = np.linspace(0, 400 * np.pi, 40_000)
    zigzag = np.stack([40 + 30 * np.cos(turns), 30 + 25 * np.sin(turns * 3.1)], axis=1)
    assert 4 * 25 * 1.55 * 400 * SCANS > CROSSINGS / 2
    values = covered(zigzag)
    assert np.isfinite(values).all()
    assert 0 < values.mean() < 1
