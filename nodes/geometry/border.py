"""The white border of a print: taken off, made anew, or added."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from graph.context import Context
from graph.controls import Choice, Colour, Slider
from graph.spec import node
from nodes.geometry.cut import Box, cut
from nodes.geometry.frame import Frame, frame_of
from nodes.geometry.warp import nothing
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size
from nodes.pixels.profile import convert

WAYS = ("remove", "renew", "add")


class Bordered(NamedTuple):
    """A photo, and the mask that belongs to it."""

    image: Image
    mask: Mask


@node(title="Border")
def border(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    way: Annotated[
        str,
        Choice(WAYS, help="Remove the print's border, renew it clean and even, or add one around all of the photo."),
    ] = "remove",
    width: Annotated[
        float, Slider(0, 20, 0.5, unit="%", help="How wide a new border is, in percent of the picture's longer side.")
    ] = 4.0,
    paper: Annotated[
        str, Choice(("as found", "chosen"), help="The colour of the paper as it is, or the one chosen below.")
    ] = "as found",
    colour: Annotated[str, Colour(help="The colour of a new border, if it is chosen.")] = "#f8f6f0",
) -> Bordered:
    """Cut off the white border of a print, replace a stained one, or add one.

    The border is found by its plain paper all around; the print must be cropped and straight. A print without a border
    is left as it is by Remove and by Renew. The picture itself does not change.

    A mask that belongs to the photo is moved along.
    """
    require_same_size(image, mask, "the mask and the photo")
    frame = None if way == "add" and paper == "chosen" else frame_of(ctx, image)
    if way != "add":
        if frame is None:
            ctx.say("The photo has no white border: left as it is.")
            return Bordered(image, mask or nothing(image.height, image.width))
        image, mask = cut(ctx, image, mask, frame.picture(image))
        ctx.say("Its border was cut off." if way == "remove" else "Its border was made anew.")
    wide = 0 if way == "remove" else round(width / 100 * max(image.height, image.width))
    if wide == 0:
        return Bordered(image, mask or nothing(image.height, image.width))
    around = _chosen(image, colour) if paper == "chosen" else _paper(image, frame)
    box = Box(wide, wide, wide + image.width, wide + image.height)
    framed = image.like(_framed(ctx, image.pixels, box, around))
    none = np.zeros((), np.float32)
    moved = Mask(_framed(ctx, mask.values, box, none)) if mask else nothing(framed.height, framed.width)
    return Bordered(framed, moved)


def _chosen(image: Image, colour: str) -> Floats:
    """(3,): an sRGB colour in the photo's own profile."""
    values = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)], np.float32)
    return convert(values.reshape(1, 1, 3), None, image.origin.profile)[0, 0]


def _paper(image: Image, frame: Frame | None) -> Floats:
    """(3,): the paper that was found, or white."""
    found = np.ones(3, np.float32) if frame is None else frame.paper
    return convert(found.reshape(1, 1, 3).astype(np.float32), None, image.origin.profile)[0, 0]


def _framed(ctx: Context, values: Floats, box: Box, around: Floats) -> Floats:
    """The values in the middle of that much more."""
    out = ctx.empty((box.height + 2 * box.top, box.width + 2 * box.left, *values.shape[2:]))
    for part in (out[: box.top], out[box.bottom :], out[:, : box.left], out[:, box.right :]):
        ctx.check()
        part[...] = around
    inside = out[box.top : box.bottom, box.left : box.right]
    for tile in ctx.tiles(box):
        inside[tile.write] = values[tile.write]
    return out
