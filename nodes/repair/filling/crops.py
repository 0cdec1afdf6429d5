"""Where a network looks and what it fills there: crops around damage, each as large as its holes need."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.repair.filling.holes import Marks

CELL = 8
"""Pixels a side of the cells in which damage is planned: a scan's plan fits in a few hundred kilobytes."""

THIN = 1 / 32
"""Of the crop's side: holes up to twice as wide are seen well with an eighth of the crop around them."""

ROWS = 64
"""Rows of cells looked at together, so that a mapped mask is never pulled in whole."""

Box = tuple[slice, slice]
Levels = NDArray[np.uint8]


class Manner(NamedTuple):
    """How crops are laid."""

    wide: float
    """Of the crop's side: holes up to twice as wide are seen at full size. Wider ones are seen in larger crops, shrunk
    to what the network takes."""
    core: float
    """Of the crop's side: how much of a hole that is not thin is filled at a time."""
    apart: bool
    """Damage further than a quarter of a crop from all other is planned for itself, whatever is marked elsewhere."""
    again: bool
    """What was filled on a shrunken crop is filled again in closer and closer ones."""


SEEING = Manner(wide=1 / 6, core=0.5, apart=False, again=False)
"""For networks that carry on what they see: two thirds of a crop are left to be looked at."""


class Crop(NamedTuple):
    """A place to fill."""

    window: Box
    """What the network sees, in pixels."""
    core: Box
    """What is filled of it, in pixels; it begins at a whole cell."""
    cells: Marks
    """The cells of the core that are filled now."""
    factor: int
    """How many times smaller the network sees it."""
    again: bool = False
    """It has been filled before, from further away."""


