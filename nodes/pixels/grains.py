"""Grain of a given size, from white noise."""

from __future__ import annotations

import math

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.noise import FWHM


def grains_reach(size: float) -> int:
    """Pixels of white noise that are needed around a place for grains of that size."""
    return math.ceil(4 * _blur(size))


def grains(white: Floats, size: float) -> Floats:
    """Noise of deviation 1 whose grains are `size` pixels wide at half their height, from white noise of deviation 1.

    The result is smaller by `grains_reach(size)` on every side. Up to a size of 1 it is the white noise itself.
    """
    import cv2

    blur, reach = _blur(size), grains_reach(size)
    if blur == 0.0:
        return white
    kernel = np.asarray(cv2.getGaussianKernel(2 * reach + 1, blur, cv2.CV_32F))
    soft = np.asarray(cv2.sepFilter2D(white, cv2.CV_32F, kernel, kernel), np.float32)
    # Blurring in two directions leaves the sum of the squared weights of the deviation.
    return soft[reach:-reach, reach:-reach] / np.float32(np.sum(kernel**2))


def _blur(size: float) -> float:
    return size / FWHM if size > 1.0 else 0.0
