"""Gaussian blur of a picture of any size, tile by tile; wide blurs run on a smaller copy."""

from __future__ import annotations

import math

import numpy as np

from graph.context import Context, Tile, tiles
from nodes.kinds.arrays import Floats

REACH = 3.5
"""Standard deviations that the kernel spans each way: what is cut off weighs 0.05 %, an eighth of an 8-bit step."""

WIDEST = 6.0
"""Pixels. A wider blur costs less on a shrunken copy, and there nothing is lost that it would keep."""


def reach(sigma: float) -> int:
    """How many pixels away a blur looks."""
    return math.ceil(REACH * sigma)


def gaussian(values: Floats, sigma: float) -> Floats:
    """(H, W) or (H, W, C) blurred in one go, mirrored at its borders, clipped to 0..1."""
    import cv2

    side = 2 * reach(sigma) + 1
    blurred = cv2.GaussianBlur(values, (side, side), sigma, borderType=cv2.BORDER_REFLECT_101)
    # The kernel sums to 1 only within rounding.
    return np.clip(blurred, 0.0, 1.0, out=np.asarray(blurred, np.float32))


class Gaussian:
    """The blurred tiles of one picture, (H, W) or (H, W, C) in 0..1, the same whatever the tiles are.

    Walk it with tiles that overlap by `overlap`.
    """

    def __init__(self, ctx: Context, values: Floats, sigma: float) -> None:
        self.values, self.sigma = values, sigma
        self.factor = 2 ** max(0, math.ceil(math.log2(max(sigma, 1e-6) / WIDEST)))
        self.overlap = reach(sigma) if self.factor == 1 else 0
        self.small = values if self.factor == 1 else _blurred(ctx, _shrunk(ctx, values, self.factor), self._rest())

    def of(self, tile: Tile) -> Floats:
        """What belongs to `tile.write`."""
        if self.factor == 1:
            return gaussian(self.values[tile.read], self.sigma)[tile.core]
        return self._enlarged(*tile.write)

    def _rest(self) -> float:
        """The blur to do on the small copy; shrinking by boxes and enlarging linearly do the other part."""
        factor = self.factor
        done = (factor**2 - 1) / 12 + factor**2 / 6
        return math.sqrt(self.sigma**2 - done) / factor

    def _enlarged(self, rows: slice, columns: slice) -> Floats:
        import cv2

        height, width = self.small.shape[:2]
        top, bottom = _around(rows, self.factor, height)
        left, right = _around(columns, self.factor, width)
        size = ((right - left) * self.factor, (bottom - top) * self.factor)
        large = cv2.resize(self.small[top:bottom, left:right], size, interpolation=cv2.INTER_LINEAR)
        y, x = rows.start - top * self.factor, columns.start - left * self.factor
        return np.asarray(large, np.float32)[y : y + rows.stop - rows.start, x : x + columns.stop - columns.start]


def _around(span: slice, factor: int, length: int) -> tuple[int, int]:
    """The small pixels that a span of large ones is interpolated from."""
    return max(0, span.start // factor - 1), min(length, (span.stop - 1) // factor + 2)


def _shrunk(ctx: Context, values: Floats, factor: int) -> Floats:
    """The means of factor × factor blocks; the last ones repeat the border."""
    import cv2

    height, width = (-(-length // factor) for length in values.shape[:2])
    small = ctx.empty((height, width, *values.shape[2:]))
    for tile in tiles(height, width, 0, max(1, 1024 // factor)):
        ctx.check()
        rows, columns = tile.write
        block = values[rows.start * factor : rows.stop * factor, columns.start * factor : columns.stop * factor]
        below = (rows.stop - rows.start) * factor - block.shape[0]
        beside = (columns.stop - columns.start) * factor - block.shape[1]
        if below or beside:
            block = cv2.copyMakeBorder(block, 0, below, 0, beside, cv2.BORDER_REPLICATE)
        size = (columns.stop - columns.start, rows.stop - rows.start)
        small[tile.write] = cv2.resize(block, size, interpolation=cv2.INTER_AREA)
    return small


def _blurred(ctx: Context, values: Floats, sigma: float) -> Floats:
    out = ctx.empty(values.shape)
    for tile in tiles(values.shape[0], values.shape[1], reach(sigma)):
        ctx.check()
        out[tile.write] = gaussian(values[tile.read], sigma)[tile.core]
    return out
