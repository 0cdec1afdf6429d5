"""A mask by hand."""

from __future__ import annotations

from typing import Annotated, Any

from graph.context import Context
from graph.controls import Strokes
from graph.spec import node
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size
from nodes.pixels.strokes.painter import Painter
from nodes.pixels.strokes.stroke import paint_tile


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

    Besides the brush there is a lasso, which marks all that a line encloses; a flood, which marks everything around a
    place that looks like it; and a line tracer, which follows a scratch from a click, or from one click to the next.
    How much the flood takes along is its tolerance: 0 is the very same colour, 0.1 is about the same, 1 is as
    different as black and white. Each of them can also erase.
    """
    if mask is not None:
        require_same_size(image, mask, "the mask and the photo")
        if not strokes:
            return mask
    painted = Painter(ctx, image).strokes(strokes)
    out = ctx.empty((image.height, image.width))
    for tile in ctx.tiles(image):
        out[tile.write] = 0 if mask is None else mask.values[tile.write]
        paint_tile(ctx, out[tile.write], tile, painted)
    return Mask(out)
