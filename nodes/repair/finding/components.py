"""The connected pieces of what may be damage, measured."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from graph.context import Context, Tile, tiles

FAINT, SURE = 1, 2
"""What a pixel can be marked; 0 is sound."""

DEEPEST = 128
"""Pixels: how far from its rim the inside of a piece is measured."""

Marks = NDArray[np.uint8]
Numbers = NDArray[np.float64]


class Components:
    """Pieces of FAINT and SURE pixels that touch, also at corners; a value per piece, the first of which is no piece.

    Labels take four bytes per pixel; everything else is summed up tile by tile.
    """

    def __init__(self, ctx: Context, marks: Marks) -> None:
        """`marks` is (H, W)."""
        import cv2

        ctx.check()
        _, labels, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8, ltype=cv2.CV_32S)
        self._ctx, self._marks = ctx, marks
        self.labels = np.asarray(labels, np.int32)
        # Where everything is marked, what is no piece has no pixel.
        self.area: Numbers = np.maximum(stats[:, cv2.CC_STAT_AREA], 1).astype(np.float64)
        """Pixels."""
        across, down = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
        sure, depth = self._sums()
        self.sure: NDArray[np.bool_] = sure > 0
        """Which hold a SURE pixel."""
        # In a band of even width the mean depth is a quarter of the width and a half.
        band = np.maximum(4 * depth / self.area - 2, 1)
        self.length: Numbers = np.maximum(self.area / band, np.hypot(across, down))
        """Pixels along a piece, also along one that bends or branches; for compact ones the diagonal."""

    @property
    def breadth(self) -> Numbers:
        """Pixels across, on average."""
        return self.area / self.length

    @property
    def elongation(self) -> Numbers:
        """0 for a disc and what is more compact, 0.5 for a bar five times as long as wide, nearly 1 for long lines."""
        return np.maximum(1 - 8 / math.pi * self.breadth / self.length, 0)

    def only(self, kept: NDArray[np.bool_], tile: Tile) -> Marks:
        """1 in what the tile reads where a piece is kept, else 0."""
        return kept[self.labels[tile.read]].astype(np.uint8)

    def _sums(self) -> tuple[Numbers, Numbers]:
        """SURE pixels, and the distances of all pixels to the rim."""
        import cv2

        sure, depth = np.zeros(len(self.area)), np.zeros(len(self.area))
        for tile in tiles(self._marks.shape[0], self._marks.shape[1], DEEPEST):
            marked = self._marks[tile.write]
            inside = marked > 0
            if inside.any():
                around = (self._marks[tile.read] > 0).astype(np.uint8)
                deep = np.asarray(cv2.distanceTransform(around, cv2.DIST_L2, 5))[tile.core]
                self._add(depth, tile, inside, np.minimum(deep[inside], DEEPEST))
                self._add(sure, tile, inside, marked[inside] == SURE)
        return sure, depth

    def _add(self, total: Numbers, tile: Tile, inside: NDArray[np.bool_], values: NDArray[np.generic]) -> None:
        self._ctx.check()
        total += np.bincount(self.labels[tile.write][inside], values, len(total))
