"""A round brush led along points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.pixels.strokes.stroke import Box, shifted


@dataclass(frozen=True)
class Brush:
    """A round brush led along points; see graph.controls.Strokes."""

    points: Floats
    """(N, 2) as x, y in pixels of the photo; the middle of the first pixel is (0.5, 0.5)."""
    radius: float
    hardness: float = 1.0
    """1 has an edge one pixel wide, 0 fades from the middle of the brush."""
    pressure: Floats | None = None
    """(N,), the share of the radius at each point; None is all of it everywhere."""

    @property
    def box(self) -> Box:
        reach = self.radius + 1
        left, top = (self.points.min(axis=0) - reach).tolist()
        right, bottom = (self.points.max(axis=0) + reach).tolist()
        return left, top, right, bottom

    def coverage(self, ctx: Context, rows: slice, columns: slice) -> Floats:
        out = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.float32)
        starts = self.points[:-1] if len(self.points) > 1 else self.points
        ends = self.points[1:] if len(self.points) > 1 else self.points
        # Each segment is worked on only where it can reach: a long stroke costs by its length, not by its box.
        low = np.minimum(starts, ends) - (self.radius + 1)
        high = np.maximum(starts, ends) + (self.radius + 1)
        near = np.all((low < (columns.stop, rows.stop)) & (high > (columns.start, rows.start)), axis=1)
        for number in np.flatnonzero(near).tolist():
            ctx.check()
            x = slice(max(columns.start, int(low[number, 0])), min(columns.stop, int(high[number, 0]) + 1))
            y = slice(max(rows.start, int(low[number, 1])), min(rows.stop, int(high[number, 1]) + 1))
            part = out[shifted(y, rows.start), shifted(x, columns.start)]
            np.maximum(part, self._segment(number, starts[number], ends[number], y, x), out=part)
        return out

    def _segment(self, number: int, start: Floats, end: Floats, rows: slice, columns: slice) -> Floats:
        """Coverage by the distance of each pixel's middle from the segment."""
        y = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] + np.float32(0.5)
        x = np.arange(columns.start, columns.stop, dtype=np.float32)[None, :] + np.float32(0.5)
        along = end - start
        length = float(along @ along)
        share = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / length if length else np.zeros_like(x + y)
        share = np.clip(share, 0, 1)
        distance = np.hypot(x - start[0] - share * along[0], y - start[1] - share * along[1])
        if self.pressure is None:
            return _disk(distance, self.radius, self.hardness)
        first, last = self.pressure[number], self.pressure[min(number + 1, len(self.pressure) - 1)]
        radius = np.float32(self.radius) * (first + (last - first) * share)
        # A pen that hardly touches leaves less than the width of a pixel, and one that is lifted leaves nothing.
        return _disk(distance, radius, self.hardness) * np.minimum(2 * radius, 1)


def _disk(distance: Floats, radius: float | Floats, hardness: float) -> Floats:
    fade = np.maximum(np.float32(1), (1 - hardness) * radius)
    return np.clip((radius + 0.5 - distance) / fade, 0, 1).astype(np.float32)
