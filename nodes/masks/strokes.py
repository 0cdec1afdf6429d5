"""Brush strokes as coverage: how much of each pixel a round brush has touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.context import Tile
from nodes.kinds.arrays import Floats


@dataclass(frozen=True)
class Stroke:
    """A round brush led along points; see graph.controls.Strokes."""

    points: Floats
    """(N, 2) as x, y in pixels of the photo; the middle of the first pixel is (0.5, 0.5)."""
    radius: float
    hardness: float
    """1 has an edge one pixel wide, 0 fades from the middle of the brush."""
    erase: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of all it may touch."""
        reach = self.radius + 1
        left, top = self.points.min(axis=0) - reach
        right, bottom = self.points.max(axis=0) + reach
        return left, top, right, bottom


def strokes_from_settings(settings: Sequence[Mapping[str, Any]]) -> list[Stroke]:
    """What the `Strokes` control holds; its size is the width of the brush."""
    return [
        Stroke(np.array(each["points"], np.float32), each["size"] / 2, each["hardness"], each["erase"])
        for each in settings
    ]


def paint_tile(values: Floats, tile: Tile, strokes: Sequence[Stroke]) -> None:
    """Lead the brushes, in order, over one tile of a mask in place: adding raises, erasing lowers."""
    rows, columns = tile.write
    for stroke in strokes:
        left, top, right, bottom = stroke.box
        if left < columns.stop and right > columns.start and top < rows.stop and bottom > rows.start:
            touched = coverage(stroke, rows, columns)
            if stroke.erase:
                np.minimum(values, 1 - touched, out=values)
            else:
                np.maximum(values, touched, out=values)


def coverage(stroke: Stroke, rows: slice, columns: slice) -> Floats:
    """How much the stroke touches each pixel of a region, 0..1."""
    out = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.float32)
    points = stroke.points
    ends = points[1:] if len(points) > 1 else points
    reach = stroke.radius + 1
    for start, end in zip(points[: len(ends)], ends, strict=True):
        # Each segment is worked on only where it can reach: a long stroke costs by its length, not by its box.
        low, high = np.minimum(start, end) - reach, np.maximum(start, end) + reach
        x = slice(max(columns.start, int(low[0])), min(columns.stop, int(high[0]) + 1))
        y = slice(max(rows.start, int(low[1])), min(rows.stop, int(high[1]) + 1))
        if x.start < x.stop and y.start < y.stop:
            part = out[y.start - rows.start : y.stop - rows.start, x.start - columns.start : x.stop - columns.start]
            np.maximum(part, _segment(start, end, stroke, y, x), out=part)
    return out


def _segment(start: Floats, end: Floats, stroke: Stroke, rows: slice, columns: slice) -> Floats:
    """Coverage by the distance of each pixel's middle from the segment."""
    y = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] + np.float32(0.5)
    x = np.arange(columns.start, columns.stop, dtype=np.float32)[None, :] + np.float32(0.5)
    along = end - start
    length = float(along @ along)
    share = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / length if length else np.zeros_like(x + y)
    share = np.clip(share, 0, 1)
    distance = np.hypot(x - start[0] - share * along[0], y - start[1] - share * along[1])
    fade = max(1.0, (1 - stroke.hardness) * stroke.radius)
    return np.clip((stroke.radius + 0.5 - distance) / fade, 0, 1).astype(np.float32)
