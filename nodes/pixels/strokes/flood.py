"""Everything that hangs together with a place and looks like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.profile import convert
from nodes.pixels.strokes.stroke import Box, shifted

SIDE = 512
"""Pixels a side of the cells a photo is looked at in: a cell takes some 10 ms and 10 MB, and only those are looked at
which the flood reaches."""

WHITE = 100
"""How far white is from black in CIELAB."""

ROUNDING = 0.01
"""By which the same colour may differ from itself, in CIELAB."""

Cell = tuple[int, int]
"""Row and column among the cells."""

Labels = NDArray[np.int32]

NEXT = {"left": (0, -1), "right": (0, 1), "top": (-1, 0), "bottom": (1, 0)}
FACING = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}


@dataclass(frozen=True)
class Likeness:
    """Which pixels of a photo are about as light and as coloured as one of them.

    The distance of two colours is that of CIE 1976 (ΔE*ab, straight through CIELAB), divided by a hundred: 1 lies
    between black and white, and about 0.02 can just be seen.
    """

    image: Image
    colour: Floats
    tolerance: float

    def labels(self, cell: Cell) -> Labels:
        """The alike pixels of a cell by the piece they belong to, from 1; 0 is unlike. Pieces hang together by sides,
        not by corners.
        """
        import cv2

        apart = _lab(self.image, cell) - self.colour
        alike = np.einsum("yxc,yxc->yx", apart, apart) <= (WHITE * self.tolerance + ROUNDING) ** 2
        _, labels = cv2.connectedComponents(alike.view(np.uint8), connectivity=4, ltype=cv2.CV_32S)
        return np.asarray(labels, np.int32)


@dataclass(frozen=True)
class Flood:
    """All that is reached from a place through alike pixels.

    It keeps no pixels, only which pieces of which cells belong to it: they are found again where they are needed.
    """

    likeness: Likeness
    reached: Mapping[Cell, frozenset[int]]

    @property
    def box(self) -> Box:
        rows, columns = zip(*self.reached, strict=True)
        return min(columns) * SIDE, min(rows) * SIDE, (max(columns) + 1) * SIDE, (max(rows) + 1) * SIDE

    def coverage(self, ctx: Context, rows: slice, columns: slice) -> Floats:
        out = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.float32)
        for cell in _cells(rows, columns):
            if cell in self.reached:
                ctx.check()
                top, left = cell[0] * SIDE, cell[1] * SIDE
                y = slice(max(rows.start, top), min(rows.stop, top + SIDE))
                x = slice(max(columns.start, left), min(columns.stop, left + SIDE))
                inside = _among(self.likeness.labels(cell), self.reached[cell])
                part = inside[shifted(y, top), shifted(x, left)]
                out[shifted(y, rows.start), shifted(x, columns.start)] = part
        return out


def flood(ctx: Context, image: Image, x: float, y: float, tolerance: float) -> Flood:
    """What is reached from a place within the photo, by cells: from each into those beside it, until nothing is new."""
    row, column = min(int(y), image.height - 1), min(int(x), image.width - 1)
    start, at = (row // SIDE, column // SIDE), (row % SIDE, column % SIDE)
    likeness = Likeness(image, _lab(image, start)[at].copy(), tolerance)
    borders: dict[Cell, dict[str, Labels]] = {}
    reached: dict[Cell, frozenset[int]] = {}
    waiting = {start: frozenset({int(likeness.labels(start)[at])})}
    while waiting:
        ctx.check()
        cell, fresh = waiting.popitem()
        reached[cell] = reached.get(cell, frozenset()) | fresh
        for side, (down, right) in NEXT.items():
            beside = cell[0] + down, cell[1] + right
            if _exists(image, beside):
                here, there = (_border(likeness, each, borders) for each in (cell, beside))
                touched = there[FACING[side]][_among(here[side], fresh)]
                entered = frozenset(touched.tolist()) - {0} - reached.get(beside, frozenset())
                if entered:
                    waiting[beside] = waiting.get(beside, frozenset()) | entered
    return Flood(likeness, reached)


def _border(likeness: Likeness, cell: Cell, borders: dict[Cell, dict[str, Labels]]) -> dict[str, Labels]:
    """The outermost labels of a cell, kept in `borders`."""
    if cell not in borders:
        labels = likeness.labels(cell)
        sides = {"left": labels[:, 0], "right": labels[:, -1], "top": labels[0], "bottom": labels[-1]}
        borders[cell] = {side: values.copy() for side, values in sides.items()}
    return borders[cell]


def _among(labels: Labels, chosen: frozenset[int]) -> NDArray[np.bool_]:
    """Where the labels are among the chosen."""
    table = np.zeros(max(int(labels.max()), *chosen) + 1, np.bool_)
    table[list(chosen)] = True
    return table[labels]


def _lab(image: Image, cell: Cell) -> Floats:
    """A cell in CIELAB (D65), from its colours as sRGB."""
    import cv2

    row, column = cell
    pixels = image.pixels[row * SIDE : (row + 1) * SIDE, column * SIDE : (column + 1) * SIDE]
    rgb = convert(np.ascontiguousarray(pixels), image.origin.profile, None)
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2Lab), np.float32)


def _cells(rows: slice, columns: slice) -> Iterator[Cell]:
    """Those that a region touches."""
    for row in range(rows.start // SIDE, -(-rows.stop // SIDE)):
        for column in range(columns.start // SIDE, -(-columns.stop // SIDE)):
            yield row, column


def _exists(image: Image, cell: Cell) -> bool:
    row, column = cell
    return row >= 0 and column >= 0 and row * SIDE < image.height and column * SIDE < image.width
