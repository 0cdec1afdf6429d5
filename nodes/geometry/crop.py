"""Cut to a part."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Choice, Pixels, Slider
from graph.spec import node
from nodes.geometry.cut import Cropped, cut, within
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size

SHAPES = {
    "free": None,
    "1:1": 1.0,
    "5:4": 5 / 4,
    "4:3": 4 / 3,
    "7:5": 7 / 5,
    "3:2": 3 / 2,
    "16:9": 16 / 9,
    "A4": 297 / 210,
}
"""The longer side in shorter ones; the photo decides whether it stands or lies."""


@node(title="Crop")
def crop(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    unit: Annotated[
        str, Choice(("percent", "pixels"), help="Whether the sides are cut in percent of the photo or in pixels.")
    ] = "percent",
    left: Annotated[
        float, Slider(0, 95, 0.5, unit="%", help="Cut from the left, in percent of the photo's width.")
    ] = 0.0,
    top: Annotated[float, Slider(0, 95, 0.5, unit="%", help="Cut from the top, in percent of its height.")] = 0.0,
    right: Annotated[float, Slider(0, 95, 0.5, unit="%", help="Cut from the right, in percent of its width.")] = 0.0,
    bottom: Annotated[float, Slider(0, 95, 0.5, unit="%", help="Cut from the bottom, in percent of its height.")] = 0.0,
    x: Annotated[int, Pixels(0, 100_000, 1, help="In pixels: where the part begins, from the left.")] = 0,
    y: Annotated[int, Pixels(0, 100_000, 1, help="In pixels: where it begins, from the top.")] = 0,
    width: Annotated[int, Pixels(0, 100_000, 1, help="In pixels: how wide it is; 0 goes to the right end.")] = 0,
    height: Annotated[int, Pixels(0, 100_000, 1, help="In pixels: how high it is; 0 goes to the bottom.")] = 0,
    shape: Annotated[
        str, Choice(tuple(SHAPES), help="Cuts on, evenly from both sides, to the proportions of a frame or a paper.")
    ] = "free",
) -> Cropped:
    """Keep a rectangle of the photo and cut off the rest.

    What is kept does not change at all. Choose a shape to make it fit a frame: the largest part of that shape around
    the middle is kept, lying or standing as the photo does.

    A mask that belongs to the photo is cut along.
    """
    require_same_size(image, mask, "the mask and the photo")
    if unit == "percent":
        across, down = image.width / 100, image.height / 100
        ends = left * across, top * down, image.width - right * across, image.height - bottom * down
    else:
        ends = x, y, x + width if width else image.width, y + height if height else image.height
    box = within(*_shaped(ends, SHAPES[shape]), image)
    if (box.height, box.width) == (image.height, image.width):
        ctx.say("Nothing is to be cut off: left as it is.")
    else:
        ctx.say(f"{box.width} × {box.height} of {image.width} × {image.height} pixels are left.")
    return cut(ctx, image, mask, box)


def _shaped(ends: tuple[float, float, float, float], longer: float | None) -> tuple[float, float, float, float]:
    """The largest part around the middle whose longer side has so many shorter ones."""
    if longer is None:
        return ends
    left, top, right, bottom = ends
    width, height = max(1.0, right - left), max(1.0, bottom - top)
    wanted = longer if width >= height else 1 / longer
    half_width, half_height = min(width, height * wanted) / 2, min(height, width / wanted) / 2
    x, y = (left + right) / 2, (top + bottom) / 2
    return x - half_width, y - half_height, x + half_width, y + half_height
