"""What a look at the photo in half its size adds: the inside of wide damage, of which a close look sees the rims."""

from __future__ import annotations

import numpy as np

from graph.context import Context, tiles
from nodes.kinds.arrays import Floats

BROAD = 3
"""Pixels of the half-size picture: what is narrower there is better seen at full size."""

NEAR = 8
"""Pixels of the half-size picture: so far from damage seen at full size the other look is believed."""

MARGIN = NEAR + BROAD + 2


def broadened(ctx: Context, fine: Floats, coarse: Floats) -> Floats:
    """`fine` (H, W), changed in place, with what `coarse` adds, which is half as high and wide, rounded up."""
    height, width = fine.shape
    most = _most(ctx, fine, coarse.shape)
    for tile in tiles(coarse.shape[0], coarse.shape[1], MARGIN):
        ctx.check()
        added = _twofold(believed(most[tile.read], coarse[tile.read]))
        rows, columns = (slice(2 * side.start, 2 * side.stop) for side in tile.core)
        whole = tuple(slice(2 * s.start, min(2 * s.stop, n)) for s, n in zip(tile.write, (height, width), strict=True))
        part = added[rows, columns][: whole[0].stop - whole[0].start, : whole[1].stop - whole[1].start]
        fine[whole] = np.maximum(fine[whole], part)
    return fine


def believed(fine: Floats, coarse: Floats) -> Floats:
    """How likely damage is, says the look at half size (h, w), as far as it is believed.

    Only where it sees something broad, and no more than what the look at full size says of the likeliest place nearby:
    by itself it finds nothing, so that its mistakes do not add to those of the other. `fine` is that look's map,
    brought to (h, w) by its highest values.
    """
    import cv2

    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (BROAD, BROAD))
    broad = cv2.morphologyEx(coarse, cv2.MORPH_OPEN, disc)
    nearby = cv2.dilate(fine, np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8))
    return np.asarray(np.minimum(broad, nearby), np.float32)


def _most(ctx: Context, values: Floats, shape: tuple[int, ...]) -> Floats:
    """The highest of four pixels each."""
    most = ctx.empty(shape)
    for tile in tiles(shape[0], shape[1]):
        ctx.check()
        rows, columns = (slice(2 * side.start, 2 * side.stop) for side in tile.write)
        part = values[rows, columns]
        part = np.pad(part, ((0, part.shape[0] % 2), (0, part.shape[1] % 2)), "edge")
        pairs = np.maximum(part[::2], part[1::2])
        most[tile.write] = np.maximum(pairs[:, ::2], pairs[:, 1::2])
    return most


def _twofold(values: Floats) -> Floats:
    import cv2

    return np.asarray(cv2.resize(values, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR), np.float32)
