"""Lines of a photo, white on black, as ControlNets for edges were trained on them."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma
from nodes.pixels.noise import MAD, estimate_grain, flattest_blocks

SMOOTH = 1.0
"""Pixels: deviation of the Gaussian that comes before, as in Canny's paper (1986); more where grain is coarser."""

COARSEST = 2.0

STEEP = 0.4
"""Of the whole contrast, as a Sobel slope: where a line may begin. On crisp photos it gives as many lines as what
ControlNets were trained with, Canny at 100 and 200 of 255 without smoothing: 9.3 % of the pixels of a street scene."""

NOISE = 6.0
"""Deviations of what noise makes of the slope: a million pixels of noise alone begin no line."""

WEAKER = 0.5
"""Where a line may go on, as a share of where it may begin; Canny advises a half to a third."""

UNITS = 8000
"""A slope of 1 in the integers that OpenCV takes: the steepest, 4, still fits into 16 bits."""


def edges(pixels: Floats) -> Floats:
    """The lines of a picture (H, W, 3) in sRGB, 0..1: (H, W, 3), 1 on a line and 0 elsewhere.

    Faded photos give as many as fresh ones, since slopes are measured by the contrast that there is; grain gives none,
    since it is measured where nothing else is. Look for lines at the size that is drawn: they are a pixel wide.
    """
    import cv2

    plane = luma(pixels)
    deviation = min(max(SMOOTH, SMOOTH * estimate_grain(plane).size / 2), COARSEST)
    smooth = np.asarray(cv2.GaussianBlur(plane, (0, 0), deviation), np.float32)
    start = max(STEEP * _contrast(smooth), NOISE * _noise(smooth))
    if start == 0:
        return np.zeros(pixels.shape, np.float32)
    across, down = (
        np.round(cv2.Sobel(smooth, cv2.CV_32F, *axis, ksize=3) * UNITS).astype(np.int16) for axis in ((1, 0), (0, 1))
    )
    found = cv2.Canny(across, down, WEAKER * start * UNITS, start * UNITS, L2gradient=True)
    return np.repeat((found > 0)[..., None], 3, axis=2).astype(np.float32)


def _contrast(plane: Floats) -> float:
    """Between what is nearly black and what is nearly white in it."""
    dark, light = np.quantile(plane, (0.01, 0.99))
    return float(light - dark)


def _noise(plane: Floats) -> float:
    """The deviation of Sobel slopes where nothing but noise makes any."""
    blocks = flattest_blocks(plane)
    steps = blocks[:, :, 2:] - blocks[:, :, :-2]
    slopes = steps[:, :-2] + 2 * steps[:, 1:-1] + steps[:, 2:]
    return float(np.median(np.abs(slopes))) * MAD if slopes.size else 0.0
