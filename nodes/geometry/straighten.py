"""Level horizons and upright walls."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider
from graph.spec import node
from nodes.geometry.canvas import CANVASES
from nodes.geometry.prints import Small, prints_on
from nodes.geometry.rotate import Turned, turn
from nodes.geometry.skew import Skew, skew_of
from nodes.geometry.warp import FILLS, nothing
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size

SEEN = 1024
"""Pixels of the longer side of the copy in which lines are looked for."""

AGREED, LENGTH = 0.5, 1.0
"""What lines must say at least: of those within reach that share, of so many longer sides together."""

STRAIGHT = 0.4
"""Degrees that nobody sees: turning would only blur."""

FEW = 0.15
"""The same for the edges of a print, which are measured more exactly."""


@node(title="Straighten")
def straighten(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    by: Annotated[
        str, Choice(("automatic", "hand"), help="Find the angle in the photo, or take the one given below.")
    ] = "automatic",
    angle: Annotated[
        float, Slider(-45, 45, 0.1, unit="°", help="By hand: the turn, to the right where it is above 0.")
    ] = 0.0,
    most: Annotated[
        float, Slider(1, 15, 0.5, unit="°", help="A photo that seems to lean more than this is left alone.")
    ] = 10.0,
    canvas: Annotated[
        str, Choice(CANVASES, help="Crop the empty corners, grow around them, or keep the size.")
    ] = "crop",
    fill: Annotated[
        str, Choice(FILLS, help="What fills empty corners: the colour of the photo's edge, white or black.")
    ] = "paper",
) -> Turned:
    """Turn a photo that hangs askew until its horizon is level and its walls are upright.

    It looks for lines that are nearly level or nearly upright: horizons, walls, doors, the edges of a print on a
    scanner. Only when most of them lean the same way the photo is turned. A photo that is straight already, or in which
    no lines are to be seen, is left as it is; then turn it by hand.

    A mask that belongs to the photo is turned along.
    """
    require_same_size(image, mask, "the mask and the photo")
    lean = -angle if by == "hand" else _lean(ctx, image, most)
    if lean == 0:
        if by == "hand":
            ctx.say("No turn is wanted: left as it is.")
        none = nothing(image.height, image.width)
        return Turned(image, mask or none, none)
    ctx.say(f"Turned by {abs(lean):.1f}° to the {'left' if lean > 0 else 'right'}.")
    return turn(ctx, image, mask, -lean, canvas, fill)


def _lean(ctx: Context, image: Image, most: float) -> float:
    """Degrees that the photo hangs to the right, or 0 where it shall stay as it is."""
    prints = prints_on(ctx, image)
    if len(prints.corners) == 1:
        across, down = prints.corners[0][1] - prints.corners[0][0]
        lean, least = math.degrees(math.atan2(down, across)), FEW
    else:
        skew = _skew(prints.small)
        ctx.check()
        if skew.agreement < AGREED or skew.length < LENGTH or not skew.parallel:
            ctx.say("Nothing in it tells surely what is level: left as it is.")
            return 0.0
        lean, least = skew.angle, STRAIGHT
    if abs(lean) < least:
        ctx.say("It is straight already: left as it is.")
        return 0.0
    if abs(lean) > most:
        ctx.say(f"It seems to lean by {abs(lean):.1f}°, which may be meant: left as it is.")
        return 0.0
    return lean


def _skew(small: Small) -> Skew:
    import cv2

    height, width = small.pixels.shape[:2]
    scale = min(1.0, SEEN / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    seen = cv2.resize(small.pixels, size, interpolation=cv2.INTER_AREA) if scale < 1 else small.pixels
    return skew_of(np.asarray(seen, np.float32))
