"""Cracks in the emulsion and creases of the paper: broken lines that bare white paper, with the shade of a fold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from nodes.damage.coverage import Points, around, ramp, soft_stroke
from nodes.damage.field import Field, rough
from nodes.damage.mark import Kind, Mark
from nodes.damage.paint import bare_or_dark, paper
from nodes.damage.sheet import Sheet, Window
from nodes.damage.way import jagged, somewhere, varied
from nodes.kinds.arrays import Floats

BRANCHES = 0.3
"""How many branches a crack has for every tenth of the print's longer side that it runs."""


def cracks(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """Short ones anywhere, as where the print was bent or the gelatine dried."""
    found: list[Mark] = []
    for _ in range(count):
        length = float(rng.choice([rng.uniform(60, 250), rng.uniform(150, 900)])) * sheet.scale
        start, angle = somewhere(sheet, rng), rng.uniform(0, 2 * np.pi)
        stop = start + max(length, 15) * np.array([np.cos(angle), np.sin(angle)])
        wide = rng.uniform(1.5, 6) * sheet.scale * (0.5 + min(1.0, length / 900 / sheet.scale))
        found += _tree(
            sheet, Kind.CRACK, jagged(start, stop, float(rng.choice([0.03, 0.06, 0.1])), rng), max(0.8, wide), rng
        )
    return found


def creases(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """From rim to rim, or across a corner: the print was folded there."""
    found: list[Mark] = []
    for _ in range(count):
        start, stop = _fold(sheet, rng)
        points = jagged(start, stop, float(rng.choice([0.004, 0.012, 0.025])), rng)
        wide = max(1.0, rng.uniform(2, 9) * sheet.scale)
        found += _shade(sheet, points, wide, rng)
        found += _tree(sheet, Kind.CREASE, points, wide, rng)
    return found


def _fold(sheet: Sheet, rng: np.random.Generator) -> tuple[Points, Points]:
    height, width = sheet.height, sheet.width
    if rng.random() < 0.5:
        # A corner was bent: the fold cuts two neighbouring rims.
        corner = np.array([rng.choice([0, width]), rng.choice([0, height])], float)
        inward = np.where(corner > 0, -1, 1)
        reach = rng.uniform(0.08, 0.5, 2) * (width, height) * inward
        return corner + np.array([reach[0], 0]), corner + np.array([0, reach[1]])
    if rng.random() < 0.5:
        return np.array([0.0, rng.uniform(0.1, 0.9) * height]), np.array([width, rng.uniform(0.1, 0.9) * height])
    across = rng.uniform(0.1, 0.9) * width
    return np.array([across, 0.0]), np.array([across + rng.normal(0, 0.08) * width, height])


def _tree(sheet: Sheet, kind: Kind, points: Points, wide: float, rng: np.random.Generator) -> list[Mark]:
    """A broken line and the finer ones that leave it."""
    tone = paper(rng) if kind == Kind.CREASE else bare_or_dark(sheet, rng)
    depth, bared = float(rng.uniform(0.6, 1)), float(rng.uniform(0.45, 0.95))
    marks = [_line(sheet, kind, points, wide, depth, bared, tone, rng)]
    marks += [
        _line(sheet, kind, branch, max(0.8, wide * rng.uniform(0.3, 0.7)), depth, bared, tone, rng)
        for branch in _branches(sheet, points, rng)
    ]
    return marks


def _branches(sheet: Sheet, points: Points, rng: np.random.Generator) -> Iterator[Points]:
    length = float(np.hypot(*np.diff(points, axis=0).T).sum())
    for _ in range(min(12, rng.poisson(BRANCHES * length / (0.1 * max(sheet.height, sheet.width))))):
        root = int(rng.integers(0, len(points) - 1))
        ahead = points[root + 1] - points[root]
        angle = np.arctan2(ahead[1], ahead[0]) + rng.choice([-1, 1]) * rng.uniform(0.3, 1.2)
        reach = rng.uniform(0.05, 0.35) * length
        stop = points[root] + reach * np.array([np.cos(angle), np.sin(angle)])
        yield jagged(points[root], stop, 0.07, rng)


def _line(
    sheet: Sheet,
    kind: Kind,
    points: Points,
    wide: float,
    depth: float,
    bared: float,
    tone: tuple[float, float, float],
    rng: np.random.Generator,
) -> Mark:
    count = len(points) - 1
    # An even core, from which chips of the emulsion have come off here and there.
    chips = np.maximum(0, varied(count, rng, 5) - 0.7) * rng.uniform(0.3, 2)
    widths = np.clip(wide * (0.7 * np.exp(0.35 * varied(count, rng)) + chips), 0.7, 3 * wide + 0.5)
    cover = partial(_cover, points=points, widths=widths.tolist(), wide=wide, depth=depth, bared=bared,
                    gap=max(8.0, 90 * sheet.scale), seed=int(rng.integers(2**31)))  # fmt: skip
    return Mark(kind, around(points, 3 * wide + 4), cover, tone)


def _cover(
    window: Window, points: Points, widths: list[float], wide: float, depth: float, bared: float, gap: float, seed: int
) -> Floats:
    """A line whose rim is eaten away by chance, and of which `bared` is open to the paper and the rest only dulled."""
    line = soft_stroke(window, points, widths, 0.4 + 0.15 * wide)
    if wide > 1.2:
        ragged = rough(window, max(2.0, 0.8 * wide), seed, 2) - 0.5
        line = ramp(line + 0.6 * ragged * (line > 0.02), 0.2, 0.55)
    open_ = np.clip((Field(seed + 9, gap).over(window) - (1 - bared)) * 6 + 0.5, 0.12, 1)
    fibrous = 0.8 + 0.4 * (Field(seed + 5, 2).over(window) - 0.5)
    return np.asarray(line * depth * open_ * fibrous, np.float32)


def _shade(sheet: Sheet, points: Points, wide: float, rng: np.random.Generator) -> list[Mark]:
    """The paper rises towards the fold and falls behind it: light on one side, shadow on the other."""
    reach = wide + rng.uniform(6, 30) * sheet.scale
    run = points[-1] - points[0]
    aside = np.array([-run[1], run[0]]) / max(float(np.hypot(*run)), 1e-6) * reach * 0.6
    coarse = points[:: max(1, len(points) // 60)]
    marks: list[Mark] = []
    for side, light in ((1, rng.uniform(0.02, 0.09)), (-1, -rng.uniform(0.03, 0.12))):
        cover = partial(_band, points=coarse + side * aside, wide=reach)
        tone = (float(light), float(light), float(light))
        marks.append(Mark(Kind.CREASE, around(coarse, 4 * reach), cover, tone, "light", marked=False))
    return marks


def _band(window: Window, points: Points, wide: float) -> Floats:
    return soft_stroke(window, points, [wide], max(0.5, wide / 2))
