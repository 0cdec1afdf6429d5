"""Ways through a corridor of contrast, along which the most of it adds up.

A line one grey level above the grain drowns in each single pixel, and stands out clearly once a hundred of them are
added up: the contrast grows with the length, the grain with its root. The way of the largest sum is found by dynamic
programming (M. Fischler, J. Tenenbaum & H. Wolf, "Detection of Roads and Linear Structures in Low-Resolution Aerial
Imagery", 1981). The more freely a way may run, the more it also gains in mere grain: a faint line is found by a stiff
one, and a free one counts only where it gains much more.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats

SIDE = 2
"""Pixels from the middle of a line of one pixel to the nearest of what counts as its surroundings."""

ASIDE, ALONG = 3, 15
"""Pixels across and along over which the surroundings of either side are averaged: their own grain hardly counts."""

AROUND = 8
"""Pixels to each side of a way in which the grain is measured, at least."""

RUN = 9
"""Pixels along a way whose means the grain is measured by: it mostly hangs together from pixel to pixel, and then adds
up faster than by the root."""

MOST = 6
"""Deviations of the grain that one place counts for at most."""

BEND = 0.35
"""What a sideways step of one pixel costs a free way, in deviations of the grain: a scratch is mostly straight."""

PIECE, SLANT, KINK = 16, 4, 2.0
"""A stiff way is made of straight pieces of so many pixels, which lean by so many at most, and for each pixel by which
one leans otherwise than the piece before, it pays so much."""

FREELY = 0.4
"""Deviations per pixel that a free way must gain over a stiff one. In mere grain it gains about 0.3."""

Way = tuple[NDArray[np.intp], Floats]
"""The column of each row, and what is gained there."""


class Corridor(NamedTuple):
    """What is seen along a straight way: rows run along it, columns across, the middle one on it."""

    gain: Floats
    """By how many deviations of the grain each place is lighter (or, below 0, darker) than both its sides."""
    x: Floats
    y: Floats

    def places(self, columns: NDArray[np.intp]) -> Floats:
        """(N, 2) as x, y: one column of each row."""
        rows = np.arange(len(columns))
        return np.stack([self.x[rows, columns], self.y[rows, columns]], axis=1)


def contrast(
    grey: Floats, start: tuple[float, float], end: tuple[float, float], width: float, reach: float
) -> Corridor:
    """What is seen from `start` to `end`, at least a pixel away, and up to `reach` pixels beside."""
    import cv2

    length = math.dist(start, end)
    along = np.array([end[0] - start[0], end[1] - start[1]], np.float32) / np.float32(length)
    steps = np.linspace(0, length, round(length) + 1, dtype=np.float32)[:, None]
    inner = math.ceil(reach)
    wide, far = max(inner, AROUND), math.ceil(max(SIDE, width / 2 + 1.5)) + ASIDE // 2
    across = np.arange(-wide - far, wide + far + 1, dtype=np.float32)[None, :]
    x = np.float32(start[0]) + steps * along[0] - across * along[1]
    y = np.float32(start[1]) + steps * along[1] + across * along[0]
    # Coordinates name places; cv2 counts from the middle of the first pixel.
    half = np.float32(0.5)
    seen = np.asarray(
        cv2.remap(grey, x - half, y - half, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32
    )
    middle = _averaged(seen, width, 1)
    aside = _averaged(seen, ASIDE, ALONG)
    kept = slice(far, seen.shape[1] - far)
    gain = _standing_out(middle[:, kept], aside[:, : -2 * far], aside[:, 2 * far :])
    core = slice(wide - inner, wide + inner + 1)
    return Corridor(gain[:, core], x[:, kept][:, core], y[:, kept][:, core])


def _averaged(values: Floats, across: float, along: int) -> Floats:
    """The mean over so many pixels across, of which the outermost may count in part, and so many along."""
    import cv2

    whole = 2 * math.ceil((across - 1) / 2) + 1
    row = np.ones(whole, np.float32)
    row[[0, -1]] = (across - (whole - 2)) / 2 if whole > 1 else 1
    column = np.full(along, 1 / along, np.float32)
    return np.asarray(cv2.sepFilter2D(values, -1, row / row.sum(), column, borderType=cv2.BORDER_REPLICATE), np.float32)


def _standing_out(middle: Floats, left: Floats, right: Floats) -> Floats:
    # The nearer of both sides decides, so that the edge of a thing is no line.
    light, dark = middle - np.maximum(left, right), middle - np.minimum(left, right)
    gain = np.where(light > 0, light, np.where(dark < 0, dark, 0))
    rest = np.asarray(middle - (left + right) / 2, np.float32)
    return np.clip(gain / _grain(rest), -MOST, MOST).astype(np.float32)


def _grain(values: Floats) -> float:
    """Its deviation: of single pixels, or what the means of RUN of them say of it, whichever is more."""
    import cv2

    runs = np.asarray(cv2.blur(values, (1, RUN), borderType=cv2.BORDER_REPLICATE), np.float32)
    return max(1e-4, _deviation(values), math.sqrt(RUN) * _deviation(runs))


def _deviation(values: Floats) -> float:
    """By the median, which a line does not disturb."""
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))


def best_way(gain: Floats, start: int, end: int | None) -> Way:
    """The stiff way of the largest sum, or the free one if that gains much more.

    It begins, and ends unless `end` is None, so many columns from the middle at most.
    """
    stiff, free = stiff_way(gain, start, end), free_way(gain, start, end)
    return free if float(free[1].mean()) > float(stiff[1].mean()) + FREELY else stiff


def free_way(gain: Floats, start: int, end: int | None) -> Way:
    """The way of the largest sum that goes sideways by a column a row at most."""
    rows, columns = gain.shape
    best = _allowed(columns, start) + gain[0]
    came = np.zeros((rows, columns), np.int8)
    for row in range(1, rows):
        left = np.concatenate([[-np.inf], best[:-1]]) - BEND
        right = np.concatenate([best[1:], [-np.inf]]) - BEND
        options = np.stack([left, best, right])
        step = options.argmax(axis=0)
        came[row] = step - 1
        best = options[step, np.arange(columns)] + gain[row]
    column = int((best + _allowed(columns, end)).argmax())
    way = np.empty(rows, np.intp)
    for row in range(rows - 1, -1, -1):
        way[row] = column
        column += came[row, column]
    steps = np.abs(np.diff(way, prepend=way[0]))
    return way, (gain[np.arange(rows), way] - BEND * steps).astype(np.float32)


def stiff_way(gain: Floats, start: int, end: int | None) -> Way:
    """The way of the largest sum that is made of straight pieces and bends little between them."""
    rows, columns = gain.shape
    knots = np.linspace(0, rows - 1, max(1, round((rows - 1) / PIECE)) + 1).round().astype(int)
    leans = np.arange(-SLANT, SLANT + 1)
    turning = -KINK * np.abs(leans[:, None] - leans[None, :])
    best = np.repeat(_allowed(columns, start)[:, None], len(leans), axis=1)
    came: list[NDArray[np.intp]] = []
    for first, last in pairwise(knots.tolist()):
        options = best[:, None, :] + turning[None]
        came.append(options.argmax(axis=2))
        sums = options.max(axis=2) + _sums(gain[first : last + 1], leans)
        best = _moved(sums, leans)
    column, lean = np.unravel_index(int((best + _allowed(columns, end)[:, None]).argmax()), best.shape)
    way = _line_through(knots, _knots_back(int(column), int(lean), came, leans))
    return way, gain[np.arange(rows), way]


def _allowed(columns: int, off: int | None) -> Floats:
    """0 where a way may begin or end, minus infinity elsewhere."""
    away = np.abs(np.arange(columns) - columns // 2)
    return np.where(away <= (columns if off is None else off), 0, -np.inf).astype(np.float32)


def _sums(gain: Floats, leans: NDArray[np.int_]) -> Floats:
    """(columns, leans): of a piece that begins in a column and leans so; its first row belongs to the piece before."""
    rows, columns = gain.shape
    share = np.arange(1, rows) / (rows - 1)
    at = np.round(np.arange(columns)[None, :, None] + share[:, None, None] * leans).astype(int)
    inside = np.clip(at, 0, columns - 1)
    return np.where(at[-1] == inside[-1], gain[np.arange(1, rows)[:, None, None], inside].sum(axis=0), -np.inf)


def _moved(sums: Floats, leans: NDArray[np.int_]) -> Floats:
    """By the column where a piece ends instead of that where it begins."""
    columns = len(sums)
    begun = np.arange(columns)[:, None] - leans
    inside = np.clip(begun, 0, columns - 1)
    return np.where(begun == inside, sums[inside, np.arange(len(leans))], -np.inf)


def _knots_back(column: int, lean: int, came: list[NDArray[np.intp]], leans: NDArray[np.int_]) -> list[int]:
    """The columns of all knots, from how the last was reached."""
    found = [column]
    for before in reversed(came):
        column -= int(leans[lean])
        lean = int(before[column, lean])
        found.append(column)
    return found[::-1]


def _line_through(knots: NDArray[np.int_], columns: list[int]) -> NDArray[np.intp]:
    return np.interp(np.arange(knots[-1] + 1), knots, columns).round().astype(np.intp)
