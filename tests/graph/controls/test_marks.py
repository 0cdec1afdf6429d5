from __future__ import annotations

from typing import Any

import pytest

from graph.controls import Control, Curve, FaceChoice, Placement, Points, Quad, Strokes

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4]]


@pytest.mark.parametrize(
    ("control", "value", "message"),
    [
        (Points(most=1), [[1, 1], [2, 2]], "must hold 0 to 1 points, not 2"),
        (Points(), [[1, "2"]], "must be a number"),
        (Quad(), SQUARE[:3], "must hold 4 points, not 3"),
        (Quad(), 0, "must be a list"),
        (Curve(), [[0, 0]], "must hold 2 to 64 points"),
        (Curve(), [[0, 0], [1, 2]], "between 0 and 1"),
        (Curve(), [[0.5, 0], [0.5, 1]], "from left to right"),
        (Placement(), {"scale": 0}, "scale above 0"),
        (Placement(), {"z": 1}, "must hold x, y, scale and angle"),
        (Strokes(), [{"size": 3}], "a stroke holds points"),
        (Strokes(), [{"points": []}], "must hold 1 to"),
        (Strokes(), [{"points": [[0, 0]], "hardness": 2}], "at most 1"),
        (FaceChoice(), "smallest", 'must be "all"'),
        (FaceChoice(), [-1], "at least 0"),
        (FaceChoice(), [1.5], "whole"),
    ],
)
def test_wrong_marks(control: Control, value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        control.validate(value)


def test_a_quad_may_be_none() -> None:
    assert Quad().validate([]) == []


def test_a_placement_is_completed() -> None:
    assert Placement().validate({"x": 3}) == {"x": 3.0, "y": 0.0, "scale": 1.0, "angle": 0.0}


def test_a_stroke_is_completed() -> None:
    (stroke,) = Strokes().validate([{"points": [[1, 2]]}])
    assert stroke == {"points": [[1.0, 2.0]], "size": 16.0, "hardness": 1.0, "erase": False, "colour": "#ffffff"}


@pytest.mark.parametrize(("value", "faces"), [("all", "all"), ("largest", "largest"), ([3, 1, 3], [1, 3]), ([], [])])
def test_faces_are_sorted_and_unique(value: Any, faces: Any) -> None:
    assert FaceChoice().validate(value) == faces


def test_a_placement_scales_only_its_centre() -> None:
    placed = Placement().validate({"x": 8, "y": 4, "scale": 2, "angle": 30})
    assert Placement().scaled(placed, 0.25) == {"x": 2.0, "y": 1.0, "scale": 2.0, "angle": 30.0}


def test_a_stroke_scales_in_place_and_width() -> None:
    strokes = Strokes().validate([{"points": [[8, 4]], "size": 10, "hardness": 0.5}])
    (scaled,) = Strokes().scaled(strokes, 0.5)
    assert (scaled["points"], scaled["size"], scaled["hardness"]) == ([[4.0, 2.0]], 5.0, 0.5)


@pytest.mark.parametrize("control", [Points(), Quad()])
def test_points_scale(control: Control) -> None:
    assert control.scaled(control.validate(SQUARE), 0.5) == [[0, 0], [2, 0], [2, 2], [0, 2]]
