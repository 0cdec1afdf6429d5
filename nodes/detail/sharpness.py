"""How sharp a photo is, measured where it has edges."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats

NEIGHBOURHOOD = 9
"""Pixels across which an edge's whole contrast is looked for."""

STRONGEST = 0.02
"""Share of the pixels that count: those with the steepest slopes."""

FAINTEST = 0.08
"""Contrast below which a slope may be grain."""


def edge_width(plane: Floats) -> float:
    """The blur of the sharpest edges in a plane (H, W), as a Gaussian's deviation in pixels; 0 without any edge.

    A step of contrast c blurred by sigma has its steepest slope at c / (sigma × √(2π)). Read off central differences,
    an ideal edge between two pixels measures 0.8.
    """
    import cv2

    if min(plane.shape) < NEIGHBOURHOOD:
        return 0.0
    slope = np.hypot(cv2.Scharr(plane, cv2.CV_32F, 1, 0), cv2.Scharr(plane, cv2.CV_32F, 0, 1)) / 32
    around = np.ones((NEIGHBOURHOOD, NEIGHBOURHOOD), np.uint8)
    contrast = np.subtract(cv2.dilate(plane, around), cv2.erode(plane, around))
    counted = (slope >= np.quantile(slope, 1 - STRONGEST)) & (contrast > FAINTEST) & (slope > 0)
    if not counted.any():
        return 0.0
    widths = contrast[counted] / (slope[counted] * np.sqrt(2 * np.pi))
    # The crisp tenth: a portrait's background may be out of focus and still be as sharp as it should be.
    return float(np.quantile(widths, 0.1))
