"""A closed shape drawn freehand, filled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.pixels.strokes.stroke import Box

SCANS = 16
"""Scan lines a row of pixels: across, the area of each pixel is exact, and down, to a sixteenth of it."""

CROSSINGS = 2**19
"""Places where edges cross scan lines that are looked at together: about 50 MB, however many corners there are."""

Doubles = NDArray[np.float64]
Wholes = NDArray[np.int64]


@dataclass(frozen=True)
class Lasso:
    """A polygon, closed from its last corner to its first; what it encloses twice is outside (the even-odd rule)."""

    points: Floats
    """(N, 2) as x, y in pixels of the photo."""

    @property
    def box(self) -> Box:
        left, top = self.points.min(axis=0).tolist()
        right, bottom = self.points.max(axis=0).tolist()
        return left, top, right, bottom

    def coverage(self, ctx: Context, rows: slice, columns: slice) -> Floats:
        ctx.check()
        edges = _Edges(self.points.astype(np.float64), rows)
        if edges.crossings > CROSSINGS and rows.stop - rows.start > 1:
            middle = (rows.start + rows.stop) // 2
            halves = slice(rows.start, middle), slice(middle, rows.stop)
            return np.concatenate([self.coverage(ctx, half, columns) for half in halves])
        return _filled(*edges.crossed(), rows.stop - rows.start, columns)


class _Edges:
    """Where the edges of a polygon cross the scan lines of some rows."""

    def __init__(self, corners: Doubles, rows: slice) -> None:
        self.start, self.end, self.top = corners, np.roll(corners, -1, axis=0), rows.start
        # Scan lines lie in the middle of their strip; an edge has those at and below its upper end, above its lower.
        ends = (np.stack([self.start[:, 1], self.end[:, 1]]) - rows.start) * SCANS - 0.5
        scans = np.ceil(ends).clip(0, (rows.stop - rows.start) * SCANS).astype(np.int64)
        self.first = scans.min(axis=0)
        self.count = scans.max(axis=0) - self.first
        self.crossings = int(self.count.sum())

    def crossed(self) -> tuple[Wholes, Doubles]:
        """Each crossing's scan line, counted from the first, and its x."""
        edge = np.repeat(np.arange(len(self.count)), self.count)
        before = np.cumsum(self.count) - self.count
        scan = np.arange(self.crossings) - before[edge] + self.first[edge]
        start, end = self.start[edge], self.end[edge]
        share = (self.top + (scan + 0.5) / SCANS - start[:, 1]) / (end[:, 1] - start[:, 1])
        return scan, start[:, 0] + share * (end[:, 0] - start[:, 0])


def _filled(scans: Wholes, x: Doubles, height: int, columns: slice) -> Floats:
    """From every crossing on, all to its right on that scan line turns from outside to inside, or back."""
    width = columns.stop - columns.start
    order = np.lexsort((x, scans))
    scans, x = scans[order], (x[order] - columns.start).clip(0, width)
    # The polygon is closed, so that each scan line has an even number of crossings, and the first of them turns in.
    turns = np.where(np.arange(len(scans)) % 2, -1.0, 1.0) / SCANS
    pixel = x.astype(np.int64)
    share = x - pixel
    place = scans // SCANS * (width + 2) + pixel
    size = height * (width + 2)
    change = np.bincount(place, turns * (1 - share), size) + np.bincount(place + 1, turns * share, size)
    covered = np.cumsum(change.reshape(height, width + 2), axis=1)[:, :width]
    # Rounded, because what the fractions of a pixel leave over would count as marked.
    return np.clip(covered.round(6), 0, 1).astype(np.float32)
