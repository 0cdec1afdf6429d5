"""Straight lines across a narrow hole: what its two sides say about each pixel between them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.repair.filling.holes import Holes, widened

DIRECTIONS = 12
"""Over half a turn, 15 degrees apart: twice as many gain a tenth of a decibel and cost twice the time."""

REACH = 16
"""Pixels. A line that meets nothing known within them says nothing."""

PAD = REACH + 3
"""Pixels around the window, so that no line and no comparison leaves it."""

ALIKE = 2e-3
"""Mean squared difference of two ends that still seem to belong together: faint edges and strong grain have it."""

AGREED = 4e-3
"""Variance of the ends at which the mean of them is half trusted."""

AROUND = 6.0
"""Pixels around what is to be filled in which an idea of the rest of the hole matters too."""

NEAR = 16.0
"""Pixels across at which a hole's sides know half of what is between them."""

HOLE, BEYOND = 1, 2
"""What is no known pixel: in a hole, or outside the window."""

ACROSS = ((-2, 0.15), (-1, 0.2), (0, 0.3), (1, 0.2), (2, 0.15))
"""Offsets across a line at which its ends are compared, and what each counts."""

Indices = NDArray[np.int32]


class Idea(NamedTuple):
    """What holes may hold."""

    pixels: Floats
    """(H, W, C); known pixels as they are."""
    trust: Floats
    """(H, W), 0..1: how much to believe it; 1 where the pixel is known."""


class Line(NamedTuple):
    """Both ends of the lines of one direction through all N pixels of the holes."""

    forth: Indices
    back: Indices
    """Steps in the flattened window from the pixel to its ends."""
    ahead: Floats
    behind: Floats
    """Distances in pixels, infinite where there is no end."""


def across(pixels: Floats, holes: Holes, skin: Floats) -> Idea:
    """An idea of what a window (H, W, C) holds where it is wanted, and just around: its known sides continued.

    As in edge-directed deinterlacing, each pixel is interpolated along lines of several directions; a line counts for
    more the more alike the picture is around its two ends, and the shorter it is. So an edge that a scratch cuts is
    joined again, and slopes stay exact. `skin` is the window with its holes filled smoothly: it is compared around the
    ends, and stays, with a trust of 0, where no line has two ends.
    """
    import cv2

    sides = (PAD, PAD, PAD, PAD)
    guide = cv2.GaussianBlur(cv2.copyMakeBorder(skin, *sides, cv2.BORDER_REFLECT), (0, 0), 0.8)
    guide = np.asarray(guide, np.float32).reshape(-1, skin.shape[2])
    unknown = (~holes.known).astype(np.uint8) * np.uint8(HOLE)
    state = np.asarray(cv2.copyMakeBorder(unknown, *sides, cv2.BORDER_CONSTANT, value=[BEYOND]), np.uint8)
    asked = ~holes.known & widened(holes.wanted, AROUND) & widened(holes.known, REACH)
    places = np.nonzero(asked)
    at = ((places[0] + PAD) * state.shape[1] + places[1] + PAD).astype(np.int32)
    angles = [math.pi * index / DIRECTIONS for index in range(DIRECTIONS)]
    lines = [_line(state, at, angle) for angle in angles]
    costs = [
        _smooth(_unlike(guide, state.shape[1], at, line, angle), at, state.shape)
        for line, angle in zip(lines, angles, strict=True)
    ]
    padded = np.asarray(cv2.copyMakeBorder(pixels, *sides, cv2.BORDER_REFLECT), np.float32)
    mean, trust = _mean(padded.reshape(-1, pixels.shape[2]), at, lines, _weights(lines, costs))
    result, belief = skin.copy(), holes.known.astype(np.float32)
    met = trust > 0
    result[places] = np.where(met[:, None], mean, result[places])
    belief[places] = trust
    return Idea(result, belief)


def _line(state: NDArray[np.uint8], at: Indices, angle: float) -> Line:
    step = np.array([math.sin(angle), math.cos(angle)])
    # Each step moves to the next pixel of the line.
    step /= np.abs(step).max()
    forth, ahead = _march(state, at, step)
    back, behind = _march(state, at, -step)
    return Line(forth, back, ahead, behind)


