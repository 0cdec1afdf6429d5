"""Soften the edge of a mask."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Pixels
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.mask import Mask
from nodes.pixels.gaussian import Gaussian

SIDES = ("both", "outwards", "inwards")

SIGMAS = 2.0
"""The setting is the width of the ramp on one side: two standard deviations of the Gaussian."""


@node(title="Feather Mask")
def feather(
    ctx: Context,
    mask: Mask,
    *,
    radius: Annotated[float, Pixels(0, 500, 1, help="How far the edge fades, in pixels of the photo.")] = 6.0,
    side: Annotated[str, Choice(SIDES, help="On which side of the edge it fades.")] = "both",
) -> Mask:
    """Let the marked areas fade out at their edges.

    A repair or a correction then blends into its surroundings without a visible border. "Outwards" keeps everything
    that was marked fully marked and fades around it, which suits scratches. "Inwards" stays within what was marked;
    marks thinner than the radius vanish. "Both" fades half on either side.
    """
    if radius <= 0:
        ctx.say("A radius of 0 changes nothing.")
        return mask
    blur = Gaussian(ctx, mask.values, radius / SIGMAS)
    out = ctx.empty(mask.values.shape)
    for tile in ctx.tiles(mask, blur.overlap):
        out[tile.write] = _kept(mask.values[tile.write], blur.of(tile), side)
    return Mask(out)


def _kept(values: Floats, soft: Floats, side: str) -> Floats:
    """On a straight edge the blur is exactly one half, so its upper half lies inside and its lower half outside."""
    if side == "outwards":
        return np.maximum(values, np.minimum(2 * soft, 1))
    if side == "inwards":
        return np.minimum(values, np.maximum(2 * soft - 1, 0))
    return soft
