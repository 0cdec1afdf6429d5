"""See a photographed photo from the front."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Quad
from graph.errors import StepError
from graph.spec import node
from nodes.geometry.crop import SHAPES
from nodes.geometry.cut import Cropped
from nodes.geometry.facing import convex, facing
from nodes.geometry.prints import prints_on
from nodes.geometry.sides import Numbers, lengths
from nodes.geometry.warp import fill_colour, nothing, warped, warped_mask
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size

LEAST = 2.0
"""Pixels of a side; less is no area."""


@node(title="Correct Perspective")
def perspective(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    corners: Annotated[
        list[list[float]], Quad(help="The four corners of the print. Without any, they are looked for.")
    ] = [],  # noqa: B006 - an engine default, never changed
    shape: Annotated[
        str, Choice(tuple(SHAPES), help="The print's proportions, if you know them; free works them out.")
    ] = "free",
) -> Cropped:
    """Make a print that was photographed at a slant rectangular, and cut it out.

    Put the four corners of the quadrangle on the corners of the print, the first on its top left. Without corners the
    print is looked for: it must lie on a plain ground that is seen on all sides. If none is found, the photo is left as
    it is.

    A mask that belongs to the photo is moved along.
    """
    require_same_size(image, mask, "the mask and the photo")
    quad = np.array(corners, np.float64) if corners else _found(ctx, image)
    if quad is None:
        return Cropped(image, mask or nothing(image.height, image.width))
    if not convex(quad) or lengths(quad).min() < LEAST:
        raise StepError(
            "The four corners do not surround an area.", "Set them clockwise: top left, top right, bottom right, left."
        )
    # A corner that was set by hand is a place on the picture, counted from its edge.
    placed = quad - 0.5 if corners else quad
    longer = SHAPES[shape]
    sides = lengths(placed)
    lying = sides[0] + sides[2] >= sides[1] + sides[3]
    proportions = None if longer is None else longer if lying else 1 / longer
    warp = facing(placed, (image.height, image.width), proportions)
    ctx.say(f"Made {warp.width} × {warp.height} pixels of it.")
    moved = warped_mask(ctx, mask, warp) if mask else nothing(warp.height, warp.width)
    return Cropped(warped(ctx, image, warp, fill_colour(image, "paper")), moved)


def _found(ctx: Context, image: Image) -> Numbers | None:
    prints = prints_on(ctx, image, right_angled=False)
    if not prints.corners:
        ctx.say("No print was found on a plain ground: left as it is. Set its corners by hand.")
        return None
    largest = max(prints.corners, key=lambda each: float(lengths(each)[:2].prod()))
    return prints.small.full(largest)
