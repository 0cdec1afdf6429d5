"""Tone curves drawn by hand."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Curve, Slider
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.tone.curve import drawn, is_straight, mixed, relit, through

Points = list[list[float]]

STRAIGHT: Points = [[0.0, 0.0], [1.0, 1.0]]


@node(title="Curves")
def curves(
    ctx: Context,
    image: Image,
    *,
    brightness: Annotated[
        Points, Curve(help="Lightens or darkens: what is this dark from left to right becomes that light upwards.")
    ] = STRAIGHT,
    red: Annotated[
        Points, Curve(help="The same for red alone, after brightness; downwards turns to cyan.", advanced=True)
    ] = STRAIGHT,
    green: Annotated[
        Points, Curve(help="The same for green alone; downwards turns to pink.", advanced=True)
    ] = STRAIGHT,
    blue: Annotated[
        Points, Curve(help="The same for blue alone; downwards turns to yellow.", advanced=True)
    ] = STRAIGHT,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of the change is made.")] = 1.0,
) -> Image:
    """Lighten, darken or tint by drawing curves.

    Darks are on the left of a curve, lights on the right. Pull a point up and what is that light becomes lighter. A
    gentle S, the left a little down and the right a little up, gives more contrast.

    The curve for brightness keeps all colours. The three for red, green and blue change them: raise blue at the right
    end to take yellow out of the lights.
    """
    whole, *parts = (mixed(drawn(points), strength) for points in (brightness, red, green, blue))
    if all(is_straight(curve) for curve in (whole, *parts)):
        ctx.say("All curves are straight: left as it is.")
        return image
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        result[tile.write] = _bent(image.pixels[tile.read], whole, parts)
    return image.like(result)


def _bent(pixels: Floats, whole: Floats, parts: list[Floats]) -> Floats:
    lit = pixels if is_straight(whole) else relit(pixels, whole, 1.0)
    sides = [
        lit[..., side] if is_straight(curve) else through(curve, lit[..., side]) for side, curve in enumerate(parts)
    ]
    return np.clip(np.stack(sides, axis=-1), 0.0, 1.0)
