"""Controls whose value is drawn on the photo, in its pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, ClassVar

from graph.controls.choices import Choice, Colour, Toggle
from graph.controls.control import Control, Schema, listed, mapped, shown
from graph.controls.numbers import Number, finite_number

Point = Sequence[float]

MOST_POINTS = 100_000


def _points(value: Any, least: int = 0, most: int = MOST_POINTS) -> list[list[float]]:
    points = listed(value)
    if points is None:
        raise ValueError(f"must be a list of [x, y] points, not {shown(value)}.")
    if not least <= len(points) <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        raise ValueError(f"must hold {wanted} points, not {len(points)}.")
    return [_point(point) for point in points]


def _point(value: Any) -> list[float]:
    parts = listed(value)
    if parts is None or len(parts) != 2:
        raise ValueError(f"a point is [x, y], not {shown(value)}.")
    return [float(finite_number(part, whole=False)) for part in parts]


def _moved(points: Sequence[Point], scale: float) -> list[list[float]]:
    return [[x * scale, y * scale] for x, y in points]


POINT_SCHEMA: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}


@dataclass(frozen=True)
class Points(Control):
    """Places on the photo, in its pixels."""

    widget = "points"
    most: int = 1000

    def validate(self, value: Any, whole: bool = False) -> Any:
        return _points(value, 0, self.most)

    def scaled(self, value: Any, scale: float) -> Any:
        return _moved(value, scale)

    def schema(self, whole: bool = False) -> Schema:
        return {"type": "array", "items": POINT_SCHEMA, "maxItems": self.most}


@dataclass(frozen=True)
class Quad(Control):
    """Four corners on the photo, in its pixels, clockwise from the top left; an empty list means none."""

    widget = "quad"

    def validate(self, value: Any, whole: bool = False) -> Any:
        return _points(value, 4, 4) if value else _points(value, 0, 0)

    def scaled(self, value: Any, scale: float) -> Any:
        return _moved(value, scale)

    def schema(self, whole: bool = False) -> Schema:
        return {"type": "array", "items": POINT_SCHEMA, "maxItems": 4}


@dataclass(frozen=True)
class Curve(Control):
    """A tone curve through points in 0..1, from left to right."""

    widget = "curve"

    def validate(self, value: Any, whole: bool = False) -> Any:
        points = _points(value, 2, 64)
        if any(not 0 <= part <= 1 for point in points for part in point):
            raise ValueError("must stay between 0 and 1.")
        if any(right[0] <= left[0] for left, right in pairwise(points)):
            raise ValueError("must run from left to right.")
        return points

    def schema(self, whole: bool = False) -> Schema:
        unit = {"type": "number", "minimum": 0, "maximum": 1}
        return {"type": "array", "items": {**POINT_SCHEMA, "items": unit}, "minItems": 2, "maxItems": 64}


@dataclass(frozen=True)
class Placement(Control):
    """Where one picture lies on another: centre in pixels, scale, angle in degrees."""

    widget = "placement"
    PARTS: ClassVar[dict[str, float]] = {"x": 0.0, "y": 0.0, "scale": 1.0, "angle": 0.0}

    def validate(self, value: Any, whole: bool = False) -> Any:
        parts = mapped(value)
        if parts is None or parts.keys() - self.PARTS.keys():
            raise ValueError(f"must hold x, y, scale and angle, not {shown(value)}.")
        placed = {name: float(finite_number(part, whole=False)) for name, part in {**self.PARTS, **parts}.items()}
        if placed["scale"] <= 0:
            raise ValueError("must have a scale above 0.")
        return placed

    def scaled(self, value: Any, scale: float) -> Any:
        return {**value, "x": value["x"] * scale, "y": value["y"] * scale}

    def schema(self, whole: bool = False) -> Schema:
        return {"type": "object", "properties": {name: {"type": "number"} for name in self.PARTS}}


TOOLS = ("brush", "lasso", "flood", "line")

STROKE: dict[str, tuple[Control, Any]] = {
    "tool": (Choice(TOOLS), "brush"),
    "size": (Number(0.1, 10_000), 16.0),
    "hardness": (Number(0, 1), 1.0),
    "tolerance": (Number(0, 1), 0.1),
    "erase": (Toggle(), False),
    "colour": (Colour(), "#ffffff"),
}
"""What a stroke holds besides its points and their widths: how each part is checked, and what it is where it is left
out."""


@dataclass(frozen=True)
class Strokes(Control):
    """What was painted on the photo, in the order of painting. Each stroke is made with one of four tools:

    - brush: led along the points; `size` is its width in pixels, `hardness` 1 has a sharp edge. `widths`, where they
      are not empty, hold one factor of the size for each point, 0..1: how hard the pen was pressed.
    - lasso: the points are the corners of a closed shape, which is filled. Where it crosses itself, what is enclosed
      twice is outside (the even-odd rule).
    - flood: from each point, everything that hangs together with it and whose colour is within `tolerance` of it.
    - line: one point follows a scratch both ways, several follow it from point to point; `size` is its width.

    Each marks, or erases what was marked; `colour` matters only where `colours` is set.
    """

    widget = "strokes"
    colours: bool = field(default=False, kw_only=True)
    """Whether each stroke has a colour of its own."""

    def validate(self, value: Any, whole: bool = False) -> Any:
        strokes = listed(value)
        if strokes is None:
            raise ValueError(f"must be a list of strokes, not {shown(value)}.")
        return [_stroke(stroke) for stroke in strokes]

    def scaled(self, value: Any, scale: float) -> Any:
        return [{**s, "points": _moved(s["points"], scale), "size": s["size"] * scale} for s in value]

    def schema(self, whole: bool = False) -> Schema:
        factor: Schema = {"type": "number", "minimum": 0, "maximum": 1}
        none: list[float] = []
        parts: dict[str, Schema] = {
            "points": {"type": "array", "items": POINT_SCHEMA, "minItems": 1, "maxItems": MOST_POINTS},
            "widths": {"type": "array", "items": factor, "maxItems": MOST_POINTS, "default": none},
            **{name: {**control.schema(), "default": usual} for name, (control, usual) in STROKE.items()},
        }
        stroke: Schema = {
            "type": "object",
            "properties": parts,
            "required": ["points"],
            "additionalProperties": False,
        }
        return {"type": "array", "items": stroke}


def _stroke(value: Any) -> dict[str, Any]:
    parts = mapped(value)
    if parts is None or "points" not in parts or parts.keys() - {"points", "widths", *STROKE}:
        raise ValueError(f"a stroke holds points, and may hold widths, {', '.join(STROKE)}, not {shown(value)}.")
    points = _points(parts["points"], 1)
    stroke = {name: _part(name, control, parts.get(name, usual)) for name, (control, usual) in STROKE.items()}
    return {"points": points, "widths": _widths(parts.get("widths", []), len(points)), **stroke}


def _part(name: str, control: Control, value: Any) -> Any:
    try:
        return control.validate(value)
    except ValueError as error:
        raise ValueError(f"the {name} of a stroke is wrong: {error}") from None


def _widths(value: Any, count: int) -> list[float]:
    widths = listed(value)
    if widths is None or len(widths) not in (0, count):
        raise ValueError(f"the widths of a stroke are one number for each of its {count} points, not {shown(value)}.")
    return [_part("widths", Number(0, 1), width) for width in widths]


@dataclass(frozen=True)
class FaceChoice(Control):
    """Which faces a node works on: "all", "largest", or their numbers from left to right, from 0."""

    widget = "faces"

    def validate(self, value: Any, whole: bool = False) -> Any:
        if value in ("all", "largest"):
            return value
        numbers = listed(value)
        if numbers is None:
            raise ValueError(f'must be "all", "largest" or a list of numbers, not {shown(value)}.')
        return sorted({Number(0, 10_000).validate(number, whole=True) for number in numbers})

    def schema(self, whole: bool = False) -> Schema:
        return {"anyOf": [{"enum": ["all", "largest"]}, {"type": "array", "items": {"type": "integer", "minimum": 0}}]}
