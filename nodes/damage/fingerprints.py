"""Fingerprints: ridges of grease, about a finger wide."""

from __future__ import annotations

from functools import partial

import numpy as np

from nodes.damage.coverage import Values, distance, ramp
from nodes.damage.field import Field, rough
from nodes.damage.mark import Kind, Mark
from nodes.damage.sheet import Sheet, Window
from nodes.damage.way import somewhere
from nodes.kinds.arrays import Floats

RIDGES = 14.0
"""Across half a fingertip: ridges are half a millimetre apart, and a finger 15 mm wide."""


def fingerprints(sheet: Sheet, rng: np.random.Generator, count: int) -> list[Mark]:
    """On a print 13 to 20 cm long; they dull what is dark and stain what is light."""
    return [_fingerprint(sheet, rng) for _ in range(count)]


def _fingerprint(sheet: Sheet, rng: np.random.Generator) -> Mark:
    radius = max(4.0, rng.uniform(0.035, 0.06) * max(sheet.height, sheet.width))
    reach = int(1.8 * radius) + 1
    x, y = (float(each) for each in somewhere(sheet, rng))
    box = Window(int(y) - reach, int(x) - reach, 2 * reach, 2 * reach)
    cover = partial(_cover, centre=(x, y), radius=radius, angle=float(rng.uniform(0, np.pi)),
                    depth=float(rng.uniform(0.25, 0.8)), seed=int(rng.integers(2**31)))  # fmt: skip
    level = float(rng.choice([rng.uniform(0.15, 0.35), rng.uniform(0.55, 0.8)]))
    return Mark(Kind.FINGERPRINT, box, cover, (level, level * 0.97, level * 0.9))


def _cover(window: Window, centre: tuple[float, float], radius: float, angle: float, depth: float, seed: int) -> Floats:
    away = distance(window, centre, (radius * 1.35, radius), angle)
    bent = _loop(window, centre, radius, angle) + 0.5 * (Field(seed, radius).over(window) - 0.5)
    ridges = ramp(np.sin(bent * RIDGES * np.pi), -0.3, 0.6)
    # The finger pressed harder here than there, and its skin is not even.
    pressed = ramp(away + 0.6 * (rough(window, radius / 2, seed + 3) - 0.5), 1.05, 0.5)
    broken = 0.35 + 0.65 * ramp(rough(window, 3, seed + 6, 2), 0.25, 0.6)
    return np.asarray(ridges * pressed * broken * depth, np.float32)


def _loop(window: Window, centre: tuple[float, float], radius: float, angle: float) -> Values:
    """The number of each ridge, in radii: arches on one side of the middle, and straight on the other."""
    y = (np.arange(window.top, window.top + window.height) + 0.5 - centre[1])[:, None] / radius
    x = (np.arange(window.left, window.left + window.width) + 0.5 - centre[0])[None] / radius
    along, aside = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    return np.hypot(aside + 0.25 * along, 0.8 * np.maximum(along + 0.2, 0))
