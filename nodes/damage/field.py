"""Smooth chance: values that change slowly over the print, the same for a place whichever window asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nodes.damage.coverage import Values
from nodes.damage.sheet import Window
from nodes.kinds.arrays import Floats

BLOCK = 16
"""Knots are drawn in squares of this side, each from its own place and the seed."""

FAR = 2**20
"""Knots left of and above the print have negative numbers, which a seed must not."""

FINE = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0)
"""Pixels. Finer values than the last are read from planes that repeat themselves, which nobody sees and which is
quick; there is a plane for each of these."""

PERIOD = 512
"""Pixels, of that plane."""

NOISE = 1024
"""Pixels, of the noise that grain is made of; the picture below it hides that it repeats itself."""

SPREAD = 2.0
"""A cubic B-spline halves the deviation of its knots; this brings it back to that of uniform values."""


@dataclass(frozen=True, slots=True)
class Field:
    """Values 0..1, uniform in the large, that change over about `cell` pixels; cubic B-splines through random knots."""

    seed: int
    cell: float

    def over(self, window: Window) -> Floats:
        """(height, width) of the window."""
        if self.cell <= FINE[-1]:
            return self._fine(window)
        first_y, down = _weights(window.top, window.height, self.cell)
        first_x, across = _weights(window.left, window.width, self.cell)
        knots = _knots(first_y, first_x, down.shape[1], across.shape[1], self.seed)
        return _spread(down @ knots @ across.T)

    def _fine(self, window: Window) -> Floats:
        nearest = min(FINE, key=lambda cell: abs(cell - self.cell))
        plane = _plane(round(PERIOD / nearest))
        return _shifted(plane, window, self.seed)


@lru_cache(maxsize=32)
def _plane(knots: int) -> Floats:
    """Values that repeat after PERIOD pixels, through so many knots a side."""
    first, weights = _weights(0, PERIOD, PERIOD / knots)
    drawn = np.random.default_rng(knots).random((knots, knots), dtype=np.float32)
    wrapped = np.arange(first, first + weights.shape[1]) % knots
    return _spread(weights @ drawn[wrapped[:, None], wrapped[None]] @ weights.T)


def _spread(smooth: Values) -> Floats:
    return np.clip(0.5 + SPREAD * (smooth - 0.5), 0, 1).astype(np.float32, copy=False)


def rough(window: Window, cell: float, seed: int, octaves: int = 3) -> Floats:
    """Values about 0..1 with detail of `octaves` sizes, each half as large and 0.6 times as strong as the last."""
    weights = 0.6 ** np.arange(octaves)
    total = sum(
        weight * (Field(seed + octave, max(1.0, cell / 2**octave)).over(window) - 0.5)
        for octave, weight in enumerate(weights.tolist())
    )
    # Independent octaves add by their squares.
    return np.asarray(0.5 + total / float(np.sqrt((weights**2).sum())), np.float32)


def white(window: Window, seed: int) -> Floats:
    """Noise of deviation 1, each pixel for itself; it repeats itself after NOISE pixels."""
    return _shifted(_noise(), window, seed)


@lru_cache(maxsize=1)
def _noise() -> Floats:
    return np.random.default_rng(0).standard_normal((NOISE, NOISE), dtype=np.float32)


def _shifted(plane: Floats, window: Window, seed: int) -> Floats:
    """That window of an endless repetition; another seed looks at another part of it."""
    side = plane.shape[0]
    down, across = (seed * prime % side for prime in (7919, 104_729))
    rows = np.arange(window.top + down, window.top + down + window.height) % side
    columns = np.arange(window.left + across, window.left + across + window.width) % side
    return plane[rows[:, None], columns[None]]


def _weights(start: int, length: int, cell: float) -> tuple[int, Floats]:
    """The first knot that matters, and how much each of the following weighs at each pixel: (length, knots)."""
    places = (np.arange(start, start + length) + 0.5) / cell
    before = np.floor(places).astype(np.int64)
    first, last = int(before[0]) - 1, int(before[-1]) + 2
    rest = places - before
    matrix = np.zeros((length, last - first + 1), np.float32)
    rows = np.arange(length)
    for knot, weight in enumerate(_spline(rest)):
        matrix[rows, before - 1 - first + knot] = weight
    return first, matrix


def _spline(t: Values) -> list[Values]:
    """The uniform cubic B-spline's four weights at t in 0..1."""
    back = 1 - t
    return [
        back**3 / 6,
        (3 * t**3 - 6 * t**2 + 4) / 6,
        (3 * back**3 - 6 * back**2 + 4) / 6,
        t**3 / 6,
    ]


def _knots(top: int, left: int, height: int, width: int, seed: int) -> Floats:
    """Uniform numbers of that rectangle of an endless plane."""
    first, across = top // BLOCK, left // BLOCK
    rows = [
        np.concatenate([_block(y, x, seed) for x in range(across, -(-(left + width) // BLOCK))], axis=1)
        for y in range(first, -(-(top + height) // BLOCK))
    ]
    plane = np.concatenate(rows)
    y, x = top - first * BLOCK, left - across * BLOCK
    return plane[y : y + height, x : x + width]


def _block(y: int, x: int, seed: int) -> Floats:
    return np.random.default_rng((seed, y + FAR, x + FAR)).random((BLOCK, BLOCK), dtype=np.float32)
