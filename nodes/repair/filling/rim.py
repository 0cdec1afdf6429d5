"""The rim of damage: pixels just beyond the mask that are damaged too, as scratches end softly and masks are tight."""

from __future__ import annotations

import numpy as np

from graph.context import Context, Tile, tiles
from nodes.kinds.arrays import Floats
from nodes.pixels.ordered import in_order
from nodes.repair.filling.diffusion import membrane
from nodes.repair.filling.holes import Marks, widened

SIDE = 512
"""Pixels a side of the tiles in which it is looked for."""

AROUND = 24
"""Pixels seen around a tile: enough for a smooth guess at what the damage hides."""

NEAR = 2
"""Pixels beyond the margin within which the damage beside a pixel is looked at."""

ALIKE = 0.15
"""How much of the damage beside it a pixel must show at least to be of its rim."""

RESTLESS = 2.0
"""Deviations of the picture thereabouts by which it must stick out, too."""

THEREABOUTS = 11
"""Pixels a side of a square of that."""


def with_rim(ctx: Context, pixels: Floats, mask: Floats, margin: float) -> Floats:
    """The mask (H, W) grown by at most `margin` pixels, where the picture (H, W, 3) departs as the damage beside it."""
    if margin < 1:
        return mask
    height, width = mask.shape
    out = ctx.empty(mask.shape)

    def grow(tile: Tile) -> None:
        out[tile.write] = mask[tile.write]
        marked = mask[tile.read] > 0
        if marked.any() and not marked.all():
            out[tile.write][_rim(pixels[tile.read], marked, margin)[tile.core]] = 1

    for _ in in_order(grow, tiles(height, width, AROUND + round(margin), SIDE)):
        ctx.check()
    return out


def _rim(pixels: Floats, marked: Marks, margin: float) -> Marks:
    import cv2

    near = widened(marked, margin)
    if near.all():
        return np.zeros_like(marked)
    departure = pixels - membrane(pixels, ~near)
    around = 2 * int(margin + NEAR) + 1
    weight = np.asarray(cv2.boxFilter(marked.astype(np.float32), -1, (around, around)))[..., None]
    damage = np.asarray(cv2.boxFilter(departure * marked[..., None], -1, (around, around))) / np.maximum(weight, 1e-6)
    # How far a pixel departs in the direction of the damage; a face has lines too, and paper grain.
    length = np.sqrt((damage**2).sum(axis=2))
    alike = (departure * damage).sum(axis=2) / np.maximum(length, 1e-6)
    return near & ~marked & (alike > np.maximum(ALIKE * length, RESTLESS * _unrest(pixels, ~near)))


def _unrest(pixels: Floats, known: Marks) -> Floats:
    """The standard deviation of what is known around each pixel, over all channels together."""
    import cv2

    side = (THEREABOUTS, THEREABOUTS)
    weight = np.asarray(cv2.boxFilter(known.astype(np.float32), -1, side))[..., None]
    share = 1 / np.maximum(weight, 1e-6)
    mean = np.asarray(cv2.boxFilter(pixels * known[..., None], -1, side)) * share
    square = np.asarray(cv2.boxFilter(pixels**2 * known[..., None], -1, side)) * share
    return np.sqrt(np.maximum(square - mean**2, 0).sum(axis=2))
