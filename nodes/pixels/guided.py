"""Small pictures brought to the size of a photo along the photo's own edges.

The guided filter of He, Sun and Tang, "Guided Image Filtering" (2013), in the fast form of He and Sun, "Fast Guided
Filter" (2015): around every place of a small copy the values are fitted as a linear function of the photo; the
coefficients, which are smooth, are enlarged and applied to the photo at full size.
"""

from __future__ import annotations

import numpy as np

from graph.context import Context, Tile
from nodes.kinds.arrays import Floats
from nodes.pixels.enlarging import enlarged

ROWS = 64
"""Rows of the small copy that are fitted together."""


class Guided:
    """Values known on a small copy, at the full size of the photo, tile by tile: the same whatever the tiles are."""

    def __init__(
        self, ctx: Context, guide: Floats, values: Floats, size: tuple[int, int], radius: int, noise: float
    ) -> None:
        """Fit the values (h, w, k) to the small copy of the photo `guide` (h, w, c); `size` is the photo's (H, W).

        `radius` is the side of the neighbourhood in pixels of the small copy, less one, halved. What deviates less
        than `noise` in the guide counts as flat: there the values are only smoothed.
        """
        self.size = size
        self.channels = guide.shape[2]
        self.coefficients = _fitted(ctx, guide, values, radius, noise)

    def of(self, tile: Tile, guide: Floats) -> Floats:
        """The values (h, w, k) of `tile.write`, for that piece of the photo (h, w, c); not clipped."""
        found = enlarged(self.coefficients, self.size, tile)
        parts = found.reshape(*found.shape[:2], self.channels + 1, -1)
        return np.einsum("yxc,yxck->yxk", guide, parts[:, :, :-1]) + parts[:, :, -1]


def _fitted(ctx: Context, guide: Floats, values: Floats, radius: int, noise: float) -> Floats:
    """Slopes and offset as (h, w, (c + 1) · k), averaged over the neighbourhood."""
    channels = guide.shape[2]
    mean, centre = _mean(guide, radius), _mean(values, radius)
    spread = _mean(_products(guide, guide), radius) - _products(mean, mean)
    common = _mean(_products(guide, values), radius) - _products(mean, centre)
    out = np.empty((*guide.shape[:2], channels + 1, values.shape[2]), np.float32)
    for start in range(0, guide.shape[0], ROWS):
        ctx.check()
        rows = slice(start, start + ROWS)
        matrix = spread[rows].reshape(*spread[rows].shape[:2], channels, channels).astype(np.float64)
        matrix += noise**2 * np.eye(channels)
        slopes = np.linalg.solve(matrix, common[rows].reshape(*matrix.shape[:3], -1))
        out[rows, :, :-1] = slopes
        out[rows, :, -1] = centre[rows] - np.einsum("yxc,yxck->yxk", mean[rows], slopes)
    return _mean(out.reshape(*out.shape[:2], -1), radius)


def _products(first: Floats, second: Floats) -> Floats:
    """Each channel of one times each of the other, as (h, w, c · k)."""
    return np.einsum("yxc,yxk->yxck", first, second).reshape(*first.shape[:2], -1)


def _mean(values: Floats, radius: int) -> Floats:
    import cv2

    side = 2 * radius + 1
    found = [
        cv2.boxFilter(values[..., channel], cv2.CV_32F, (side, side), borderType=cv2.BORDER_REPLICATE)
        for channel in range(values.shape[2])
    ]
    return np.stack(found, axis=-1).astype(np.float32, copy=False)
