"""Controls whose value is a number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotated_types import BaseMetadata, Ge, Le

from graph.controls.control import Control, Schema, shown

SEED_LIMIT = 2**32 - 1
"""NumPy's and OpenCV's generators take 32-bit seeds."""


def finite_number(value: Any, whole: bool) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"must be a number, not {shown(value)}.")
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite:
        raise ValueError("must be a finite number.")
    if whole:
        if value != int(value):
            raise ValueError(f"must be a whole number, not {value}.")
        return int(value)
    return float(value)


@dataclass(frozen=True)
class Number(Control):
    """A number typed in. None leaves an end open."""

    widget = "number"
    low: float | None = None
    high: float | None = None
    step: float | None = None
    unit: str = field(default="", kw_only=True)

    def __iter__(self) -> Iterator[BaseMetadata]:
        if self.low is not None:
            yield Ge(self.low)
        if self.high is not None:
            yield Le(self.high)

    def validate(self, value: Any, whole: bool = False) -> Any:
        number = finite_number(value, whole)
        if self.low is not None and number < self.low:
            raise ValueError(f"must be at least {self.low:.15g}, not {number:.15g}.")
        if self.high is not None and number > self.high:
            raise ValueError(f"must be at most {self.high:.15g}, not {number:.15g}.")
        return number

    def schema(self, whole: bool = False) -> Schema:
        bounds = {"minimum": self.low, "maximum": self.high}
        return {"type": "integer" if whole else "number", **{k: v for k, v in bounds.items() if v is not None}}


@dataclass(frozen=True)
class Slider(Number):
    """A number dragged between two ends."""

    widget = "slider"
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01


@dataclass(frozen=True)
class Pixels(Number):
    """A length in pixels of the photo; it scales along when a preview runs on a smaller one."""

    widget = "pixels"
    low: float = 0.0
    high: float = 1000.0
    step: float = 1.0
    unit: str = field(default="px", kw_only=True)

    def scaled(self, value: Any, scale: float) -> Any:
        if isinstance(value, int):
            return value and max(1, round(value * scale))
        return value * scale


@dataclass(frozen=True)
class Seed(Number):
    """The seed of whatever chance a node uses: the same seed gives the same picture."""

    widget = "seed"
    low: float = 0
    high: float = SEED_LIMIT
    step: float = 1

    def validate(self, value: Any, whole: bool = True) -> Any:
        return super().validate(value, True)
