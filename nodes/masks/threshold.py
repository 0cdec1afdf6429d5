"""A clean mask from a soft or speckled one."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.context import Context
from graph.controls import Pixels, Slider, Toggle
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.mask import Mask

ROWS = 256
"""Rows that are summed up together."""


@node(title="Threshold Mask")
def threshold(
    ctx: Context,
    mask: Mask,
    *,
    level: Annotated[float, Slider(0, 1, 0.01, help="What is marked at least this strongly stays marked.")] = 0.5,
    softness: Annotated[
        float, Slider(0, 1, 0.01, help="0 makes a hard edge, more lets it fade around the level.")
    ] = 0.0,
    drop_islands: Annotated[float, Pixels(0, 500, 1, help="Marks smaller than a dot of this width are dropped.")] = 0.0,
    fill_holes: Annotated[float, Pixels(0, 500, 1, help="Holes smaller than a dot of this width are filled.")] = 0.0,
    invert: Annotated[
        bool, Toggle(help="Mark what was not marked and the other way round; softness 1 keeps soft edges.")
    ] = False,
) -> Mask:
    """Decide what is marked and what is not, and tidy up.

    Turns a faint or uneven mask into a clear one. Small islands, such as grain taken for dust, can be dropped by
    their size, and small holes filled. The sizes are the width of a round dot with the same area, so that a long
    scratch counts as large even where it is thin.
    """
    out = ctx.empty(mask.values.shape)
    for tile in ctx.tiles(mask):
        out[tile.write] = _decided(mask.values[tile.write], level, softness)
    if drop_islands > 0:
        _drop(ctx, out, drop_islands, joined=8, at_border=True)
    if fill_holes > 0 or invert:
        np.subtract(1, out, out=out)
    if fill_holes > 0:
        # Diagonal neighbours join marks, so they must not join the holes between them. What touches the border
        # is no hole.
        _drop(ctx, out, fill_holes, joined=4, at_border=False)
        if not invert:
            np.subtract(1, out, out=out)
    return Mask(out)


def _decided(values: Floats, level: float, softness: float) -> Floats:
    if softness == 0:
        # Nothing marked stays nothing, also at level 0.
        return ((values >= level) & (values > 0)).astype(np.float32)
    return np.clip((values - level) / np.float32(softness) + np.float32(0.5), 0, 1) * (values > 0)


def _drop(ctx: Context, values: Floats, width: float, joined: int, at_border: bool) -> None:
    """Set the islands to 0, in place, whose area is smaller than a dot's of this width."""
    import cv2

    ctx.check()
    count, labels = cv2.connectedComponents((values > 0).view(np.uint8), connectivity=joined, ltype=cv2.CV_32S)
    ctx.check()
    labels = np.asarray(labels, np.int32)
    dropped = _areas(ctx, values, labels, count) < math.pi / 4 * width**2
    if not at_border:
        for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
            dropped[edge] = False
    for start in range(0, values.shape[0], ROWS):
        ctx.check()
        rows = slice(start, start + ROWS)
        values[rows][dropped[labels[rows]]] = 0


def _areas(ctx: Context, values: Floats, labels: NDArray[np.int32], count: int) -> NDArray[np.float64]:
    """Each island's area in pixels; what is marked by half counts by half."""
    areas = np.zeros(count)
    for start in range(0, values.shape[0], ROWS):
        ctx.check()
        rows = slice(start, start + ROWS)
        areas += np.bincount(labels[rows].ravel(), values[rows].ravel(), count)
    return areas
