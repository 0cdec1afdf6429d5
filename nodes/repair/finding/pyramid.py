"""The photo's luma at full size and halved again and again, for wider damage."""

from __future__ import annotations

import numpy as np

from graph.context import Context, tiles
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import luma

LARGE = 6_000_000
"""Pixels. Scans above it hold damage twice as wide, in pixels, as web-sized copies do."""

SMALLEST = 96
"""Pixels. A copy narrower than that holds nothing to judge a line by."""


def pyramid(ctx: Context, image: Image) -> list[Floats]:
    """Luma at 1, 1/2, 1/4 and for large photos 1/8 of the size."""
    full = ctx.empty((image.height, image.width))
    for tile in tiles(image.height, image.width):
        ctx.check()
        full[tile.write] = luma(image.pixels[tile.write])
    levels = [full]
    for _ in range(3 if full.size > LARGE else 2):
        if min(levels[-1].shape) < 2 * SMALLEST:
            break
        levels.append(halved(ctx, levels[-1]))
    return levels


def halved(ctx: Context, values: Floats) -> Floats:
    """Half as high and wide, rounded up: the means of four pixels each."""
    import cv2

    height, width = ((length + 1) // 2 for length in values.shape)
    half = ctx.empty((height, width))
    for tile in tiles(height, width, 0, 512):
        ctx.check()
        rows, columns = tile.write
        part = values[2 * rows.start : 2 * rows.stop, 2 * columns.start : 2 * columns.stop]
        odd = part.shape[0] % 2, part.shape[1] % 2
        part = cv2.copyMakeBorder(part, 0, odd[0], 0, odd[1], cv2.BORDER_REPLICATE)
        size = (columns.stop - columns.start, rows.stop - rows.start)
        half[tile.write] = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA))
    return half
