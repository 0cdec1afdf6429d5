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
        (Strokes(), [{"points": [[0, 0]], "hardness": 2}], "the hardness of a stroke is wrong: must be at most 1"),
        (Strokes(), [{"points": [[0, 0]], "tolerance": -1}], "the tolerance of a stroke is wrong: must be at least 0"),
        (Strokes(), [{"points": [[0, 0]], "tool": "lasoo"}], "the tool of a stroke is wrong: .*lasso"),
        (Strokes(), [{"points": [[0, 0]], "opacity": 1}], "a stroke holds points, and may hold widths, tool"),
        (Strokes(), [{"points": [[0, 0], [1, 1]], "widths": [1]}], "one number for each of its 2 points"),
        (Strokes(), [{"points": [[0, 0]], "widths": 1}], "one number for each of its 1 points"),
        (Strokes(), [{"points": [[0, 0]], "widths": [1.5]}], "the widths of a stroke is wrong: must be at most 1"),
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
    assert stroke == {
        "points": [[1.0, 2.0]],
        "widths": [],
        "tool": "brush",
        "size": 16.0,
        "hardness": 1.0,
        "tolerance": 0.1,
        "erase": False,
        "colour": "#ffffff",
    }


@pytest.mark.parametrize("tool", ["brush", "lasso", "flood", "line"])
def test_a_stroke_keeps_its_tool_and_pressure(tool: str) -> None:
    drawn = {"tool": tool, "points": [[1, 2], [3, 4]], "widths": [0.5, 1]}
    (stroke,) = Strokes().validate([drawn])
    assert (stroke["tool"], stroke["widths"]) == (tool, [0.5, 1.0])


def test_the_schema_of_a_stroke_says_all_of_it() -> None:
    """What an editor reads from it is what is completed and checked."""
    schema = Strokes().schema()["items"]
    (stroke,) = Strokes().validate([{"points": [[1, 2]]}])
    assert schema["properties"].keys() == stroke.keys()
    assert schema["required"] == ["points"]
    assert not schema["additionalProperties"]
    usual = {name: part["default"] for name, part in schema["properties"].items() if name != "points"}
    assert {**usual, "points": stroke["points"]} == stroke
    assert schema["properties"]["tool"]["enum"] == ["brush", "lasso", "flood", "line"]


def test_a_node_says_whether_its_strokes_have_colours() -> None:
    assert Strokes(colours=True).describe()["colours"] is True
    assert "colours" not in Strokes().describe()


@pytest.mark.parametrize(("value", "faces"), [("all", "all"), ("largest", "largest"), ([3, 1, 3], [1, 3]), ([], [])])
def test_faces_are_sorted_and_unique(value: Any, faces: Any) -> None:
    assert FaceChoice().validate(value) == faces


def test_a_placement_scales_only_its_centre() -> None:
    placed = Placement().validate({"x": 8, "y": 4, "scale": 2, "angle": 30})
    assert Placement().scaled(placed, 0.25) == {"x": 2.0, "y": 1.0, "scale": 2.0, "angle": 30.0}


def test_a_stroke_scales_in_place_and_width() -> None:
    strokes = Strokes().validate([{"points": [[8, 4]], "size": 10, "hardness": 0.5, "widths": [0.3]}])
    (scaled,) = Strokes().scaled(strokes, 0.5)
    assert scaled == {**strokes[0], "points": [[4.0, 2.0]], "size": 5.0}


@pytest.mark.parametrize("control", [Points(), Quad()])
def test_points_scale(control: Control) -> None:
    assert control.scaled(control.validate(SQUARE), 0.5) == [[0, 0], [2, 0], [2, 2], [0, 2]]
