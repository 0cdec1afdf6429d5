"""How near a picture comes to the one it should be: PSNR, SSIM, GMSD, ΔE2000; and how far colours ran over edges.

Pictures are float32 (H, W, 3) in sRGB, 0..1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
from skimage.color import deltaE_ciede2000, rgb2lab
from skimage.metrics import structural_similarity

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma

SIGMA = 1.5
"""Deviation of SSIM's Gaussian, cut off at 11 × 11 pixels: Z. Wang et al., "Image Quality Assessment: From Error
Visibility to Structural Similarity" (2004)."""

STEADY = 170.0
"""The constant of GMSD, for levels of 0..255: W. Xue et al., "Gradient Magnitude Similarity Deviation" (2014)."""

PREWITT = np.array([[1, 0, -1]] * 3, np.float32) / 3

IDENTICAL = 100.0
"""Decibels where nothing differs; pictures of 8 bits that do differ hardly reach 80."""

EDGE = 12.0
"""Change of a* and b* across BESIDE pixels to either side that makes an edge of colour: no shading does as much."""

BESIDE = 3
"""Pixels to either side of such an edge in which colour counts as run over it."""


class Scores(NamedTuple):
    """Of one picture against the truth, or the means of several."""

    psnr: float
    ssim: float
    gmsd: float
    delta_e: float

    def better(self, other: Scores) -> tuple[bool, ...]:
        """Metric by metric: of the last two less is better."""
        return self.psnr > other.psnr, self.ssim > other.ssim, self.gmsd < other.gmsd, self.delta_e < other.delta_e


def scores(picture: Floats, truth: Floats) -> Scores:
    return Scores(psnr(picture, truth), ssim(picture, truth), gmsd(picture, truth), delta_e(picture, truth))


def mean(found: Sequence[Scores]) -> Scores:
    return Scores(*(float(np.mean(each)) for each in zip(*found, strict=True)))


def psnr(picture: Floats, truth: Floats) -> float:
    """Decibels."""
    error = float(np.mean((picture - truth) ** 2, dtype=np.float64))
    return -10 * np.log10(error) if error > 10 ** (-IDENTICAL / 10) else IDENTICAL


def ssim(picture: Floats, truth: Floats) -> float:
    """Structural similarity, mean of the three channels; 1 is the same."""
    options: dict[str, Any] = {"gaussian_weights": True, "sigma": SIGMA, "use_sample_covariance": False}
    found: Any = structural_similarity(picture, truth, channel_axis=2, data_range=1.0, **options)
    return float(found)


def gmsd(picture: Floats, truth: Floats) -> float:
    """Gradient magnitude similarity deviation; 0 is the same. In brightness, at half the size as its authors do."""
    one, other = _slopes(picture), _slopes(truth)
    return float(np.std((2 * one * other + STEADY) / (one**2 + other**2 + STEADY), dtype=np.float64))


def _slopes(picture: Floats) -> Floats:
    levels = luma(picture) * np.float32(255)
    half = cv2.blur(levels, (2, 2), borderType=cv2.BORDER_REPLICATE)[::2, ::2]
    across, down = (cv2.filter2D(half, cv2.CV_32F, kernel) for kernel in (PREWITT, PREWITT.T))
    return np.hypot(across, down)


def delta_e(picture: Floats, truth: Floats) -> float:
    """Mean colour difference CIEDE2000; 1 is just seen where two patches meet."""
    return float(np.mean(deltaE_ciede2000(rgb2lab(picture), rgb2lab(truth))))


def lightness_change(picture: Floats, before: Floats) -> float:
    """Mean difference of L*, 0..100."""
    return float(np.mean(np.abs(rgb2lab(picture)[..., 0] - rgb2lab(before)[..., 0])))


def bleed(picture: Floats, truth: Floats) -> float:
    """Mean error of a* and b* along the truth's edges of colour: what ran over from the other side. 0 without any."""
    tints, wanted = (rgb2lab(each)[..., 1:].astype(np.float32) for each in (picture, truth))
    square = np.ones((2 * BESIDE + 1, 2 * BESIDE + 1), np.uint8)
    spans = [np.subtract(cv2.dilate(plane, square), cv2.erode(plane, square)) for plane in cv2.split(wanted)]
    edges = np.hypot(*spans) > EDGE
    return float(np.mean(np.hypot(*cv2.split(tints - wanted))[edges])) if edges.any() else 0.0