def _march(state: NDArray[np.uint8], at: Indices, step: NDArray[np.float64]) -> tuple[Indices, Floats]:
    """The way to the first known pixel in one direction from each place, and how far it is."""
    flat, width = state.ravel(), state.shape[1]
    found = np.zeros(at.size, np.int32)
    distance = np.full(at.size, np.inf, np.float32)
    going = np.arange(at.size, dtype=np.int32)
    for count in range(1, REACH + 1):
        down, right = (round(float(part)) for part in step * count)
        shift = down * width + right
        met = flat[at[going] + shift]
        hit = going[met == 0]
        found[hit], distance[hit] = shift, math.hypot(down, right)
        going = going[met == HOLE]
        if not going.size:
            break
    return found, distance


def _unlike(guide: Floats, width: int, at: Indices, line: Line, angle: float) -> Floats:
    """The mean squared difference around the two ends of each line, compared across it."""
    total = np.zeros(at.size, np.float32)
    forth, back = at + line.forth, at + line.back
    for offset, weight in ACROSS:
        shift = round(offset * math.cos(angle)) * width - round(offset * math.sin(angle))
        difference = guide.take(forth + shift, axis=0) - guide.take(back + shift, axis=0)
        total += np.float32(weight / guide.shape[1]) * np.einsum("nc,nc->n", difference, difference)
    return total


def _smooth(cost: Floats, at: Indices, shape: tuple[int, ...]) -> Floats:
    """The cost averaged over such pixels nearby: neighbours mostly agree on the direction."""
    import cv2

    planes = np.zeros((*shape, 2), np.float32)
    planes.reshape(-1, 2)[at] = np.stack([cost, np.ones_like(cost)], axis=1)
    mean = np.asarray(cv2.blur(planes, (5, 5)), np.float32).reshape(-1, 2)[at]
    return mean[:, 0] / mean[:, 1]


def _weights(lines: list[Line], costs: list[Floats]) -> list[Floats]:
    """How much each line counts for each pixel; they sum to 1, or to 0 where no line has two ends."""
    lengths = [line.ahead + line.behind for line in lines]
    least = np.minimum.reduce(
        [np.where(np.isfinite(length), cost, np.inf) for length, cost in zip(lengths, costs, strict=True)]
    )
    least = np.where(np.isfinite(least), least, np.float32(0))
    spread = np.float32(ALIKE) + np.float32(0.25) * least
    # A line without an end is infinitely long, and counts nothing.
    weights = [
        np.exp(np.minimum((least - cost) / spread, 0)) / length**2 for length, cost in zip(lengths, costs, strict=True)
    ]
    total = np.sum(weights, axis=0)
    total = np.where(total > 0, total, np.float32(1))
    return [np.asarray(weight / total, np.float32) for weight in weights]


def _mean(flat: Floats, at: Indices, lines: list[Line], weights: list[Floats]) -> tuple[Floats, Floats]:
    """The weighted mean of all ends, (N, C), and how much to trust it, (N,)."""
    mean = np.zeros((at.size, flat.shape[1]), np.float32)
    square, length = np.zeros_like(mean), np.zeros(at.size, np.float32)
    for line, weight in zip(lines, weights, strict=True):
        long = np.where(weight > 0, line.ahead + line.behind, np.float32(1))
        share = np.where(weight > 0, line.behind, np.float32(0)) / long
        length += weight * long
        for end, part in ((line.forth, share), (line.back, 1 - share)):
            values = flat.take(at + end, axis=0)
            counted = (weight * part)[:, None] * values
            mean += counted
            square += counted * values
    variance = np.maximum(square - mean * mean, 0).mean(axis=1)
    trust = 1 / (1 + variance / np.float32(AGREED)) / (1 + (length / np.float32(NEAR)) ** 2)
    return mean, np.where(length > 0, trust, np.float32(0))
