"""What shows where a print is damaged: bared paper, dirt, and what lies behind it."""

from __future__ import annotations

import numpy as np

from nodes.damage.mark import Tone
from nodes.damage.sheet import Sheet


def paper(rng: np.random.Generator, low: float = 0.85) -> Tone:
    """Bared paper: white to cream."""
    light, warm = rng.uniform(low, 1), rng.uniform(0, 0.12)
    return (float(light), float(light * (1 - 0.35 * warm)), float(light * (1 - warm)))


def dark(rng: np.random.Generator, high: float = 0.16) -> Tone:
    """Dirt, shadow, or light that dust on a slide has kept away."""
    level = float(rng.uniform(0, high))
    return (level * 1.1, level, level * 0.9)


def bare_or_dark(sheet: Sheet, rng: np.random.Generator) -> Tone:
    return paper(rng) if rng.random() < sheet.light else dark(rng)
