"""The sides of a print, to a fraction of a pixel: where its edge shows, along all of each side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats

Numbers = NDArray[np.float64]

PLACES, TOGETHER = 160, 4
"""Profiles across each side, and how many neighbours are averaged against noise."""

ENDS = 0.06
"""Of a side, that is left out at each end: corners are rounded, bent and torn."""

Reach = tuple[float, float]
"""How far inwards and outwards of a rough side its edge is looked for, in parts of the longest side."""

CLOSE: Reach = (0.018, 0.008)
"""Outside of a print lies its shadow; inside begins the picture within its border, seldom narrower than 2 %."""

WIDE: Reach = (0.08, 0.02)
"""A hair that lies against a print shifts the rectangle around both."""

STEP = 0.5
"""Pixels between the samples of a profile."""

FINE = 0.6
"""Standard deviation, in pixels, of the edges looked for: paper ends sharply, shadows do not."""

CLEAR = 0.6
"""The outermost edge that is this clear, beside the clearest, is that of the print."""

WEAKEST = 0.004
"""Less of a slope between two samples is grain: a border of cream paper on a white lid has three times as much."""

STRAIGHT = 1.0
"""Pixels that an edge may lie off the line through the others."""

STEEPEST = 0.06
"""How far a side may turn from its rough direction: 3.4 degrees."""

SURE = 0.35
"""Of a side's places, that must lie on one line to trust it."""


class Sides(NamedTuple):
    """The four sides of a print: top, right, bottom, left, as seen by its own corners."""

    corners: Numbers
    """(4, 2): x, y where the sides meet, clockwise from the top left."""
    straight: Numbers
    """(4,): the share of each side that lies on one line."""


def sides_of(pixels: Floats, corners: Numbers, reach: Reach = CLOSE, *, right_angled: bool) -> Sides:
    """The sides near to those between rough corners, in a small picture (H, W, C).

    With `right_angled` they make a rectangle, as every print lying on glass is one.
    """
    found = [_side(pixels, corners, index, reach) for index in range(4)]
    straight = np.array([share for _, _, share in found])
    if right_angled:
        angle = _common_angle(corners, found)
        turned = [_turned(corners, index, angle, side) for index, side in enumerate(found)]
        return Sides(_met(turned), straight)
    return Sides(_met([_placed(corners, index, side) for index, side in enumerate(found)]), straight)


def lengths(corners: Numbers) -> Numbers:
    """(4,): of the sides that begin at each corner."""
    return np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)


def beside(corners: Numbers, away: float) -> Numbers:
    """(4, PLACES, 2): places along each side, so many pixels outside of it."""
    found: list[Numbers] = []
    for index in range(4):
        start, along, out, length = _frame(corners, index)
        found.append(start + np.linspace(ENDS, 1 - ENDS, PLACES)[:, None] * length * along + away * out)
    return np.array(found)


def area(corners: Numbers, height: int, width: int) -> NDArray[np.bool_]:
    """(H, W): the pixels within a quadrangle."""
    down, across = np.ogrid[:height, :width]
    within = np.ones((height, width), np.bool_)
    for index in range(4):
        (x, y), along, *_ = _frame(corners, index)
        within &= along[0] * (down - y) - along[1] * (across - x) >= 0
    return within


def _frame(corners: Numbers, index: int) -> tuple[Numbers, Numbers, Numbers, float]:
    """Where a side begins, which way it runs, which way is out, and how long it is."""
    start, stop = corners[index], corners[(index + 1) % 4]
    length = float(np.hypot(*(stop - start)))
    along = (stop - start) / max(length, 1e-9)
    return start, along, np.array([along[1], -along[0]]), length


