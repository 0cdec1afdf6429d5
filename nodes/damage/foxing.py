"""Foxing and mould: rust-brown spots in clouds, and single round spots."""

from __future__ import annotations

from functools import partial

import numpy as np

from nodes.damage.coverage import Points, distance, ramp
from nodes.damage.field import rough
from nodes.damage.mark import Kind, Mark
from nodes.damage.paint import dark, paper
from nodes.damage.sheet import Sheet, Window
from nodes.damage.stains import brown
from nodes.damage.way import somewhere
from nodes.kinds.arrays import Floats


def foxing(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """Iron and mould in the paper: spots of all sizes, many small, around a few centres."""
    long = max(sheet.height, sheet.width)
    centres = [somewhere(sheet, rng) for _ in range(1 + count // 12)]
    tone = brown(rng, 0.45)
    found: list[Mark] = []
    for _ in range(count):
        place = centres[rng.integers(len(centres))] + rng.normal(0, 0.09, 2) * long
        radius = float(np.clip(5 * np.exp(0.7 * rng.normal()), 2, 30)) * sheet.scale
        found.append(_spot(Kind.FOXING, place, max(0.9, radius), rng, tone=tone, soft=rng.uniform(0.3, 0.9)))
    return found


def spots(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """Splashes and mould: round, pale or dark, some with a ring."""
    found: list[Mark] = []
    for _ in range(count):
        radius = max(1.2, float(12 * np.exp(0.6 * rng.normal())) * sheet.scale)
        place = somewhere(sheet, rng)
        kind = rng.integers(3)
        tone = (paper(rng, 0.75), dark(rng, 0.3), brown(rng, 0.4))[kind]
        way = "stain" if kind == 2 else "paint"
        found.append(_spot(Kind.SPOT, place, radius, rng, tone=tone, soft=rng.uniform(0.1, 0.7), way=way))
    return found


def _spot(
    kind: Kind,
    centre: Points,
    radius: float,
    rng: np.random.Generator,
    *,
    tone: tuple[float, float, float],
    soft: float,
    way: str = "stain",
) -> Mark:
    axes = (radius, radius * float(rng.uniform(0.7, 1)))
    reach = int(np.ceil(2.2 * radius + 2))
    x, y = (float(each) for each in centre)
    box = Window(int(y) - reach, int(x) - reach, 2 * reach + 1, 2 * reach + 1)
    ring = float(rng.uniform(0.4, 1)) if kind == Kind.SPOT and rng.random() < 0.3 else 0.0
    cover = partial(_cover, centre=(x, y), axes=axes, angle=float(rng.uniform(0, np.pi)), soft=float(soft),
                    ring=ring, depth=float(rng.uniform(0.3, 0.95)), seed=int(rng.integers(2**31)))  # fmt: skip
    return Mark(kind, box, cover, tone, "stain" if way == "stain" else "paint")


def _cover(
    window: Window,
    centre: tuple[float, float],
    axes: tuple[float, float],
    angle: float,
    soft: float,
    ring: float,
    depth: float,
    seed: int,
) -> Floats:
    """`ring` is how much of its middle is spared."""
    away = distance(window, centre, axes, angle)
    if axes[1] > 2:
        away = away + 0.6 * (rough(window, max(2.0, axes[1]), seed) - 0.5)
    edge = max(soft, min(0.5, 0.6 / axes[1]))
    cover = ramp(away, 1 + edge, 1 - edge)
    if ring:
        cover = cover * (1 - ring * ramp(away, 0.8, 0.5))
    return cover * np.float32(depth)