class Plan:
    """The damage of a photo in cells, what is to be filled when, and what has been.

    The narrow holes come first, so that the wide ones are surrounded by a sound picture.
    """

    def __init__(self, mask: Floats, side: int, manner: Manner = SEEING) -> None:
        self.shape = (mask.shape[0], mask.shape[1])
        self.side = side
        self.manner = manner
        self.levels = _levels(*cells_with(mask), _limits(side, manner.wide, max(self.shape)))
        self.done = np.zeros(self.levels.shape, bool)

    def crops(self) -> list[Crop]:
        """All of them, in the order in which they are to be filled."""
        last = int(self.levels.max())
        found = [crop for level in range(1, last + 1) for crop in self._crops(self.levels == level, level)]
        if self.manner.again:
            closer = range(last - 1, 1, -1)
            found += [each._replace(again=True) for level in closer for each in self._crops(self.levels > level, level)]
        return found

    def begin(self, crop: Crop) -> None:
        """From now on what it is to fill counts as missing."""
        self.done[cells_of(crop.core)] &= ~crop.cells

    def finish(self, crop: Crop) -> None:
        """From now on what it filled counts as known."""
        self.done[cells_of(crop.core)] |= crop.cells

    def filled(self, box: Box) -> Marks:
        """Which pixels of the box lie in cells that are done."""
        return spread(self.done[cells_of(box)], box)

    def _crops(self, marks: Marks, level: int) -> Iterator[Crop]:
        """Cores laid over cells, as large as a level has them, row after row; none where there is nothing to fill."""
        factor = 2 ** max(0, level - 2)
        reach = self.side * factor
        core = max(1, int(reach * (0.75 if level == 1 else self.manner.core)) // CELL)
        for left in _groups(marks, reach // 4) if self.manner.apart else [marks]:
            while (rows := np.flatnonzero(left.any(axis=1))).size:
                band = slice(int(rows[0]), int(rows[0]) + core)
                columns = np.flatnonzero(left[band].any(axis=0))
                box = _tightened(left, (band, slice(int(columns[0]), int(columns[0]) + core)))
                cells = left[box].copy()
                left[box] = False
                pixels = pixels_of(box, self.shape)
                window = (_around(pixels[0], reach, self.shape[0]), _around(pixels[1], reach, self.shape[1]))
                yield Crop(window, pixels, cells, factor)


def spread(cells: Marks, box: Box) -> Marks:
    """Marks of cells as marks of the pixels of a box; the cells are those that touch it."""
    rows, columns = box
    y, x = rows.start % CELL, columns.start % CELL
    whole = cells.repeat(CELL, axis=0).repeat(CELL, axis=1)
    return whole[y : y + rows.stop - rows.start, x : x + columns.stop - columns.start]


def cells_with(mask: Floats) -> tuple[Marks, Marks]:
    """Which cells hold damage, and which nothing else."""
    some: list[Marks] = []
    whole: list[Marks] = []
    for start in range(0, mask.shape[0], ROWS * CELL):
        marked = mask[start : start + ROWS * CELL] > 0
        below, beside = -marked.shape[0] % CELL, -marked.shape[1] % CELL
        padded = np.pad(marked, ((0, below), (0, beside)), mode="edge")
        blocks = padded.reshape(padded.shape[0] // CELL, CELL, padded.shape[1] // CELL, CELL)
        some.append(np.asarray(blocks.any(axis=(1, 3))))
        whole.append(np.asarray(blocks.all(axis=(1, 3))))
    return np.concatenate(some), np.concatenate(whole)


def _limits(side: int, wide: float, longest: int) -> list[float]:
    """How deep damage may be for level 1, 2, and so on."""
    doublings = max(0, math.ceil(math.log2(longest / side)))
    return [side * THIN, *(side * wide * 2**k for k in range(doublings))]


def _levels(some: Marks, whole: Marks, limits: list[float]) -> Levels:
    """0 where a cell is sound, 1 for thin damage, 2 for what a crop at full size suits, 3 where it shrinks to half…"""
    import cv2

    levels = some.astype(np.uint8)
    # Without a single sound cell it is further than numbers go.
    depth = np.minimum(np.asarray(cv2.distanceTransform(whole.astype(np.uint8), cv2.DIST_L2, 5)), sum(whole.shape))
    for level, limit in enumerate(limits, start=2):
        deep = depth * CELL > limit
        if not deep.any():
            break
        # What lies around the deep part, up to the corners, is of the same hole; a scratch that leads away is not.
        near = np.asarray(cv2.distanceTransform((~deep).astype(np.uint8), cv2.DIST_L2, 5)) * CELL
        levels[some & (near <= 1.5 * limit + 2 * CELL)] = level
    return levels


def _groups(marks: Marks, gap: int) -> Iterator[Marks]:
    """The marks of cells, parted where more than about `gap` pixels are sound between them."""
    import cv2

    side = 2 * (gap // CELL // 2) + 1
    joined = np.asarray(cv2.dilate(marks.astype(np.uint8), np.ones((side, side), np.uint8)))
    count, labels = cv2.connectedComponents(joined)
    yield from (marks & (labels == group) for group in range(1, count))


def _tightened(cells: Marks, box: Box) -> Box:
    """The least box that holds all marks of a box."""
    part = cells[box]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    spans = zip(box, (rows, columns), strict=True)
    down, across = (slice(s.start + int(found[0]), s.start + int(found[-1]) + 1) for s, found in spans)
    return down, across


def pixels_of(box: Box, shape: tuple[int, int]) -> Box:
    rows, columns = (slice(s.start * CELL, min(s.stop * CELL, n)) for s, n in zip(box, shape, strict=True))
    return rows, columns


def cells_of(box: Box) -> Box:
    rows, columns = (slice(s.start // CELL, -(-s.stop // CELL)) for s in box)
    return rows, columns


def _around(span: slice, reach: int, length: int) -> slice:
    """That many pixels with the span in their middle, moved into the photo; all of it where it is smaller."""
    start = (span.start + span.stop) // 2 - reach // 2
    start = max(0, min(start, length - reach))
    return slice(start, min(start + reach, length))
