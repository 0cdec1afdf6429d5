"""Follows a faint line by adding up its contrast along the way.

A line one grey level above the grain drowns in each single pixel, and stands out clearly once a hundred of them are
added up: the contrast grows with the length, the grain with its root. The path of the largest sum is found by dynamic
programming in a corridor (M. Fischler, J. Tenenbaum & H. Wolf, "Detection of Roads and Linear Structures in
Low-Resolution Aerial Imagery", 1981).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from nodes.kinds.arrays import Floats

SIDE = 3
"""Pixels from the middle of a line to where its surroundings are taken, for a line of one pixel."""

BEND = 0.35
"""What a sideways step of one pixel costs, in deviations of the grain: a scratch is mostly straight."""

LOOK = 48
"""Pixels that are added up to decide which way a clicked line runs, and whether it goes on."""

SURE = 1.0
"""Deviations of the grain that the best stretch through a click must stand out by on average. In mere grain the best of
all ways reaches 0.6 to 0.7, and 0.97 at most in thirty trials; a line of 1.5 deviations reaches 1.1."""

GOES_ON = 0.85
"""The same for a stretch that goes on from a sure one: in grain 0.6 with a deviation of 0.07."""

FADES = 0.5
"""Share of its own strength below which a line has ended: another thing nearby may stand out less, or more softly."""

SPAN = 12
"""Pixels over which that is averaged."""

REACH = 8
"""Pixels to each side that a stretch going on from a click may leave its direction."""

Point = tuple[float, float]


class Trace(NamedTuple):
    """A line that was followed."""

    points: Floats
    """(N, 2) as x, y, about a pixel apart."""
    gains: Floats
    """(N,), by how many deviations of the grain each place stands out."""

    @property
    def strength(self) -> float:
        """Of the whole line, in deviations of the grain per pixel."""
        return float(self.gains.mean())


def between(grey: Floats, start: Point, end: Point, width: float, sign: int, corridor: float) -> Trace:
    """The line from one point to another, leaving the straight way by at most `corridor` pixels.

    `grey` is (H, W) in 0..1; `sign` is 1 for a light line, -1 for a dark one, 0 for either.
    """
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    if length < 1:
        return Trace(np.array([start, end], np.float32), np.zeros(2, np.float32))
    contrast, x, y = _contrast(grey, start, end, width, corridor)
    options = [_path(side * contrast) for side in ((sign,) if sign else (1, -1))]
    path, gains = max(options, key=lambda option: float(option[1].sum()))
    steps = np.arange(len(path))
    return Trace(np.stack([x[steps, path], y[steps, path]], axis=1), gains)


def onwards(grey: Floats, click: Point, width: float, sign: int, longest: float) -> Trace | None:
    """The line that runs through a clicked point, both ways until it ends; None if none stands out there."""
    turns = np.linspace(0, math.pi, 48, endpoint=False)
    found = [_through(grey, click, float(turn), width, sign) for turn in turns]
    best = max(found, key=lambda each: each.strength)
    if best.strength < SURE:
        return None
    core = slice(LOOK // 4, len(best.points) - LOOK // 4)
    middle, least = best.points[core], max(GOES_ON, FADES * float(best.gains[core].mean()))
    forth = _followed(grey, middle, width, sign, longest, least)
    back = _followed(grey, middle[::-1], width, sign, longest, least)
    points = np.concatenate([back[::-1], middle, forth])
    return Trace(points, np.full(len(points), best.strength, np.float32))


def _through(grey: Floats, click: Point, turn: float, width: float, sign: int) -> Trace:
    dx, dy = LOOK / 2 * math.cos(turn), LOOK / 2 * math.sin(turn)
    return between(grey, (click[0] - dx, click[1] - dy), (click[0] + dx, click[1] + dy), width, sign, 3)


def _followed(grey: Floats, points: Floats, width: float, sign: int, longest: float, least: float) -> Floats:
    """What comes after the last point, as long as each stretch stands out by itself.

    Only the first half of a stretch is kept: its end may have strayed where the line bends.
    """
    height, breadth = grey.shape
    gone: list[Floats] = []
    tail = points
    for _ in range(math.ceil(2 * longest / LOOK)):
        way = tail[-1] - tail[-min(len(tail), LOOK // 2)]
        size = float(np.hypot(*way))
        if size == 0:
            break
        end = tail[-1] + way / size * _room(tail[-1], way / size, breadth, height)
        stretch = between(grey, _point(tail[-1]), _point(end), width, sign, REACH)
        near_end = len(stretch.points) <= LOOK // 2 + 8
        kept = stretch.points if near_end else stretch.points[: LOOK // 2 + 1]
        lasts = _lasting(stretch.gains[: len(kept)], least)
        gone.append(kept[1:lasts])
        if near_end or lasts < len(kept):
            break
        tail = np.concatenate([tail[-LOOK // 2 :], kept[1:]])
    return np.concatenate(gone) if gone else np.empty((0, 2), np.float32)


def _lasting(gains: Floats, least: float) -> int:
    """How many places pass before the mean of the next SPAN falls below `least`."""
    sums = np.cumsum(np.concatenate([[0.0], gains]))
    starts = np.arange(max(1, len(gains) - SPAN + 1))
    means = (sums[np.minimum(starts + SPAN, len(gains))] - sums[starts]) / min(SPAN, len(gains))
    below = np.flatnonzero(means < least)
    return int(below[0]) if below.size else len(gains)


def _room(start: Floats, way: Floats, width: int, height: int) -> float:
    """How far one can go from a point along a unit vector within the photo, LOOK at most."""
    room = float(LOOK)
    for at, step, end in zip(start, way, (width, height), strict=True):
        if step:
            room = min(room, float(((end if step > 0 else 0) - at) / step))
    return max(0.0, room)


def _point(values: Floats) -> Point:
    return float(values[0]), float(values[1])


def _contrast(grey: Floats, start: Point, end: Point, width: float, corridor: float) -> tuple[Floats, Floats, Floats]:
    """How much each place of a corridor is lighter than both its sides, in deviations; and where the places lie.

    Rows run along the line, columns across it.
    """
    import cv2

    length = math.hypot(end[0] - start[0], end[1] - start[1])
    along = np.array([end[0] - start[0], end[1] - start[1]], np.float32) / np.float32(length)
    beside = np.float32(max(SIDE, width / 2 + 2))
    steps = np.linspace(0, length, round(length) + 1, dtype=np.float32)[:, None]
    across = np.arange(-math.ceil(corridor), math.ceil(corridor) + 1, dtype=np.float32)[None, :]
    x = np.float32(start[0]) + steps * along[0] - across * along[1]
    y = np.float32(start[1]) + steps * along[1] + across * along[0]

    def seen(offset: np.float32) -> Floats:
        # Coordinates name places; cv2 counts from the middle of the first pixel.
        sx, sy = x - offset * along[1] - np.float32(0.5), y + offset * along[0] - np.float32(0.5)
        return np.asarray(cv2.remap(grey, sx, sy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)

    left, right = seen(-beside), seen(beside)
    middle = _mean([seen(np.float32(offset)) for offset in np.arange(-(width - 1) / 2, width / 2)])
    # The nearer of both sides decides, so that the edge of a thing is no line.
    light, dark = middle - np.maximum(left, right), middle - np.minimum(left, right)
    contrast = np.where(light > 0, light, np.where(dark < 0, dark, 0))
    plain = middle - (left + right) / 2
    grain = max(1e-4, float(np.median(np.abs(plain - np.median(plain)))) * 1.4826)
    return np.clip(contrast / grain, -6, 6).astype(np.float32), x, y


def _mean(values: list[Floats]) -> Floats:
    return np.asarray(np.mean(values, axis=0, dtype=np.float32))


def _path(gain: Floats) -> tuple[np.ndarray, Floats]:
    """The column of each row on the way of the largest sum from the middle of the first row, and its gains."""
    rows, columns = gain.shape
    middle = columns // 2
    best = np.full(columns, -np.inf, np.float32)
    best[middle] = gain[0, middle]
    came = np.zeros((rows, columns), np.int8)
    for row in range(1, rows):
        left = np.concatenate([[-np.inf], best[:-1]]) - BEND
        right = np.concatenate([best[1:], [-np.inf]]) - BEND
        options = np.stack([left, best, right])
        step = options.argmax(axis=0)
        came[row] = step - 1
        best = options[step, np.arange(columns)] + gain[row]
    column = int(best.argmax())
    path = np.empty(rows, np.intp)
    for row in range(rows - 1, -1, -1):
        path[row] = column
        column += came[row, column]
    steps = np.abs(np.diff(path, prepend=path[0]))
    return path, (gain[np.arange(rows), path] - BEND * steps).astype(np.float32)
