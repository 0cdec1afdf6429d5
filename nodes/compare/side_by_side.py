"""Before and after in one picture."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context, tiles
from graph.controls import Choice, Pixels, Text, Toggle
from graph.spec import node
from nodes.compare.fitting import fitted
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.label import write_label


@node(title="Side by Side")
def side_by_side(
    ctx: Context,
    image: Image,
    other: Image,
    *,
    view: Annotated[
        str,
        Choice(("side by side", "split"), help="Both whole, or the left half of one and the right half of the other."),
    ] = "side by side",
    gap: Annotated[int, Pixels(0, 500, 1, help="The width of the white line between them.")] = 16,
    labels: Annotated[bool, Toggle(help="Write what is what into the lower corners.")] = False,
    left: Annotated[str, Text(longest=40, help="The label of the first photo.")] = "Before",
    right: Annotated[str, Text(longest=40, help="The label of the second photo.")] = "After",
) -> Image:
    """Put two photos into one picture to compare them.

    Side by side shows both whole. Split shows one photo, its left half from the first and its right half from the
    second, with a line between. The second photo takes the first one's size and colour profile.
    """
    second = fitted(ctx, other, image)
    if view == "split":
        out, middle = _split(ctx, image.pixels, second, gap)
    else:
        out, middle = _beside(ctx, image.pixels, second, gap)
    if labels:
        write_label(out[:, :middle], left, at_right=False)
        write_label(out[:, middle:], right, at_right=True)
    return image.like(out)


def _beside(ctx: Context, first: Floats, second: Floats, gap: int) -> tuple[Floats, int]:
    height, width = first.shape[:2]
    out = ctx.empty((height, 2 * width + gap, 3))
    _copy(ctx, first, out[:, :width])
    out[:, width : width + gap] = 1
    _copy(ctx, second, out[:, width + gap :])
    return out, width + gap // 2


def _split(ctx: Context, first: Floats, second: Floats, gap: int) -> tuple[Floats, int]:
    middle = first.shape[1] // 2
    out = ctx.empty(first.shape)
    _copy(ctx, first[:, :middle], out[:, :middle])
    _copy(ctx, second[:, middle:], out[:, middle:])
    out[:, max(0, middle - gap // 2) : middle + gap - gap // 2] = 1
    return out, middle


def _copy(ctx: Context, pixels: Floats, out: Floats) -> None:
    for tile in tiles(pixels.shape[0], pixels.shape[1]):
        ctx.check()
        out[tile.write] = pixels[tile.write]
