"""A mask by hand."""

from __future__ import annotations

from typing import Annotated, Any

from graph.context import Context
from graph.controls import Strokes
from graph.spec import node
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.masks.strokes import paint_tile, strokes_from_settings
from nodes.pixels.extent import require_same_size


@node(title="Paint Mask")
def paint(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    strokes: Annotated[
        list[dict[str, Any]], Strokes(help="What was painted: each stroke marks or erases, in the order of painting.")
    ] = [],  # noqa: B006 - an engine default, never changed
) -> Mask:
    """Mark by hand what shall be worked on, or correct a mask that was found.

    Wire the mask of Find Scratches to go on from there: paint what it missed, erase what it took for damage. The
    strokes are kept as lines, not as pixels, so they stay editable and sharp at any size of the photo.
    """
    if mask is not None:
        require_same_size(image, mask, "the mask and the photo")
        if not strokes:
            return mask
    out = ctx.empty((image.height, image.width))
    brushes = strokes_from_settings(strokes)
    for tile in ctx.tiles(image):
        out[tile.write] = 0 if mask is None else mask.values[tile.write]
        paint_tile(out[tile.write], tile, brushes)
    return Mask(out)
