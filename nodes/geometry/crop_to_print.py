"""A print, taken off the scanner's glass."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from graph.context import Context
from graph.controls import Number, Slider, Toggle
from graph.errors import NothingMore
from graph.spec import node
from nodes.geometry.cut import cut, within
from nodes.geometry.frame import frame_of
from nodes.geometry.missing import LEAST, beside_print, grown
from nodes.geometry.prints import Prints, prints_on
from nodes.geometry.sides import Numbers, lengths
from nodes.geometry.warp import Warp, fill_colour, nothing, warped, warped_mask
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size

UPRIGHT = 0.0015
"""Slope below which a print is cut out without turning: 0.09 degrees, 5 pixels in 3000."""


FRAYED = 0.006
"""Of its longer side, how far beyond a tear what is missing reaches: torn paper is frayed."""


class Taken(NamedTuple):
    """A print, the mask that belongs to it, and what is torn off."""

    image: Image
    mask: Mask
    missing: Mask


@node(title="Crop to the Print")
def crop_to_print(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    which: Annotated[
        int, Number(1, 100, 1, help="Which print is taken where several lie on the glass, counted as one reads.")
    ] = 1,
    keep_border: Annotated[
        bool, Toggle(help="Keeps the white border of the print; otherwise only the picture within is left.")
    ] = True,
    margin: Annotated[
        float,
        Slider(
            -5,
            5,
            0.1,
            unit="%",
            help="How much of the scanner's bed is left around it, in percent of its longer side; below 0 cuts deeper.",
        ),
    ] = 0.0,
) -> Taken:
    """Find a photo on the scanner's glass, cut it out and set it straight.

    It works with a white, grey or black lid. Several prints may lie on the glass, if they do not touch: choose which
    one is taken, counted from the top left as one reads. On a folder of scans a workflow can take all of them, one
    after another. Prints that lie askew are turned upright. A torn corner keeps its place in the rectangle and is
    marked in Missing, so that Fill Damage can paint it.

    A photo that fills the scan, or was cut out before, is left as it is. A mask that belongs to the photo is moved
    along.
    """
    require_same_size(image, mask, "the mask and the photo")
    prints = prints_on(ctx, image)
    count = len(prints.corners)
    if which > max(1, count):
        there = "only one print" if count <= 1 else f"only {count} prints"
        raise NothingMore(f"There is no print {which}: {there} can be found here.", "Choose a lower number.")
    if not count:
        ctx.say("No print was found on a scanner's bed: left as it is.")
        none = nothing(image.height, image.width)
        found = Taken(image, mask or none, none)
    else:
        ctx.say("One print was found." if count == 1 else f"{count} prints were found; this is number {which}.")
        found = _taken(ctx, image, mask, prints, which - 1, margin)
    return found if keep_border else _without_border(ctx, found)


def _taken(ctx: Context, image: Image, mask: Mask | None, prints: Prints, index: int, margin: float) -> Taken:
    """A rectangle at any angle, cut out upright."""
    corners = prints.small.full(prints.corners[index])
    warp = _upright(corners, margin / 100 * float(lengths(corners).max()))
    missing = _missing(ctx, prints, index, warp)
    lean = float(warp.back[1, 0])
    if abs(lean) < UPRIGHT:
        x, y = warp.back[:2, 2]
        part = cut(ctx, image, mask, within(x, y, x + warp.width, y + warp.height, image))
        fits = (part.image.height, part.image.width) == (warp.height, warp.width)
        # At the end of the scan less is cut out than was wished.
        return Taken(*part, missing if fits else nothing(part.image.height, part.image.width))
    ctx.say(f"It lay askew by {abs(np.degrees(np.arcsin(lean))):.1f}° and was turned upright.")
    moved = warped_mask(ctx, mask, warp) if mask else nothing(warp.height, warp.width)
    return Taken(warped(ctx, image, warp, fill_colour(image, "paper")), moved, missing)


def _upright(corners: Numbers, more: float) -> Warp:
    """What takes a rectangle, with so many pixels around it, to one that stands upright."""
    top, right, *_ = lengths(corners)
    along = (corners[1] - corners[0]) / max(top, 1e-9)
    down = np.array([-along[1], along[0]])
    start = corners[0] + (0.5 - more) * (along + down)
    back = np.array([[along[0], down[0], start[0]], [along[1], down[1], start[1]], [0, 0, 1]])
    height, width = (max(1, round(side + 2 * more)) for side in (right, top))
    return Warp(back, height, width)


def _missing(ctx: Context, prints: Prints, index: int, warp: Warp) -> Mask:
    """What is torn off within the rectangle, moved along; nothing where the print is whole."""
    flags = beside_print(prints, index)
    if flags.sum() < LEAST * lengths(prints.corners[index])[:2].prod():
        return nothing(warp.height, warp.width)
    ctx.say("A part of it is torn off; it is marked in Missing.")
    small = Mask(grown(flags, FRAYED * float(lengths(prints.corners[index]).max())))
    scale = prints.small.scale
    shrink = np.array([[1 / scale, 0, 0.5 / scale - 0.5], [0, 1 / scale, 0.5 / scale - 0.5], [0, 0, 1]])
    return warped_mask(ctx, small, Warp(shrink @ warp.back, warp.height, warp.width))


def _without_border(ctx: Context, found: Taken) -> Taken:
    frame = frame_of(ctx, found.image)
    if frame is None:
        ctx.say("It has no white border.")
        return found
    ctx.say("Its white border was cut off.")
    box = frame.picture(found.image)
    image, mask = cut(ctx, found.image, found.mask, box)
    _, missing = cut(ctx, found.image, found.missing, box)
    return Taken(image, mask, missing)
