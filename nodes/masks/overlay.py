"""A mask to look at."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Colour, Slider, Toggle
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.colour import srgb_from_hex
from nodes.pixels.extent import require_same_size


@node(title="Show Mask on Photo")
def overlay(
    ctx: Context,
    image: Image,
    mask: Mask,
    *,
    colour: Annotated[str, Colour(help="The colour of what is marked.")] = "#ff2d2d",
    opacity: Annotated[float, Slider(0, 1, 0.05, help="1 covers the photo where it is marked.")] = 0.6,
    outline: Annotated[
        bool, Toggle(help="Draw only the edge of each mark, so that what is marked can be seen.")
    ] = False,
) -> Image:
    """Lay the mask over the photo in colour, to judge it.

    For looking only: what is marked shows in colour, the rest of the photo as it is. Wire the photo itself, not this
    picture, to the steps that repair it.
    """
    require_same_size(image, mask, "the mask and the photo")
    tint = srgb_from_hex(colour)
    out = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, overlap=1):
        marked = mask.values[tile.read]
        share = (_edge(marked) if outline else marked)[tile.core][..., None] * np.float32(opacity)
        before = image.pixels[tile.write]
        out[tile.write] = np.clip(before + share * (tint - before), 0, 1)
    return image.like(out)


def _edge(values: Floats) -> Floats:
    """1 on the inner rim of each mark, a pixel wide."""
    import cv2

    marked = (values >= 0.5).astype(np.uint8)
    return (marked - np.asarray(cv2.erode(marked, np.ones((3, 3), np.uint8)))).astype(np.float32)
