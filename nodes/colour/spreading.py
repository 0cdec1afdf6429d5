"""Colour drawn back to its own side of the edges that it has run over.

A network sees a small picture, so its colours bleed over outlines. Close to an edge they are not trusted; what stands
on either side, further in, is spread up to the edge and not across. Spreading is the recursive filter of Gastal and
Oliveira, "Domain Transform for Edge-Aware Image and Video Processing" (2011), normalised by the trust as in their
section 5.3.
"""

from __future__ import annotations

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats

EVEN = 4.0
"""Deviation of L* within the reach of the bleeding at which half of the trust is gone. Of 4 and 10, and of steps of 5
and 10, this pair came closest to the true colours of photos whose chroma had been reduced to 64 and 128 pixels a side:
0.96 and 0.97 of the error of plain enlarging, where a guided filter was at 1.05 and above."""

STEP = 5.0
"""L* units: a difference in lightness that counts as much as the whole reach of the spreading."""

PASSES = 3
"""What the paper uses: more show no difference."""

CHECK = 64
"""Rows between two looks at the cancel flag."""


def spread(ctx: Context, tint: Floats, light: Floats, reach: float, bleed: int) -> Floats:
    """a*, b* (H, W, 2) smoothed over `reach` pixels within the areas that the lightness L* (H, W), 0..100, shows.

    `bleed` is how many pixels the colours may have run over an edge.
    """
    if reach <= 0:
        return tint
    sure = trust(light, bleed)[..., None]
    found = np.concatenate([tint * sure, sure], axis=-1)
    light = without_grain(light)
    steps = [1 + reach / STEP * np.abs(np.diff(light, axis=axis)) for axis in (0, 1)]
    for turn in range(PASSES):
        # Equation 14 of the paper: the deviations of the passes add up to `reach`.
        deviation = reach * np.sqrt(3) * 2 ** (PASSES - turn - 1) / np.sqrt(4**PASSES - 1)
        kept = [np.exp(-np.sqrt(2) / deviation * step).astype(np.float32) for step in steps]
        _swept(ctx, found, kept[0])
        across = np.ascontiguousarray(found.swapaxes(0, 1))
        _swept(ctx, across, np.ascontiguousarray(kept[1].T))
        found = np.ascontiguousarray(across.swapaxes(0, 1))
    return np.asarray(found[..., :-1] / np.maximum(found[..., -1:], 1e-9), np.float32)


def without_grain(light: Floats) -> Floats:
    """Grain is no edge; left in, it would stop the spreading everywhere."""
    import cv2

    return np.asarray(cv2.medianBlur(light, 3), np.float32)


def trust(light: Floats, bleed: int) -> Floats:
    """How even the lightness is as far as colours bleed: 1 where it is constant, towards 0 beside edges; (H, W)."""
    import cv2

    light = without_grain(light)
    side = (2 * bleed + 1, 2 * bleed + 1)
    mean = cv2.blur(light, side, borderType=cv2.BORDER_REPLICATE)
    variance = cv2.blur(light * light, side, borderType=cv2.BORDER_REPLICATE) - mean * mean
    return (1 / (1 + np.maximum(variance, 0) / EVEN**2)).astype(np.float32)


def _swept(ctx: Context, values: Floats, kept: Floats) -> None:
    """Carry the rows (H, W, C) down and up again, in place; `kept` (H - 1, W) is the share that passes."""
    last = values.shape[0] - 1
    for row in range(last):
        values[row + 1] += kept[row][:, None] * (values[row] - values[row + 1])
        if row % CHECK == 0:
            ctx.check()
    for row in range(last, 0, -1):
        values[row - 1] += kept[row - 1][:, None] * (values[row] - values[row - 1])
        if row % CHECK == 0:
            ctx.check()
