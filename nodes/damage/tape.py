"""Strips of adhesive tape that have yellowed, and the glue that they left."""

from __future__ import annotations

from functools import partial

import numpy as np

from nodes.damage.coverage import Points, around, blurred, polygon
from nodes.damage.field import Field, rough
from nodes.damage.mark import Kind, Mark, Tone
from nodes.damage.sheet import Sheet, Window
from nodes.damage.way import somewhere
from nodes.kinds.arrays import Floats


def tapes(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """As wide as usual on a print of 13 to 20 cm; each lies across a rim or a tear."""
    return [_tape(sheet, rng) for _ in range(count)]


def _tape(sheet: Sheet, rng: np.random.Generator) -> Mark:
    long = max(sheet.height, sheet.width)
    width, length = rng.uniform(0.06, 0.11) * long, rng.uniform(0.1, 0.4) * long
    angle = rng.choice([0, np.pi / 2]) + rng.normal(0, 0.15)
    along = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    aside = np.array([-np.sin(angle), np.cos(angle)]) * width / 2
    centre = somewhere(sheet, rng)
    side = int(rng.integers(2))
    centre[side] = rng.choice([0, (sheet.width, sheet.height)[side]])
    outline = np.concatenate(
        [_end(centre + along, aside, rng), _end(centre - along, -aside, rng)],
    )
    cover = partial(_cover, outline=outline, depth=float(rng.uniform(0.5, 1)), soft=float(rng.uniform(0.4, 1.2)),
                    cell=max(4.0, width / 3), seed=int(rng.integers(2**31)))  # fmt: skip
    return Mark(Kind.TAPE, around(outline, 4), cover, _yellow(rng), "stain")


def _yellow(rng: np.random.Generator) -> Tone:
    red = rng.uniform(0.8, 0.97)
    return (float(red), float(red * rng.uniform(0.82, 0.95)), float(red * rng.uniform(0.45, 0.75)))


def _end(middle: Points, aside: Points, rng: np.random.Generator) -> Points:
    """Torn off along a saw of teeth: points from one long side of the strip to the other."""
    teeth = int(rng.integers(5, 14))
    along = np.array([aside[1], -aside[0]]) * 0.12
    places = np.linspace(-1, 1, 2 * teeth + 1)
    out = (np.arange(2 * teeth + 1) % 2)[:, None] * along * rng.uniform(0.5, 1.5, (2 * teeth + 1, 1))
    return middle + places[:, None] * aside + out


def _cover(window: Window, outline: Points, depth: float, soft: float, cell: float, seed: int) -> Floats:
    """Glue creeps: denser at its rims, uneven within."""
    wide = window.grown(16)
    strip = polygon(wide, outline)
    rim = np.clip(strip - blurred(strip, 3.5), 0, 1) * 0.9
    strip = (blurred(strip, soft) + rim)[window.within(wide)]
    uneven = 0.65 + 0.3 * Field(seed, cell).over(window) + 0.12 * (rough(window, 6, seed + 1, 2) - 0.5)
    return np.clip(strip * np.float32(depth) * uneven, 0, 1).astype(np.float32, copy=False)
