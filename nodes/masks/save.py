"""A mask as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Text
from graph.spec import node
from nodes.formats.names import file_name
from nodes.formats.write import write
from nodes.kinds.image import Image
from nodes.kinds.image_codec import image_from_mask
from nodes.kinds.mask import Mask
from nodes.masks.marker import XMP

SUFFIXES = {"png": ".png", "tiff": ".tif"}

EXACT = 1e-3
"""Of a 255th: more than float32 rounds."""


@node(title="Save Mask", effect=True)
def save(
    ctx: Context,
    mask: Mask,
    *,
    name: Annotated[
        str, Text(200, help="The file's name without its ending; {photo} stands for the name of the photo.")
    ] = "{photo}-mask",
    format: Annotated[str, Choice(tuple(SUFFIXES), help="Both lose nothing; any picture editor opens PNG.")] = "png",
) -> None:
    """Write the mask to the results folder, as a grey picture: white is marked.

    Correct it in any picture editor and bring it back with Load Mask. Soft edges are kept as greys, in 16 bits where 8
    do not hold them exactly.
    """
    path = ctx.outputs / file_name(name, ctx.stem, SUFFIXES[format])
    image = image_from_mask(mask)
    image = Image(image.pixels, replace(image.origin, xmp=XMP), checked=True)
    write(path, image, format=format, bits=_bits(ctx, mask), workflow=ctx.workflow, check=ctx.check)
    ctx.wrote(path)


def _bits(ctx: Context, mask: Mask) -> int:
    """8 if every value is a whole number of 255ths."""
    for tile in ctx.tiles(mask):
        steps = mask.values[tile.write] * np.float32(255)
        if np.abs(steps - np.round(steps)).max(initial=0) > EXACT:
            return 16
    return 8
