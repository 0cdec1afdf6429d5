"""What tone is measured on: the inside of the print, averaged down, without paper edge and scanner lid."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import luma

LONGEST = 384
"""Pixels a side: grain and dust are averaged away, and every measure is quick."""

FLAT = 0.03
"""A line of pixels that varies less than this, a few scratches aside, is border."""

PEELED = 0.25
"""Of each side: no border is wider."""

MARGIN = 0.02
"""Of each side, cut off in any case: edges of prints are worn and shaded."""

EXTREME = 0.035
"""This near to black or white, and joined to the frame, is what lies around the print."""


def inside(image: Image) -> Floats:
    """The pixels (N, 3) that belong to the picture itself; all of them where nothing else would remain."""
    small = averaged(image.pixels)
    peeled = _peeled(small)
    kept = peeled[~_surroundings(luma(peeled))]
    return kept if 10 * kept.shape[0] >= small.shape[0] * small.shape[1] else small.reshape(-1, 3)


def averaged(pixels: Floats) -> Floats:
    """Pixels (H, W, 3) as a small copy."""
    import cv2

    height, width = pixels.shape[:2]
    scale = LONGEST / max(height, width)
    if scale >= 1.0:
        return np.ascontiguousarray(pixels)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)


def _peeled(small: Floats) -> Floats:
    return small[extent(small)]


def extent(small: Floats) -> tuple[slice, slice]:
    """The rows and columns of pixels (H, W, 3) that lie inside flat borders."""
    light = luma(small)
    return _span(light), _span(np.ascontiguousarray(light.T))


def _span(light: Floats) -> slice:
    """The rows between the flat ones at either end."""
    flat = np.diff(np.quantile(light, (0.1, 0.9), axis=1), axis=0)[0] < FLAT
    length = light.shape[0]
    limit, margin = int(length * PEELED), int(length * MARGIN)

    def border(lines: np.ndarray) -> int:
        busy = np.flatnonzero(~lines[: limit + 1])
        return min(limit, (int(busy[0]) if busy.size else 0) + margin)

    return slice(border(flat), length - border(flat[::-1]))


def _surroundings(light: Floats) -> np.ndarray:
    """(H, W) of bool: black or white areas that reach the frame, as around a print with torn edges."""
    import cv2

    found = np.zeros(light.shape, bool)
    for extreme in (light < EXTREME, light > 1.0 - EXTREME):
        _, labels = cv2.connectedComponents(extreme.astype(np.uint8))
        frame = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
        found |= extreme & np.isin(labels, frame[frame > 0])
    return found
