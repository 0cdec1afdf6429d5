"""Fill what is damaged from what surrounds it."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Pixels
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size


@node(title="Fill Damage")
def inpaint(
    ctx: Context,
    image: Image,
    mask: Mask,
    *,
    method: Annotated[str, Choice(("telea", "navier-stokes"), help="How the holes are filled.")] = "telea",
    radius: Annotated[float, Pixels(1, 20, 1, help="How far around a pixel it looks.")] = 3.0,
) -> Image:
    """Fill scratches, spots and holes from their surroundings.

    The mask says where.
    """
    import cv2

    require_same_size(image, mask, "the mask and the photo")
    if not mask.values.any():
        ctx.say("Nothing to fill.")
        return image
    if mask.values.all() and image.height * image.width > 1:
        raise StepError("The mask covers the whole photo.", "Mark only what is damaged.")
    flag = cv2.INPAINT_TELEA if method == "telea" else cv2.INPAINT_NS
    out = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, 32, 256):
        pixels, values = image.pixels[tile.read], mask.values[tile.read]
        hole = (values > 0).astype(np.uint8)
        if hole.any():
            planes = [cv2.inpaint(np.ascontiguousarray(pixels[..., c]), hole, radius, flag) for c in range(3)]
            fill = np.clip(np.stack(planes, axis=2), 0, 1)
            pixels = np.where(values[..., None] > 0, pixels + (fill - pixels) * values[..., None], pixels)
        out[tile.write] = pixels[tile.core]
    return image.like(out)
