from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.kinds.faces import Face, Faces

POINTS = ((10.0, 10.0), (20.0, 10.0), (15.0, 15.0), (11.0, 20.0), (19.0, 20.0))


def face(left: float, width: float = 20.0) -> Face:
    return Face((left, 5.0, left + width, 30.0), POINTS, 0.9)


@given(st.lists(st.floats(-50, 500), max_size=12))
def test_they_stand_from_left_to_right(lefts):
    found = Faces(tuple(face(left) for left in lefts), height=100, width=200)
    assert [each.box[0] for each in found] == sorted(lefts)
    assert len(found) == len(lefts)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_only_finite_numbers(wrong):
    with pytest.raises(ValueError, match="finite"):
        Face((wrong, 0.0, 1.0, 1.0), POINTS)
    with pytest.raises(ValueError, match="finite"):
        Face((0.0, 0.0, 1.0, 1.0), ((wrong, 0.0), *POINTS[1:]))
    with pytest.raises(ValueError, match="finite"):
        Face((0.0, 0.0, 1.0, 1.0), POINTS, wrong)


def test_a_face_has_a_box_and_five_points():
    with pytest.raises(ValueError, match="5 points"):
        Face((0.0, 0.0, 1.0, 1.0), POINTS[:4])
    with pytest.raises(ValueError, match="top left"):
        Face((5.0, 0.0, 1.0, 1.0), POINTS)
    with pytest.raises(ValueError, match="at least one pixel"):
        Faces((), height=0, width=5)


def test_resizing_keeps_the_corners():
    corners = Face((-0.5, -0.5, 99.5, 49.5), POINTS)
    doubled = Faces((corners,), height=50, width=100).resized(100, 200)
    assert (doubled.height, doubled.width) == (100, 200)
    assert doubled.found[0].box == (-0.5, -0.5, 199.5, 99.5)
    assert doubled.found[0].landmarks[0] == (20.5, 20.5)


def test_the_same_size_is_the_same_object():
    found = Faces((face(3),), height=50, width=100)
    assert found.resized(50, 100) is found


@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_there_and_back(across, down):
    one = face(7)
    again = one.mapped(across, down).mapped(1 / across, 1 / down)
    assert again.box == pytest.approx(one.box)
    assert [part for point in again.landmarks for part in point] == pytest.approx(
        [part for point in one.landmarks for part in point]
    )
