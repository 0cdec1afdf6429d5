"""A scratch, from a click or two."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Choice, Pixels, Points
from graph.spec import node
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size
from nodes.pixels.strokes.brush import Brush
from nodes.pixels.strokes.stroke import Stroke, paint_tile
from nodes.pixels.strokes.tracing import along, grey_from_image

SIGNS = {"either": 0, "light": 1, "dark": -1}


@node(title="Trace Scratch")
def trace(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    points: Annotated[
        list[list[float]],
        Points(help="One click on a scratch follows it both ways; several follow it from point to point."),
    ] = [],  # noqa: B006 - an engine default, never changed
    width: Annotated[float, Pixels(1, 50, 0.5, help="How wide the scratch is.")] = 2.0,
    tone: Annotated[
        str, Choice(tuple(SIGNS), help="Whether the scratch is lighter or darker than the photo.")
    ] = "either",
    corridor: Annotated[
        float, Pixels(2, 100, 1, help="How far the scratch may leave the straight way between two points.")
    ] = 8.0,
) -> Mask:
    """Follow a faint scratch from a click, or from point to point.

    Long scratches are often too faint to be found and tiresome to paint. Click on one: it is followed in both
    directions for as long as it can be told from the grain. Where it is lost, click on several places along it, and
    it is followed between them. Wire a mask to add the scratch to it.
    """
    require_same_size(image, mask, "the mask and the photo")
    lines = _lines(ctx, image, points, width, SIGNS[tone], corridor)
    if not lines and mask is not None:
        return mask
    out = ctx.empty((image.height, image.width))
    for tile in ctx.tiles(image):
        out[tile.write] = 0 if mask is None else mask.values[tile.write]
        paint_tile(ctx, out[tile.write], tile, lines)
    return Mask(out)


def _lines(
    ctx: Context, image: Image, points: list[list[float]], width: float, sign: int, corridor: float
) -> list[Stroke]:
    inside = [(x, y) for x, y in points if 0 <= x <= image.width and 0 <= y <= image.height]
    if not inside:
        ctx.say("Click on a scratch first.")
        return []
    traces = along(ctx, grey_from_image(ctx, image), inside, width, sign, corridor)
    if not traces:
        ctx.say("No line stands out there. Click on a second place along the scratch.")
        return []
    ctx.say(f"Followed {sum(each.length for each in traces):.0f} pixels.")
    return [Stroke(Brush(each.points, width / 2 + 0.5)) for each in traces]
