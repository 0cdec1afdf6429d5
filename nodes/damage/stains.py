"""Stains of water, tea and glue: pale inside, with the dark rim where they dried."""

from __future__ import annotations

from functools import partial

import numpy as np

from nodes.damage.coverage import distance, ramp
from nodes.damage.field import Field, rough
from nodes.damage.mark import Kind, Mark, Tone
from nodes.damage.sheet import Sheet, Window
from nodes.damage.way import somewhere
from nodes.kinds.arrays import Floats


def stains(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """Up to a fifth of the print's longer side across; every second one reaches in from the rim."""
    return [_stain(sheet, rng) for _ in range(count)]


def _stain(sheet: Sheet, rng: np.random.Generator) -> Mark:
    radius = max(3.0, rng.uniform(0.02, 0.2) ** 1.3 * max(sheet.height, sheet.width))
    centre = somewhere(sheet, rng)
    if rng.random() < 0.5:
        side = int(rng.integers(2))
        centre[side] = rng.choice([0, (sheet.width, sheet.height)[side]]) + rng.normal(0, 0.3 * radius)
    axes = (radius, radius * float(rng.uniform(0.5, 1)))
    reach = int(2 * radius) + 2
    x, y = (float(each) for each in centre)
    box = Window(int(y) - reach, int(x) - reach, 2 * reach, 2 * reach)
    cover = partial(_cover, centre=(x, y), axes=axes, angle=float(rng.uniform(0, np.pi)),
                    inside=float(rng.uniform(0.15, 0.6)), rim=float(rng.uniform(0.4, 1)),
                    seed=int(rng.integers(2**31)))  # fmt: skip
    return Mark(Kind.STAIN, box, cover, brown(rng), "stain")


def brown(rng: np.random.Generator, darkest: float = 0.55) -> Tone:
    """The light that is left through a brown stain."""
    red = rng.uniform(darkest, 0.95)
    green = red * rng.uniform(0.82, 0.95)
    return (float(red), float(green), float(green * rng.uniform(0.65, 0.9)))


def _cover(
    window: Window,
    centre: tuple[float, float],
    axes: tuple[float, float],
    angle: float,
    inside: float,
    rim: float,
    seed: int,
) -> Floats:
    away = distance(window, centre, axes, angle) + 0.75 * (rough(window, max(4.0, axes[1]), seed, 4) - 0.5)
    # Capillarity takes what is dissolved to the rim: sharp outside, fading inwards.
    width = max(0.03, 1.2 / axes[1])
    line = ramp(away, 1 + width, 1) * np.exp(-np.maximum(0, 1 - away) / 0.09)
    pool = ramp(away, 1 + width, 1 - width) * inside * (0.6 + 0.8 * (Field(seed + 7, axes[1] / 2).over(window) - 0.2))
    return np.clip(pool + rim * line, 0, 1).astype(np.float32, copy=False)
