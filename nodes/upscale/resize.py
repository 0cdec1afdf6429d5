"""Another size."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Choice, Number, Pixels
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.image import Image
from nodes.pixels.resample import METHODS, resampled

LARGEST = 400_000_000
"""Pixels. An A2 poster at 600 dpi has 139 million; above this the array alone takes 5 GB."""

BY = ("factor", "longer side", "width", "height")


@node(title="Resize")
def resize(
    ctx: Context,
    image: Image,
    *,
    by: Annotated[str, Choice(BY, help="What the new size is given by. The proportions are kept.")] = "factor",
    factor: Annotated[
        float, Number(0.01, 16, 0.1, help="How many times as wide and high, when given by factor.")
    ] = 2.0,
    length: Annotated[float, Pixels(1, 100_000, 1, help="The new length of that side, when given by a side.")] = 2000.0,
    method: Annotated[
        str,
        Choice(
            METHODS,
            help="Lanczos is the sharpest, bicubic a little softer, area averages plainly, nearest keeps hard pixels.",
        ),
    ] = "lanczos",
) -> Image:
    """Make the photo larger or smaller, without inventing detail.

    Enlarging this way keeps the photo as it is, only with more pixels: for print or for a closer look. Shrinking
    removes what the smaller photo cannot show instead of letting fine patterns turn into coarse ones.
    """
    width, height = _size(image, by, factor, length)
    if (width, height) == (image.width, image.height):
        ctx.say(f"The photo already has {width} × {height} pixels.")
        return image
    if width * height > LARGEST:
        raise StepError(
            f"The result would have {width} × {height} pixels, more than {LARGEST // 1_000_000} million.",
            "Choose a smaller size.",
        )
    return image.like(resampled(ctx, image.pixels, height, width, method))


def _size(image: Image, by: str, factor: float, length: float) -> tuple[int, int]:
    sides = {"longer side": max(image.width, image.height), "width": image.width, "height": image.height}
    scale = factor if by == "factor" else length / sides[by]
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))
