"""What is missing at the edges and corners of a print."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Slider
from graph.spec import node
from nodes.geometry.missing import LEAST, at_rim, beside_print, grown
from nodes.geometry.prints import prints_on
from nodes.geometry.warp import nothing
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.enlarging import enlarged


@node(title="Find Torn Edges")
def torn_edges(
    ctx: Context,
    image: Image,
    *,
    grow: Annotated[
        float,
        Slider(
            0,
            5,
            0.1,
            unit="%",
            help="How far the mask reaches into the print, in percent of its longer side: torn paper is frayed.",
        ),
    ] = 0.6,
) -> Mask:
    """Mark torn corners and edges, where the scanner's bed shows instead of the print.

    Give the mask to Fill Damage, and the missing corner is painted. It looks at the rectangle of the print: on a scan
    with one print on its bed, or on a photo that Crop to the Print has cut out. There, only a white or black bed can be
    told from the picture.

    A plain white sky that reaches the edge and ends sharply may be taken for a gap; look at the mask before you fill.
    """
    prints = prints_on(ctx, image)
    small = prints.small.pixels
    if len(prints.corners) > 1:
        ctx.say("Several prints lie here: crop to one of them first.")
        return nothing(image.height, image.width)
    found = beside_print(prints) if prints.corners else at_rim(ctx, small)
    if found.mean() < LEAST:
        ctx.say("Nothing is missing at the edges: the mask is empty.")
        return nothing(image.height, image.width)
    ctx.say(f"{found.mean():.1%} of the photo is missing at its edges.")
    return Mask(_at_full_size(ctx, image, grown(found, grow / 100 * max(small.shape))))


def _at_full_size(ctx: Context, image: Image, values: Floats) -> Floats:
    out = ctx.empty((image.height, image.width))
    for tile in ctx.tiles(image):
        out[tile.write] = enlarged(values[..., None], out.shape, tile)[..., 0].clip(0.0, 1.0)
    return out
