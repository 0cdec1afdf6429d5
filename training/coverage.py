"""Shapes as coverage: float32 (H, W), 1 where a shape hides the photo, 0 where it leaves it alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats

Shape = tuple[int, int]
Points = NDArray[np.float64]
"""(N, 2): x, y in pixels."""

SHIFT = 4
"""OpenCV draws at sixteenths of a pixel."""


def polyline(shape: Shape, points: Points, widths: Sequence[float]) -> Floats:
    """A drawn path, each of its pieces as wide, in pixels, as `widths` says; a single width counts for all."""
    import cv2

    canvas = np.zeros(shape, np.uint8)
    places = np.round(points * 2**SHIFT).astype(np.int32)
    if len(widths) == 1:
        cv2.polylines(canvas, [places], False, 255, max(1, round(widths[0])), cv2.LINE_AA, SHIFT)
        return covering(canvas)
    for start, stop, width in zip(places[:-1], places[1:], widths, strict=True):
        cv2.line(canvas, start.tolist(), stop.tolist(), 255, max(1, round(width)), cv2.LINE_AA, SHIFT)
    return covering(canvas)


def ellipse(shape: Shape, centre: tuple[float, float], axes: tuple[float, float], degrees: float) -> Floats:
    """A filled ellipse; `centre` is x, y, `axes` are half its length and breadth."""
    import cv2

    canvas = np.zeros(shape, np.uint8)
    x, y, long, broad = (int(each * 2**SHIFT) for each in (*centre, *axes))
    cv2.ellipse(canvas, (x, y), (long, broad), degrees, 0, 360, 255, -1, cv2.LINE_AA, SHIFT)
    return covering(canvas)


def covering(canvas: NDArray[np.uint8]) -> Floats:
    """What was drawn in 0..255."""
    return canvas.astype(np.float32) / np.float32(255)


def blurred(values: Floats, sigma: float) -> Floats:
    """Gaussian blur; `sigma` in pixels."""
    import cv2

    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)


def cloud(shape: Shape, cell: int, rng: np.random.Generator) -> Floats:
    """Random values, about 0..1, that change smoothly over `cell` pixels."""
    import cv2

    coarse = rng.random((max(2, shape[0] // cell), max(2, shape[1] // cell))).astype(np.float32)
    return np.asarray(cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)


def turned(values: Floats, degrees: float, scale: float = 1) -> Floats:
    """Rotated about the middle and scaled, in the same frame."""
    import cv2

    height, width = values.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    return np.asarray(cv2.warpAffine(values, matrix, (width, height)), np.float32)


def laid(pixels: Floats, cover: Floats, tone: float | NDArray[np.float64]) -> Floats:
    """The photo with a paint of that tone (one value, or RGB) laid over it, clipped to 0..1."""
    return np.clip(pixels + (tone - pixels) * cover[..., None], 0, 1).astype(np.float32)
