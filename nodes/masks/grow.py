"""Grow or shrink a mask."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Pixels
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.mask import Mask


@node(title="Grow Mask")
def grow(
    ctx: Context,
    mask: Mask,
    *,
    by: Annotated[float, Pixels(-200, 200, 1, help="How far the edge moves: above 0 outwards, below 0 inwards.")] = 2.0,
) -> Mask:
    """Make the marked areas larger or smaller.

    Found scratches are often marked a little too thin, so that a bright or dark rim stays behind after they are
    filled: growing the mask by two or three pixels takes the rim along. With a number below 0 the marks shrink, and
    thin ones vanish. Corners become round. Soft edges stay soft.
    """
    radius = abs(by)
    if radius < 1:
        ctx.say("Moving the edge by less than a pixel changes nothing.")
        return mask
    out = ctx.empty(mask.values.shape)
    for tile in ctx.tiles(mask, math.ceil(radius)):
        values = mask.values[tile.read]
        out[tile.write] = (_dilated(ctx, values, radius) if by > 0 else 1 - _dilated(ctx, 1 - values, radius))[
            tile.core
        ]
    return Mask(out)


def _dilated(ctx: Context, values: Floats, radius: float) -> Floats:
    """The largest value within `radius` of each pixel; beyond the border there is nothing."""
    if np.ptp(values) == 0:
        return values
    if np.all((values == 0) | (values == 1)):
        return _near(values, radius)
    return _highest(ctx, values, radius)


def _near(values: Floats, radius: float) -> Floats:
    """The same for a mask of nothing but 0 and 1, at the same cost for any radius."""
    import cv2

    distance = cv2.distanceTransform((values == 0).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    # Squares of distances between pixels are whole numbers, so a thousandth settles what rounding left open.
    return (np.asarray(distance) <= radius + 1e-3).astype(np.float32)


def _highest(ctx: Context, values: Floats, radius: float) -> Floats:
    """A disk is a stack of rows: each row's maximum over its own width, from the narrowest to the widest."""
    out = values.copy()
    spread, half = values, 0
    for offset, width in _disk(radius):
        ctx.check()
        spread, half = _widened(spread, width - half), width
        shared = max(0, out.shape[0] - offset)
        np.maximum(out[:shared], spread[offset:], out=out[:shared])
        np.maximum(out[offset:], spread[:shared], out=out[offset:])
    return out


def _disk(radius: float) -> Iterator[tuple[int, int]]:
    """Rows of a disk from its pole to its middle: how far from the middle, and how far it reaches to each side."""
    for offset in range(math.floor(radius + 1e-3), -1, -1):
        yield offset, math.floor(math.sqrt((radius + 1e-3) ** 2 - offset**2))


def _widened(values: Floats, by: int) -> Floats:
    """The largest value within `by` pixels to the left and right."""
    import cv2

    return np.asarray(cv2.dilate(values, np.ones((1, 2 * by + 1), np.uint8)), np.float32) if by else values
