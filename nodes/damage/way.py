"""Ways across a print: how scratches, cracks and hairs run."""

from __future__ import annotations

import numpy as np

from nodes.damage.coverage import Points
from nodes.damage.sheet import Sheet
from nodes.kinds.arrays import Floats

STEP = 3.0
"""Pixels from point to point."""

LONGEST = 2000
"""Points: a longer way has them further apart."""


def somewhere(sheet: Sheet, rng: np.random.Generator) -> Points:
    """A point (x, y) of the print."""
    return np.array([rng.uniform(0, sheet.width), rng.uniform(0, sheet.height)])


def wandering(
    start: Points, angle: float, length: float, rng: np.random.Generator, *, bend: float = 0.0, tremble: float = 0.0
) -> Points:
    """A way from a point in a direction (radians), so many pixels long.

    It bends by `bend` radians over its length, and its direction trembles by a deviation of `tremble` over 30 pixels.
    """
    count = int(np.clip(length / STEP, 3, LONGEST))
    step = length / count
    shaken = np.cumsum(rng.normal(0, tremble * np.sqrt(step / 30), count)) if tremble else np.zeros(count)
    angles = angle + bend * np.linspace(-0.5, 0.5, count) + shaken
    steps = step * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return np.concatenate([start[None], start + np.cumsum(steps, axis=0)])


def jagged(start: Points, stop: Points, roughness: float, rng: np.random.Generator, short: float = 12.0) -> Points:
    """A broken way from point to point, by halving: each middle is put aside by `roughness` of its piece's length.

    Pieces of less than about `short` pixels are put aside more: paper that is folded straight still breaks unevenly.
    """
    points = np.stack([start, stop])
    while (piece := float(np.hypot(*(points[1] - points[0])))) > 1.5 * STEP and len(points) < LONGEST:
        pieces = np.diff(points, axis=0)
        across = np.stack([-pieces[:, 1], pieces[:, 0]], axis=1)
        middles = points[:-1] + pieces * rng.uniform(0.4, 0.6, (len(pieces), 1))
        aside = max(roughness, 0.12 * min(1.0, short / piece) ** 2)
        middles += across * rng.normal(0, aside, (len(pieces), 1))
        points = np.insert(points, np.arange(1, len(points)), middles, axis=0)
    return points


def varied(count: int, rng: np.random.Generator, every: int = 8) -> Floats:
    """`count` numbers of deviation 1 that change over about `every` pieces of a way."""
    knots = np.arange(0, count + every + 1, every)
    return np.interp(np.arange(count), knots, rng.normal(0, 1, len(knots))).astype(np.float32)


def tapered(count: int, share: float) -> Floats:
    """Widths that grow from 0.3 to 1 over that share of the way at either end."""
    along = np.linspace(0, 1, count)
    ends = np.minimum(along, 1 - along) / max(share, 1e-6)
    return (0.3 + 0.7 * np.minimum(1, ends)).astype(np.float32)
