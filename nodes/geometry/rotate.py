"""Turn and mirror."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider
from graph.spec import node
from nodes.geometry.canvas import CANVASES, turned
from nodes.geometry.warp import FILLS, fill_colour, nothing, uncovered, warped, warped_mask
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size

QUARTERS = {"none": 0, "right": -1, "upside down": 2, "left": 1}
"""As NumPy counts them: quarters of a turn to the left."""

MIRRORS = {"none": None, "left and right": 1, "top and bottom": 0}
"""And the axis along which pixels change their order."""


class Turned(NamedTuple):
    """What turning gives."""

    image: Image
    mask: Mask
    empty: Mask


@node(title="Rotate")
def rotate(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    quarter: Annotated[
        str, Choice(tuple(QUARTERS), help="A quarter turn to the right or left, or half a turn. Nothing is lost.")
    ] = "none",
    angle: Annotated[
        float, Slider(-45, 45, 0.1, unit="°", help="A further turn by any angle, to the right where it is above 0.")
    ] = 0.0,
    mirror: Annotated[
        str,
        Choice(tuple(MIRRORS), help="Exchanges left and right, or top and bottom: for slides scanned from behind."),
    ] = "none",
    canvas: Annotated[
        str, Choice(CANVASES, help="After a free turn: crop the empty corners, grow around them, or keep the size.")
    ] = "grow",
    fill: Annotated[
        str, Choice(FILLS, help="What fills empty corners: the colour of the photo's edge, white or black.")
    ] = "paper",
) -> Turned:
    """Turn the photo by quarters or by any angle, and mirror it.

    Quarter turns and mirroring only change the order of the pixels, so that nothing is lost. A turn by another angle
    leaves empty corners: they are filled with a colour, and marked in Empty so that Fill Damage can paint them.

    A mask that belongs to the photo is turned along.
    """
    require_same_size(image, mask, "the mask and the photo")
    if quarter == "none" and mirror == "none" and angle == 0:
        ctx.say("No turn is wanted: left as it is.")
        none = nothing(image.height, image.width)
        return Turned(image, mask or none, none)
    if quarter != "none" or mirror != "none":
        image = image.like(_ordered(ctx, image.pixels, QUARTERS[quarter], MIRRORS[mirror]))
        mask = mask and Mask(_ordered(ctx, mask.values, QUARTERS[quarter], MIRRORS[mirror]))
    return turn(ctx, image, mask, angle, canvas, fill)


def turn(ctx: Context, image: Image, mask: Mask | None, angle: float, canvas: str, fill: str) -> Turned:
    """The photo and what belongs to it, turned by degrees clockwise."""
    if angle == 0:
        none = nothing(image.height, image.width)
        return Turned(image, mask or none, none)
    warp = turned(image.height, image.width, angle, canvas)
    moved = warped(ctx, image, warp, fill_colour(image, fill))
    none = nothing(warp.height, warp.width)
    empty = none if canvas == "crop" else uncovered(ctx, image.height, image.width, warp)
    return Turned(moved, warped_mask(ctx, mask, warp) if mask else none, empty)


def _ordered(ctx: Context, values: Floats, quarters: int, axis: int | None) -> Floats:
    """The same values in another order, copied piece by piece."""
    view = np.rot90(values, quarters)
    view = view if axis is None else np.flip(view, axis)
    out = ctx.empty(view.shape)
    # A strip holds as many rows of the result as a tile has pixels.
    rows = max(1, 2**20 // max(1, view.shape[1]))
    for start in ctx.track(range(0, view.shape[0], rows)):
        out[start : start + rows] = view[start : start + rows]
    return out
