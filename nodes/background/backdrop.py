"""Backdrops: how one gets behind the subject of a photo."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from graph.context import Context, Tile
from nodes.background.composite import Replaced, over
from nodes.background.toning import Toning, toning
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.resample import resampled

SEEN = 256
"""Pixels of the longer side on which the photo's tone and the subject's place are measured."""


class Backdrop(Protocol):
    """A background that is made piece by piece, in the photo's encoding."""

    def of(self, tile: Tile) -> Floats: ...


def replaced(ctx: Context, image: Image, mask: Mask, backdrop: Backdrop, one_tone: bool) -> Replaced:
    """The photo's subject before the backdrop; with `one_tone` that takes over the subject's, if it has only one."""
    tone = _tone(ctx, image, mask) if one_tone else None
    out, behind = ctx.empty(image.pixels.shape), ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        pixels = backdrop.of(tile)
        behind[tile.write] = np.clip(pixels if tone is None else tone.of(pixels), 0, 1)
        out[tile.write] = over(image.pixels[tile.write], behind[tile.write], mask.values[tile.write])
    return Replaced(image.like(out), image.like(behind))


def small(ctx: Context, values: Floats) -> Floats:
    """A copy of (H, W) or (H, W, 3) of at most SEEN pixels a side."""
    scale = min(1.0, SEEN / max(values.shape[:2]))
    height, width = (max(1, round(side * scale)) for side in values.shape[:2])
    return resampled(ctx, values, height, width, "area")


def _tone(ctx: Context, image: Image, mask: Mask) -> Toning | None:
    """The one tone of the subject, if it has one."""
    return toning(small(ctx, image.pixels)[small(ctx, mask.values) > 0.5])
