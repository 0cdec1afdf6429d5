"""Dust and dirt: specks as small and as many as measured."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from nodes.damage.coverage import Points, distance, ramp
from nodes.damage.field import rough
from nodes.damage.mark import Kind, Mark, Tone
from nodes.damage.paint import bare_or_dark
from nodes.damage.sheet import Sheet, Window
from nodes.kinds.arrays import Floats

DUST, DIRT = (10.4, 5.6), (2.98, 45.7)
"""Gamma laws (shape, scale) of the areas in square pixels, fitted to 7631 specks of dust (median 53) and 2700 of dirt
(median 106) outlined by hand on the scans."""

LONG = 0.2
"""Share of the specks that are clearly longer than wide; a tenth of the dust is twice as long."""

SMALLEST = 0.55
"""Pixels of radius: what is smaller shines through the more."""

RAGGED = 2.5
"""Pixels of radius from which a speck shows what shape it has."""

CELLS = 6
"""Dust lies in clouds: the print is divided into so many squares a side, each with a density of its own."""


def dust(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    return _specks(sheet, rng, Kind.DUST, DUST, count)


def dirt(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """Larger crumbs of any shape."""
    return _specks(sheet, rng, Kind.DIRT, DIRT, count)


def clouded(sheet: Sheet, rng: np.random.Generator, count: int) -> Points:
    """Places (count, 2) that are nearer to each other in some parts of the print."""
    density = rng.gamma(1.5, 1.0, (CELLS, CELLS)).ravel()
    cells = rng.choice(CELLS * CELLS, count, p=density / density.sum())
    # Half a square beyond its own, so that no square shows.
    inside = np.stack([cells % CELLS, cells // CELLS], axis=1) + rng.uniform(-0.5, 1.5, (count, 2))
    return inside / CELLS * (sheet.width, sheet.height)


def _specks(sheet: Sheet, rng: np.random.Generator, kind: Kind, law: tuple[float, float], count: int) -> list[Mark]:
    # One source of dust: its specks are alike, and nearly all of one polarity.
    tones = bare_or_dark(sheet, rng), bare_or_dark(sheet, rng)
    radii = np.sqrt(rng.gamma(*law, count) / np.pi) * sheet.scale
    depths, angles = rng.uniform(0.35, 1, count), rng.uniform(0, np.pi, count)
    slender = np.where(rng.random(count) < LONG, rng.uniform(0.35, 0.6, count), rng.uniform(0.7, 1, count))
    other, seeds = rng.random(count) > 0.85, rng.integers(2**31, size=count)
    rows = zip(clouded(sheet, rng, count), radii, depths, angles, slender, other, seeds, strict=True)
    return [
        _speck(
            kind,
            tones[int(strange)],
            centre.tolist(),
            float(radius),
            float(depth),
            float(angle),
            float(thin),
            int(seed),
        )
        for centre, radius, depth, angle, thin, strange, seed in rows
    ]


def _speck(
    kind: Kind, tone: Tone, centre: list[float], radius: float, depth: float, angle: float, slender: float, seed: int
) -> Mark:
    """One speck; a large one is ragged."""
    drawn = max(radius, SMALLEST)
    axes = (drawn / slender**0.5, drawn * slender**0.5)
    reach = math.ceil(axes[0] * 1.6 + 1.5)
    x, y = centre
    box = Window(int(y) - reach, int(x) - reach, 2 * reach + 1, 2 * reach + 1)
    cover = partial(_cover, centre=(x, y), axes=axes, angle=angle, depth=depth * min(1.0, radius / SMALLEST) ** 2,
                    seed=seed if drawn > RAGGED else None)  # fmt: skip
    return Mark(kind, box, cover, tone)


def _cover(
    window: Window,
    centre: tuple[float, float],
    axes: tuple[float, float],
    angle: float,
    depth: float,
    seed: int | None,
) -> Floats:
    away = distance(window, centre, axes, angle)
    if seed is not None:
        away = away + 0.9 * (rough(window, max(2.0, axes[1]), seed, 2) - 0.5)
    # The rim is a pixel wide, or a sixth of a large speck: dust lies above the plane that is in focus.
    soft = float(np.clip(0.6 / axes[1], 0.16, 0.5))
    return ramp(away, 1 + soft, 1 - soft) * np.float32(depth)
