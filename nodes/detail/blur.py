"""Blur."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Pixels
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size
from nodes.pixels.gaussian import Gaussian


@node(title="Blur")
def blur(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    radius: Annotated[float, Pixels(0, 300, 0.5, help="How far the blur spreads, in pixels of the photo.")] = 4.0,
) -> Image:
    """Soften the photo, or the masked part of it.

    Calms a background or hides a coarse print screen. With a mask only what it marks is blurred, and soft mask
    edges blend. To remove grain and noise, the nodes of the noise family keep far more detail.
    """
    if radius <= 0 or (mask is not None and not mask.values.any()):
        ctx.say("There is nothing to blur.")
        return image
    require_same_size(image, mask, "the mask and the photo")
    soft = Gaussian(ctx, image.pixels, radius)
    out = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, soft.overlap):
        marked = None if mask is None else mask.values[tile.write]
        out[tile.write] = _blended(image.pixels[tile.write], soft.of(tile), marked)
    return image.like(out)


def _blended(pixels: Floats, blurred: Floats, marked: Floats | None) -> Floats:
    if marked is None:
        return blurred
    return np.clip(pixels + (blurred - pixels) * marked[..., None], 0, 1, dtype=np.float32)
