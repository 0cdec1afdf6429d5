"""What all controls have in common."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.controls import (
    Choice,
    Colour,
    Control,
    Curve,
    FaceChoice,
    Number,
    PhotoFile,
    Pixels,
    Placement,
    Points,
    Quad,
    Seed,
    Slider,
    Strokes,
    Text,
    Toggle,
    Weights,
)

GOOD: list[tuple[Control, Any]] = [
    (Choice(("a", "b")), "a"),
    (Colour(), "#C08040"),
    (Curve(), [[0, 0], [1, 1]]),
    (FaceChoice(), [2, 0]),
    (Number(), 7),
    (PhotoFile(), "photo.jpg"),
    (Pixels(), 3.5),
    (Placement(), {"x": 4, "angle": 90}),
    (Points(), [[1, 2], [3, 4]]),
    (Quad(), [[0, 0], [9, 0], [9, 9], [0, 9]]),
    (Seed(), 12),
    (Slider(), 0.5),
    (Strokes(), [{"points": [[1, 2]], "erase": True}]),
    (Text(), "hello"),
    (Toggle(), True),
    (Weights(task="faces"), "gfpgan-1.4"),
]
WRONG: list[Any] = [None, 1j, b"bytes", {"no": "such"}, float("nan"), [["x", "y"]], [[1, 2, 3]], [None]]


def named(control: Any) -> str | None:
    return control.widget if isinstance(control, Control) else None


@pytest.mark.parametrize(("control", "value"), GOOD, ids=named)
def test_canonical_values_stay_as_they_are(control: Control, value: Any) -> None:
    canonical = control.validate(value)
    assert control.validate(canonical) == canonical
    assert json.loads(json.dumps(canonical)) == canonical


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
@pytest.mark.parametrize(("control", "_"), GOOD, ids=named)
def test_whatever_is_wrong_is_a_sentence(control: Control, _: Any, wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"\w[^\n]{4,200}$"):
        control.validate(wrong)


@pytest.mark.parametrize(("control", "_"), GOOD, ids=named)
def test_description_is_json_and_names_the_widget(control: Control, _: Any) -> None:
    described = control.describe()
    assert described["widget"] == control.widget
    assert json.loads(json.dumps(described, allow_nan=False)).keys() == described.keys()
    assert described["schema"]


@pytest.mark.parametrize(("control", "value"), GOOD, ids=named)
def test_only_lengths_and_places_scale(control: Control, value: Any) -> None:
    canonical = control.validate(value)
    scales = control.widget in {"pixels", "placement", "points", "quad", "strokes"}
    assert (control.scaled(canonical, 0.5) != canonical) == scales
    assert control.scaled(canonical, 1.0) == canonical


def test_every_widget_has_its_own_name() -> None:
    widgets = [control.widget for control, _ in GOOD]
    assert len(set(widgets)) == len(widgets)


def test_help_and_rank_reach_the_editor() -> None:
    described = Slider(help="Turns it up.", advanced=True).describe()
    assert (described["help"], described["advanced"]) == ("Turns it up.", True)


def test_a_long_wrong_value_is_cut() -> None:
    with pytest.raises(ValueError, match="…") as refused:
        Toggle().validate("x" * 100_000)
    assert len(str(refused.value)) < 120
