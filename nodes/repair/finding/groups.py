"""Marked pixels that hang together, and what is measured of each group: sparse, so the photo's size hardly counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats

Whole = NDArray[np.int32]
Indices = NDArray[np.intp]
Values = NDArray[np.floating]
"""Measures, in whatever precision they come out."""

CELL = 8
"""Pixels a side of the cells in which neighbours are counted."""

AROUND = 3
"""Cells each way: 28 pixels."""


def linked(
    y: Whole,
    x: Whole,
    offsets: Sequence[tuple[int, int]],
    alike: Callable[[Indices, Indices], NDArray[np.bool_]],
) -> Indices:
    """The number of its group for every pixel. The pixels are in reading order; `offsets` lead to later ones."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(y)
    if not count:
        return np.zeros(0, np.intp)
    reach = max(abs(dx) for _, dx in offsets)
    row = int(x.max()) + 1 + reach
    keys = y.astype(np.int64) * row + x
    ones: list[Indices] = []
    others: list[Indices] = []
    for dy, dx in offsets:
        sought = keys + dy * row + dx
        found = np.minimum(np.searchsorted(keys, sought), count - 1)
        one = np.flatnonzero(keys[found] == sought)
        other = found[one]
        both = alike(one, other)
        ones.append(one[both])
        others.append(other[both])
    edges = (np.concatenate(ones), np.concatenate(others))
    graph = coo_array((np.ones(len(edges[0]), np.int8), edges), shape=(count, count))
    return connected_components(graph, directed=False)[1].astype(np.intp)


def renumbered(group: Indices, keep: NDArray[np.bool_]) -> Indices:
    """The groups of the pixels kept, numbered without gaps."""
    return np.unique(group[keep], return_inverse=True)[1].astype(np.intp)


class Groups:
    """Groups of pixels, and their measures as arrays over the groups."""

    def __init__(self, y: Whole, x: Whole, group: Indices, shape: tuple[int, int]) -> None:
        self.y, self.x, self.group, self.shape = y, x, group, shape
        self.count = np.bincount(group).astype(np.float32)

    def mean(self, values: NDArray[np.generic]) -> Floats:
        """The mean over each group of one value a pixel."""
        return (np.bincount(self.group, values.astype(np.float64)) / self.count).astype(np.float32)

    def spread(self, values: Values) -> Floats:
        """The standard deviation within each group."""
        away = values - self.mean(values)[self.group]
        return np.sqrt(self.mean(away**2))

    def peak(self, values: Floats) -> Floats:
        """The largest value of each group."""
        peaks = np.full(len(self.count), -np.inf, np.float32)
        np.maximum.at(peaks, self.group, values)
        return peaks

    def axes(self) -> tuple[Floats, Floats]:
        """Length and breadth of each group: 1 for a single pixel, the full length for a straight line."""
        y, x = (axis - self.mean(axis)[self.group] for axis in (self.y, self.x))
        yy, xx, xy = self.mean(y * y), self.mean(x * x), self.mean(x * y)
        middle, root = (yy + xx) / 2, np.sqrt(((yy - xx) / 2) ** 2 + xy**2)
        # The variance of a straight line of length l is l² / 12.
        return 1 + np.sqrt(12 * (middle + root)), 1 + np.sqrt(12 * np.maximum(middle - root, 0))

    def rim(self) -> Floats:
        """The mean distance of each group from the picture's border, in pixels."""
        height, width = self.shape
        return self.mean(np.minimum(np.minimum(self.y, height - 1 - self.y), np.minimum(self.x, width - 1 - self.x)))

    def crowd(self, sector: NDArray[np.integer] | None = None) -> Values:
        """How many pixels of other groups lie around, as a share of the area; only those of the same sector."""
        import cv2

        rows, columns = (length // CELL + 1 for length in self.shape)
        cells = (self.y // CELL).astype(np.int64) * columns + self.x // CELL
        sectors = np.zeros(len(cells), np.int64) if sector is None else sector.astype(np.int64)
        total = np.zeros(len(cells), np.float32)
        side = 2 * AROUND + 1
        for which in np.unique(sectors):
            members = sectors == which
            grid = np.bincount(cells[members], minlength=rows * columns).reshape(rows, columns).astype(np.float32)
            around = cv2.boxFilter(grid, -1, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)
            total[members] = np.asarray(around).reshape(-1)[cells[members]]
        return self.mean(np.maximum(total - self._own(cells, sectors, columns), 0)) / (side * CELL) ** 2

    def _own(self, cells: NDArray[np.int64], sectors: NDArray[np.int64], columns: int) -> Floats:
        """How many pixels of its own group lie around each pixel."""
        # A group, a sector and a cell make one key; the sorted keys are searched for each cell around.
        block = int(cells.max()) + 1 + (2 * AROUND + 1) * (columns + 1)
        base = (self.group * (int(sectors.max()) + 1) + sectors) * block
        keys, back, counts = np.unique(base + cells, return_inverse=True, return_counts=True)
        sums = np.zeros(len(keys), np.float32)
        for dy in range(-AROUND, AROUND + 1):
            for dx in range(-AROUND, AROUND + 1):
                sought = keys + dy * columns + dx
                found = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
                sums += np.where(keys[found] == sought, counts[found], 0)
        return sums[back]
