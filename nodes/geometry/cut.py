"""A rectangle out of a photo, to the last bit as it was."""

from __future__ import annotations

from typing import NamedTuple

from graph.context import Context
from nodes.geometry.warp import nothing
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask


class Cropped(NamedTuple):
    """A part of a photo, and of the mask that belongs to it."""

    image: Image
    mask: Mask


class Box(NamedTuple):
    """Columns `left` to `right` and rows `top` to `bottom`."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left


def within(left: float, top: float, right: float, bottom: float, image: Image) -> Box:
    """Those ends rounded, inside of the photo, and at least a pixel apart."""
    first, up = (min(max(0, round(end)), side - 1) for end, side in ((left, image.width), (top, image.height)))
    last, down = min(max(first + 1, round(right)), image.width), min(max(up + 1, round(bottom)), image.height)
    return Box(first, up, last, down)


def cut(ctx: Context, image: Image, mask: Mask | None, box: Box) -> Cropped:
    """That part of both; they themselves where it is all of them."""
    if (box.height, box.width) == (image.height, image.width):
        return Cropped(image, mask or nothing(image.height, image.width))
    part = image.like(_part(ctx, image.pixels, box))
    return Cropped(part, Mask(_part(ctx, mask.values, box)) if mask else nothing(box.height, box.width))


def _part(ctx: Context, values: Floats, box: Box) -> Floats:
    """A copy, so that a large scan is not kept for a small part of it."""
    out = ctx.empty((box.height, box.width, *values.shape[2:]))
    inside = values[box.top : box.bottom, box.left : box.right]
    for tile in ctx.tiles(box):
        out[tile.write] = inside[tile.write]
    return out