def _side(pixels: Floats, corners: Numbers, index: int, reach: Reach) -> tuple[float, float, float]:
    """Offset in the middle of a side and slope against it, outwards, and the share of places that agree."""
    longest = float(lengths(corners).max())
    offsets = np.arange(-max(4.0, reach[0] * longest), max(3.0, reach[1] * longest) + STEP, STEP)
    *_, length = _frame(corners, index)
    places = np.linspace(ENDS - 0.5, 0.5 - ENDS, PLACES // TOGETHER) * length
    edges = _edges(_profiles(pixels, corners, index, offsets), offsets)
    return _line(places, edges)


def _profiles(pixels: Floats, corners: Numbers, index: int, offsets: Numbers) -> Floats:
    """(places, offsets, C): what lies across a side."""
    import cv2

    start, along, out, length = _frame(corners, index)
    places = np.linspace(ENDS, 1 - ENDS, PLACES) * length
    points = start + places[:, None, None] * along + offsets[None, :, None] * out
    x, y = (points[..., axis].astype(np.float32) for axis in (0, 1))
    sampled = cv2.remap(pixels, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(sampled, np.float32).reshape(PLACES // TOGETHER, TOGETHER, offsets.size, -1).mean(axis=1)


def _edges(profiles: Floats, offsets: Numbers) -> Numbers:
    """Where along each profile the print ends."""
    from scipy.ndimage import gaussian_filter1d

    slope = gaussian_filter1d(profiles.astype(np.float64), FINE / STEP, axis=1, order=1, mode="nearest")
    strength = np.linalg.norm(slope, axis=2)
    inner = strength[:, 1:-1]
    peaks = (inner >= strength[:, :-2]) & (inner > strength[:, 2:])
    clear = peaks & (inner >= np.maximum(WEAKEST, CLEAR * inner.max(axis=1, keepdims=True)))
    last = clear.shape[1] - 1 - np.argmax(clear[:, ::-1], axis=1)
    rows = np.arange(len(profiles))
    before, at, after = (strength[rows, last + shift] for shift in (0, 1, 2))
    bend = before - 2 * at + after
    # The top of the parabola through three samples.
    shift = np.where(np.abs(bend) > 1e-12, (before - after) / (2 * np.where(bend == 0, 1.0, bend)), 0.0)
    found = offsets[last + 1] + shift.clip(-0.5, 0.5) * STEP
    return np.where(clear.any(axis=1), found, np.nan)


def _line(places: Numbers, edges: Numbers) -> tuple[float, float, float]:
    """The line that most of the edges lie on: every pair of them is tried."""
    known = np.isfinite(edges)
    x, y = places[known], edges[known]
    if x.size < 3:
        return 0.0, 0.0, 0.0
    first, second = np.triu_indices(x.size, 3)
    if first.size == 0:
        return 0.0, 0.0, 0.0
    slopes = (y[second] - y[first]) / (x[second] - x[first])
    heights = y[first] - slopes * x[first]
    off = np.abs(y - slopes[:, None] * x - heights[:, None])
    agree = (off < STRAIGHT) & (np.abs(slopes) < STEEPEST)[:, None]
    # Of equally many the nearer ones.
    score = agree.sum(axis=1) - np.where(agree, off, 0.0).sum(axis=1) / x.size
    best = agree[int(np.argmax(score))]
    if best.sum() < 3:
        return 0.0, 0.0, 0.0
    slope, height = np.polyfit(x[best], y[best], 1)
    return float(height), float(slope), float(best.sum() / edges.size)


def _common_angle(corners: Numbers, found: list[tuple[float, float, float]]) -> float:
    """Radians that all sides together are turned from the rough ones, by the weighted median."""
    turns, weights = [], []
    base = np.arctan2(*_frame(corners, 0)[1][::-1])
    for index, (_, slope, share) in enumerate(found):
        _, along, _, length = _frame(corners, index)
        own = np.arctan2(along[1], along[0]) - index * np.pi / 2 - base
        # Outwards is up for the top side, and up is backwards for angles that grow clockwise.
        turns.append(np.arctan2(np.sin(own), np.cos(own)) - np.arctan(slope))
        weights.append(share * length if share >= SURE else 1e-6)
    order = np.argsort(turns)
    total = np.cumsum(np.array(weights)[order])
    half = int(np.searchsorted(total, total[-1] / 2))
    middle = np.array(turns)[order][half]
    close = np.abs(np.array(turns) - middle) < 0.01
    return float(base + np.average(np.array(turns)[close], weights=np.array(weights)[close]))


def _turned(corners: Numbers, index: int, angle: float, side: tuple[float, float, float]) -> tuple[Numbers, Numbers]:
    """A point of the side and its direction, at that angle of the whole."""
    start, along, out, length = _frame(corners, index)
    offset, _, share = side
    middle = start + along * length / 2 + out * (offset if share >= SURE else 0.0)
    way = angle + index * np.pi / 2
    return middle, np.array([np.cos(way), np.sin(way)])


def _placed(corners: Numbers, index: int, side: tuple[float, float, float]) -> tuple[Numbers, Numbers]:
    """A point of the side and its direction."""
    start, along, out, length = _frame(corners, index)
    offset, slope, share = side
    if share < SURE:
        offset, slope = 0.0, 0.0
    return start + along * length / 2 + out * offset, along + out * slope


def _met(lines: list[tuple[Numbers, Numbers]]) -> Numbers:
    """(4, 2): where each line meets the one before it."""
    found = []
    for index, (point, way) in enumerate(lines):
        other, across = lines[index - 1]
        along = np.linalg.solve(np.stack([across, -way], axis=1), point - other)
        found.append(other + along[0] * across)
    return np.array(found)
