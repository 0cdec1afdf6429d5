"""Masks with soft edges."""

from __future__ import annotations

import math

import numpy as np

from graph.context import Context, tiles
from nodes.kinds.arrays import Floats

MARKED = 0.5
"""From where on a mask's value counts as inside: what is marked faintly stays faint and grows no wider."""


def feathered(ctx: Context, mask: Floats, by: float) -> Floats:
    """The mask (H, W) as it is, and around it an edge that fades out within `by` pixels."""
    import cv2

    if by < 1:
        return mask
    height, width = mask.shape
    out = ctx.empty(mask.shape)
    for tile in tiles(height, width, math.ceil(by) + 1):
        ctx.check()
        values = mask[tile.read]
        out[tile.write] = values[tile.core]
        if (values >= MARKED).any():
            apart = np.asarray(cv2.distanceTransform((values < MARKED).astype(np.uint8), cv2.DIST_L2, 5))[tile.core]
            near = np.clip(1 - apart / np.float32(by + 1), 0, 1)
            # Level at both ends, so that neither shows as a line.
            out[tile.write] = np.maximum(values[tile.core], near * near * (3 - 2 * near))
    return out
