from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.faces.align import (
    OUTSIDE,
    SIDE,
    TEMPLATE,
    affine_from_landmarks,
    aligned,
    bounds,
    enlargement,
    inverse,
    within,
)


def points(scale: float = 1.0, turn: float = 0.0, right: float = 0.0, down: float = 0.0) -> list[tuple[float, float]]:
    """The template's points as a photo shows them."""
    c, s = np.cos(turn) * scale, np.sin(turn) * scale
    return [(c * x - s * y + right, s * x + c * y + down) for x, y in TEMPLATE]


@given(st.floats(0.05, 8), st.floats(-3, 3), st.floats(-500, 5000), st.floats(-500, 5000))
def test_the_points_reach_the_template(scale, turn, right, down):
    matrix = affine_from_landmarks(points(scale, turn, right, down))
    assert matrix is not None
    found = np.column_stack([points(scale, turn, right, down), np.ones(5)]) @ matrix.T
    assert np.abs(found - TEMPLATE).max() < 0.05
    assert enlargement(matrix) == pytest.approx(1 / scale, rel=1e-3)


@pytest.mark.parametrize(
    "where", [[(5.0, 5.0)] * 5, [(1e9, 1e9)] * 5, [(0.0, 0.0), (1e9, 0), (0, 1e9), (1e9, 1e9), (5, 5)]]
)
def test_points_that_are_no_face(where):
    assert affine_from_landmarks(where) is None


def test_there_and_back():
    matrix = affine_from_landmarks(points(0.3, 0.2, 40, 70))
    assert matrix is not None
    forth, back = np.vstack([matrix, [0, 0, 1]]), np.vstack([inverse(matrix), [0, 0, 1]])
    assert np.abs(forth @ back - np.eye(3)).max() < 1e-9


def test_corners_stay_corners_when_the_photo_grows():
    # The square's corner lies half a pixel outside the middle of its first pixel.
    matrix = affine_from_landmarks(points(0.5))
    assert matrix is not None
    corner = np.array([-0.5, -0.5, 1.0])
    small, large = inverse(matrix) @ corner, inverse(matrix, 3, 2) @ corner
    assert large + 0.5 == pytest.approx((small + 0.5) * [3, 2])


@pytest.mark.parametrize(("scale", "right", "down"), [(0.2, 30, 40), (1.0, 100, 60), (1.4, 0, 0), (0.5, -120, -90)])
def test_the_face_is_what_the_official_code_cuts_out(scale, right, down, rng):
    photo = cv2.GaussianBlur(rng.random((700, 800, 3), dtype=np.float32), (0, 0), 2)
    matrix = affine_from_landmarks(points(scale, 0.1, right, down))
    assert matrix is not None
    expected = cv2.warpAffine(photo, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_CONSTANT, borderValue=OUTSIDE)
    assert np.abs(aligned(photo, matrix) - expected).max() < 0.01


def test_a_large_face_does_not_alias():
    """Stripes finer than the square can show become grey, not a pattern."""
    photo = np.zeros((2400, 2400, 3), np.float32)
    photo[:, ::2] = 1
    matrix = affine_from_landmarks(points(4.2))
    assert matrix is not None
    inner = aligned(photo, matrix)[50:-50, 50:-50]
    assert inner.std() < 0.06
    assert inner.mean() == pytest.approx(0.5, abs=0.01)


def test_a_large_face_stays_in_its_place():
    photo = np.zeros((1400, 1400, 3), np.float32)
    spot = inverse(np.eye(3)[:2]) @ [900, 760, 1]
    photo[755:765, 895:905] = 1
    matrix = affine_from_landmarks(points(2.7))
    assert matrix is not None
    face = aligned(photo, matrix)[..., 0]
    face[:3], face[:, :3] = 0, 0
    y, x = (np.sum(np.mgrid[:SIDE, :SIDE] * face, axis=(1, 2)) / face.sum()).tolist()
    assert (x, y) == pytest.approx(tuple(matrix @ [spot[0] - 0.5, spot[1] - 0.5, 1]), abs=0.1)


def test_a_face_beyond_the_photo_is_grey():
    matrix = affine_from_landmarks(points(1, 0, 9000, 9000))
    assert matrix is not None
    face = aligned(np.ones((20, 30, 3), np.float32), matrix)
    assert np.array_equal(face[0, 0], np.asarray(OUTSIDE, np.float32))
    rows, columns = bounds(inverse(matrix), 20, 30)
    assert rows.start == rows.stop
    assert columns.start == columns.stop


def test_within_marks_what_the_photo_shows():
    matrix = affine_from_landmarks(points(1, 0, -256, 0))
    assert matrix is not None
    inside = within(matrix, 1000, 1000)
    assert inside[256, 300] == 1
    assert inside[256, 200] == 0
    assert within(matrix, 1, 1).sum() <= 4
