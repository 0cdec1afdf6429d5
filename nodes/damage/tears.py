"""Torn corners, missing pieces and worn rims: the white core of the paper, and beyond it what the print lies on."""

from __future__ import annotations

from functools import partial

import numpy as np

from nodes.damage.coverage import Points, ramp
from nodes.damage.field import Field, rough
from nodes.damage.mark import Kind, Mark, Tone
from nodes.damage.paint import paper
from nodes.damage.sheet import Sheet, Window
from nodes.kinds.arrays import Floats


def tears(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """Corners torn off, mostly; sometimes a bite out of a rim."""
    behind = backing(rng)
    corners = rng.permutation(4)
    found: list[Mark] = []
    for number in range(count):
        if number < 4 and rng.random() < 0.75:
            found += _torn(sheet, rng, *_corner(sheet, int(corners[number]), rng), behind)
        else:
            found += _torn(sheet, rng, *_bite(sheet, rng), behind)
    return found


def wear(sheet: Sheet, rng: np.random.Generator, amount: float) -> list[Mark]:
    """Rims rubbed down to the paper, more so at the corners; `amount` 0..1."""
    reach = amount * rng.uniform(8, 26) * sheet.scale
    cover = partial(_rubbed, sheet=sheet, reach=max(reach, 0.6), cell=max(6.0, 60 * sheet.scale),
                    seed=int(rng.integers(2**31)))  # fmt: skip
    tone, margin = paper(rng), int(4 * reach + 4)
    return [Mark(Kind.TORN, rim, cover, tone) for rim in _rims(sheet, margin)]


def backing(rng: np.random.Generator) -> Tone:
    """Album board, black velvet, or the lid of a scanner."""
    if rng.random() < 0.5:
        level = float(rng.uniform(0.02, 0.12))
        return (level, level, level)
    level = float(rng.uniform(0.82, 0.98))
    return (level, level * 0.99, level * 0.97)


def _corner(sheet: Sheet, which: int, rng: np.random.Generator) -> tuple[Points, Points]:
    """A point of the tear, and its direction outwards."""
    corner = np.array([which % 2 * sheet.width, which // 2 * sheet.height], float)
    inward = np.where(corner > 0, -1.0, 1.0)
    reach = inward * rng.uniform(0.03, 0.16, 2) * max(sheet.height, sheet.width)
    # The line from (reach, 0) to (0, reach) cuts the corner off.
    outwards = -np.array([inward[0] * abs(reach[1]), inward[1] * abs(reach[0])])
    return corner + reach / 2, outwards / np.hypot(*outwards)


def _bite(sheet: Sheet, rng: np.random.Generator) -> tuple[Points, Points]:
    side, far = int(rng.integers(2)), int(rng.integers(2))
    place = np.array([rng.uniform(0.1, 0.9) * sheet.width, rng.uniform(0.1, 0.9) * sheet.height])
    place[side] = far * (sheet.width, sheet.height)[side]
    outwards = np.zeros(2)
    outwards[side] = 2 * far - 1
    return place, outwards


def _torn(sheet: Sheet, rng: np.random.Generator, place: Points, outwards: Points, behind: Tone) -> list[Mark]:
    """The white core of the torn paper, then what lies behind."""
    long = max(sheet.height, sheet.width)
    corner = abs(outwards[0] * outwards[1]) > 1e-6
    # A bite ends: seen as a circle around a point outside the print; a corner is cut along a bent line.
    radius = rng.uniform(0.25, 0.6) * long if corner else rng.uniform(0.03, 0.09) * long
    centre = place + outwards * (radius if corner else radius * rng.uniform(0.2, 0.7))
    reach = 1.6 * radius + 0.02 * long
    low, high = np.floor(centre - reach), np.ceil(centre + reach)
    box = Window(int(low[1]), int(low[0]), int(high[1] - low[1]), int(high[0] - low[0])).common(sheet.whole)
    seed, core = int(rng.integers(2**31)), rng.uniform(4, 22) * sheet.scale
    draw = partial(_gone, centre=(float(centre[0]), float(centre[1])), radius=float(radius), cell=max(6.0, 0.03 * long),
                   uneven=0.03 * long if corner else 0.4 * radius, seed=seed)  # fmt: skip
    return [
        Mark(Kind.TORN, box, partial(draw, core=float(core)), paper(rng, 0.9)),
        Mark(Kind.TORN, box, partial(draw, core=0.0), behind),
    ]


def _gone(
    window: Window,
    centre: tuple[float, float],
    radius: float,
    cell: float,
    uneven: float,
    seed: int,
    core: float,
) -> Floats:
    """Inside a circle with an uneven rim; with `core`, so many pixels more, which vary."""
    y = (np.arange(window.top, window.top + window.height) + 0.5 - centre[1])[:, None]
    x = (np.arange(window.left, window.left + window.width) + 0.5 - centre[0])[None]
    inside = radius - np.hypot(x, y).astype(np.float32)
    inside += uneven * (rough(window, cell, seed, 4) - 0.5)
    if core:
        inside += core * 2 * np.maximum(0, Field(seed + 11, cell).over(window) - 0.15)
        inside += 0.25 * core * (rough(window, max(2.0, core / 3), seed + 12, 2) - 0.5)
    return ramp(inside, -0.7, 0.7)


def _rims(sheet: Sheet, margin: int) -> list[Window]:
    """Four strips along the rims that do not overlap."""
    height, width = sheet.height, sheet.width
    margin = min(margin, (height + 1) // 2, (width + 1) // 2)
    between = max(0, height - 2 * margin)
    return [
        Window(0, 0, margin, width),
        Window(margin, 0, between, margin),
        Window(margin, width - margin, between, margin),
        Window(height - min(margin, height - margin), 0, min(margin, height - margin), width),
    ]


def _rubbed(window: Window, sheet: Sheet, reach: float, cell: float, seed: int) -> Floats:
    y = np.arange(window.top, window.top + window.height) + 0.5
    x = np.arange(window.left, window.left + window.width) + 0.5
    rims = np.minimum(y, sheet.height - y)[:, None], np.minimum(x, sheet.width - x)[None]
    # Near a corner both rims count: it is the first to go.
    away = np.minimum(*rims) * (0.45 + 0.55 * np.clip(np.maximum(*rims) / (12 * reach), 0, 1))
    away = away + reach * (2.4 * (Field(seed, cell).over(window) - 0.35) + 1.2 * (rough(window, 5, seed + 1) - 0.5))
    return ramp(away.astype(np.float32), reach * 0.6 + 0.5, reach * 0.25 - 0.5) * np.float32(0.9)
