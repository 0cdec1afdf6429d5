"""Colours evened out within the outlines that the lightness of a photo shows, on a small copy."""

from __future__ import annotations

import numpy as np

from graph.context import Context
from nodes.colour.spreading import spread
from nodes.kinds.arrays import Floats

GUIDE = 1536
"""Pixels of the longer side of the copy on which colours are drawn back to their edges: finer than a network sees."""

BLEED = 1 / 256
"""How far a network's colours run over an edge, in parts of the longer side: half a cell of its finest features,
which are 4 pixels wide."""


def copy_size(height: int, width: int) -> tuple[int, int]:
    """Of the copy of a photo of that size."""
    scale = min(1.0, GUIDE / max(height, width))
    return max(1, round(height * scale)), max(1, round(width * scale))


def evened(ctx: Context, tint: Floats, light: Floats, edges: float, blur: float) -> Floats:
    """a*, b* (h, w, 2) evened out over `blur` percent of the longer side, along the edges of L* (h, w).

    `edges` is how firmly colours stop there: 0 gives the tint itself back.
    """
    longer = max(light.shape)
    even = spread(ctx, tint, light, blur / 100 * longer, max(1, round(BLEED * longer)))
    return np.asarray(tint + np.float32(edges) * (even - tint), np.float32)
