"""What was painted by hand: shapes that mark or erase, laid over a mask one after the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from graph.context import Context, Tile
from nodes.kinds.arrays import Floats

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the photo."""


class Shape(Protocol):
    """What one tool has touched."""

    @property
    def box(self) -> Box:
        """All that may be touched lies in here."""
        ...

    def coverage(self, ctx: Context, rows: slice, columns: slice) -> Floats:
        """How much of each pixel of a region is touched, 0..1."""
        ...


@dataclass(frozen=True)
class Stroke:
    """A shape, and whether it marks or erases."""

    shape: Shape
    erase: bool = False


def paint_tile(ctx: Context, values: Floats, tile: Tile, strokes: Sequence[Stroke]) -> None:
    """Lay the strokes, in order, over one tile of a mask in place: marking raises, erasing lowers."""
    top, left = (span.start for span in tile.write)
    for stroke in strokes:
        ctx.check()
        region = _shared(stroke.shape.box, tile)
        if region is None:
            continue
        rows, columns = region
        touched = stroke.shape.coverage(ctx, rows, columns)
        part = values[shifted(rows, top), shifted(columns, left)]
        if stroke.erase:
            np.minimum(part, 1 - touched, out=part)
        else:
            np.maximum(part, touched, out=part)


def _shared(box: Box, tile: Tile) -> tuple[slice, slice] | None:
    """The pixels of a tile that a box touches, None where it touches none."""
    rows, columns = tile.write
    left, top, right, bottom = box
    y = slice(max(rows.start, math.floor(top)), min(rows.stop, math.ceil(bottom)))
    x = slice(max(columns.start, math.floor(left)), min(columns.stop, math.ceil(right)))
    return (y, x) if y.start < y.stop and x.start < x.stop else None


def shifted(span: slice, start: int) -> slice:
    """Pixels of the photo, counted from `start`."""
    return slice(span.start - start, span.stop - start)
