"""Hairs and fibres that lay on the print or the negative."""

from __future__ import annotations

from functools import partial

import numpy as np

from nodes.damage.coverage import Points, around, soft_stroke
from nodes.damage.dust import clouded
from nodes.damage.field import Field
from nodes.damage.mark import Kind, Mark, Tone
from nodes.damage.paint import bare_or_dark
from nodes.damage.sheet import Sheet, Window
from nodes.damage.way import tapered, wandering
from nodes.kinds.arrays import Floats

SHORT, LONG = (40.0, 0.75), (141.0, 0.5)
"""Lengths in pixels of a measured scan: median, and deviation of the logarithm; of 1341 short and 398 long hairs."""

LINT = (70.0, 0.6)
"""Of fibres, which are thicker and curled; longer than hairs are drawn as short, shorter than long ones."""

THICK = 2.6
"""Pixels of a measured scan: width of a hair without the room that outlines drawn by hand leave."""


def short_hairs(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    return _hairs(sheet, rng, Kind.HAIR, SHORT, count)


def long_hairs(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    return _hairs(sheet, rng, Kind.HAIR, LONG, count)


def fibres(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """Lint: curled, thicker, sometimes coloured."""
    return _hairs(sheet, rng, Kind.FIBRE, LINT, count)


def _hairs(sheet: Sheet, rng: np.random.Generator, kind: Kind, law: tuple[float, float], count: int) -> list[Mark]:
    tone = bare_or_dark(sheet, rng)
    return [_hair(sheet, rng, kind, law, place, tone) for place in clouded(sheet, rng, count)]


def _hair(
    sheet: Sheet, rng: np.random.Generator, kind: Kind, law: tuple[float, float], place: Points, tone: Tone
) -> Mark:
    curled = kind == Kind.FIBRE
    length = max(6.0, law[0] * float(np.exp(law[1] * rng.normal())) * sheet.scale)
    turns = rng.normal(0, 2.5 if curled else 1.3)
    # A hair of 100 pixels on the scan keeps its curl whatever the scale: tremble counts in pixels of this print.
    tremble = rng.uniform(0.1, 0.5 if curled else 0.3) * min(3.0, (30 / length) ** 0.5 + 0.2)
    points = wandering(place, rng.uniform(0, 2 * np.pi), length, rng, bend=turns, tremble=tremble)
    thick = THICK * sheet.scale * float(np.exp(0.25 * rng.normal())) * (1.5 if curled else 1)
    drawn = max(0.8, thick)
    depth = float(rng.uniform(0.45, 1)) * min(1.0, thick / drawn) ** 0.5
    if curled and rng.random() < 0.3:
        # Wool and cotton: blue, red, brown.
        tone = tuple(float(each) for each in rng.uniform(0.1, 0.7, 3))  # pyright: ignore[reportAssignmentType] - three
    cover = partial(_cover, points=points, widths=(drawn * tapered(len(points) - 1, 0.15)).tolist(), depth=depth,
                    soft=float(rng.choice([0.0, 0.4, 0.7])), seed=int(rng.integers(2**31)))  # fmt: skip
    return Mark(kind, around(points, drawn + 5), cover, tone)


def _cover(window: Window, points: Points, widths: list[float], depth: float, soft: float, seed: int) -> Floats:
    """It does not touch everywhere, so it is not dark everywhere."""
    touching = 0.65 + 0.35 * Field(seed, 25).over(window)
    return np.asarray(soft_stroke(window, points, widths, soft) * depth * touching, np.float32)
