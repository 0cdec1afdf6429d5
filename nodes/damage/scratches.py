"""Scratches: thin, mostly straight, often broken, mostly shining through, sometimes several side by side."""

from __future__ import annotations

from functools import partial

import numpy as np

from nodes.damage.coverage import Points, around, ramp, soft_stroke
from nodes.damage.field import Field, rough
from nodes.damage.mark import Kind, Mark
from nodes.damage.paint import bare_or_dark
from nodes.damage.sheet import Sheet, Window
from nodes.damage.way import somewhere, tapered, varied, wandering
from nodes.kinds.arrays import Floats

LENGTH, LENGTHS = 210.0, 0.85
"""Median in pixels of a measured scan, and deviation of its logarithm: of 65 scratches a tenth is shorter than 72, a
tenth longer than 521, the longest 3082."""

WIDTH = 3.0
"""Median in pixels of a measured scan; the outlines drawn by hand leave about as much room at either side."""

FINEST = 0.8
"""Pixels: what is finer shines through the more."""

SMOOTH = 2.5
"""Pixels of width from which one sees that its rims are not even."""

SOFTEST = 1.5
"""Pixels of blur: the edge of a scratch in the gelatine, out of the scanner's focus."""


def scratches(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """At least that many, since some come in bunches."""
    found: list[Mark] = []
    while len(found) < count:
        start, angle = somewhere(sheet, rng), rng.uniform(0, np.pi)
        if rng.random() < 0.25:
            # Rollers and sleeves scratch along the film.
            angle = rng.choice([0, np.pi / 2]) + rng.normal(0, 0.03)
        beside = int(rng.integers(2, 7)) if rng.random() < 0.25 else 1
        for _ in range(beside):
            place = start + rng.normal(0, 25 * sheet.scale, 2)
            found += scratch(sheet, place, angle + rng.normal(0, 0.06), rng)
    return found


def scratch(sheet: Sheet, start: Points, angle: float, rng: np.random.Generator) -> list[Mark]:
    """One scratch, and the shadow of its edge if it is deep."""
    length = float(np.clip(LENGTH * np.exp(LENGTHS * rng.normal()), 20, 3100)) * sheet.scale
    bend = rng.choice([0, 0, 0.15, 0.6]) * rng.normal()
    points = wandering(start, angle, max(length, 12), rng, bend=bend, tremble=rng.choice([0, 0.01, 0.04, 0.12]))
    points -= (points[-1] - points[0]) / 2
    width = WIDTH * sheet.scale * float(np.exp(0.4 * rng.normal()))
    count = len(points) - 1
    # Its pressure rises and falls, and varies on the way.
    widths = max(width, FINEST) * tapered(count, rng.uniform(0.05, 0.5)) * np.exp(0.25 * varied(count, rng))
    depth = min(1.0, width / FINEST) ** 0.5 * float(rng.choice([rng.uniform(0.15, 0.5), rng.uniform(0.5, 1)]))
    soft = float(rng.choice([0.0, rng.uniform(0.3, 0.6), rng.uniform(0.4, SOFTEST) * min(1.0, sheet.scale * 2)]))
    draw = partial(_cover, depth=depth, gap=max(4.0, rng.uniform(10, 60) * sheet.scale), seed=int(rng.integers(2**31)),
                   share=float(rng.uniform(0.25, 0.7)) if rng.random() < 0.6 else 1.0)  # fmt: skip
    box = around(points, width + 4 * max(soft, 0.6) + 2)
    tone = bare_or_dark(sheet, rng)
    marks = [Mark(Kind.SCRATCH, box, partial(draw, points=points, widths=widths.tolist(), soft=soft), tone)]
    if depth > 0.5 and rng.random() < 0.35:
        # Light falls into it from one side.
        aside = np.array([-np.sin(angle), np.cos(angle)]) * max(0.7, width * 0.45)
        edge = partial(draw, points=points + aside, widths=(0.5 * widths).tolist(), soft=max(soft, 0.6))
        fall = -0.2 if sum(tone) > 1.5 else 0.15
        marks.append(Mark(Kind.SCRATCH, box.grown(2 + int(width)), edge, (fall, fall, fall), "light"))
    return marks


def _cover(
    window: Window,
    points: Points,
    widths: list[float],
    depth: float,
    soft: float,
    gap: float,
    share: float,
    seed: int,
) -> Floats:
    """Gaps are about `gap` pixels long and leave `share` of it."""
    cover = soft_stroke(window, points, widths, soft) * np.float32(depth)
    if max(widths) > SMOOTH:
        # The gelatine is torn, not cut.
        cover = ramp(cover + 0.8 * depth * (rough(window, 3, seed, 2) - 0.5) * (cover > 0), 0, depth) * np.float32(
            depth
        )
    if share < 1:
        cover = cover * np.clip((Field(seed, gap).over(window) - (1 - share)) * 5 + 0.5, 0.05, 1)
    return cover
