"""Drawn coverage, and paint through it: float32 (H, W), 1 where a shape hides the photo, 0 where it leaves it alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodes.damage.coverage import threefold
from nodes.kinds.arrays import Floats

Shape = tuple[int, int]


def covering(canvas: NDArray[np.uint8]) -> Floats:
    """What was drawn in 0..255."""
    return canvas.astype(np.float32) / np.float32(255)


def turned(values: Floats, degrees: float, scale: float = 1) -> Floats:
    """Rotated about the middle and scaled, in the same frame."""
    import cv2

    height, width = values.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    return np.asarray(cv2.warpAffine(values, matrix, (width, height)), np.float32)


def laid(pixels: Floats, cover: Floats, tone: float) -> Floats:
    """The photo with a grey paint laid over it; in 0..1 as long as both are."""
    cover = np.clip(cover, 0, 1)
    return pixels * threefold(1 - cover) + threefold(cover * np.float32(tone))
