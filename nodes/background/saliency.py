"""What stands out in a picture, without any network."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats

SEEN = 64
"""Pixels a side for the spectral residual, as in its paper."""

FLAT = 2 / 255
"""A picture that spans less shows nothing."""

BORDER = 0.06
"""Width, in parts of the shorter side, of the frame that shows what the background looks like."""

CENTRE = 0.35
"""Deviation of the centre prior, in parts of each side: people point cameras at what they mean."""


def saliency(pixels: Floats) -> Floats:
    """How much each place of an sRGB picture (H, W, 3) stands out: (H, W) in 0..1, 0 where nothing does.

    How unlike the frame its colour is, and how unusual its detail, both weighted towards the middle.
    """
    if np.ptp(pixels) < FLAT:
        return np.zeros(pixels.shape[:2], np.float32)
    unlike, unusual = (_stretched(found) for found in (_unlike_the_frame(pixels), _spectral_residual(pixels)))
    height, width = pixels.shape[:2]
    down = np.linspace(-0.5, 0.5, height)[:, None] / CENTRE
    across = np.linspace(-0.5, 0.5, width)[None, :] / CENTRE
    centre = np.exp(-0.5 * (down**2 + across**2))
    return _stretched((centre * (0.7 * unlike + 0.3 * unusual)).astype(np.float32))


def _unlike_the_frame(pixels: Floats) -> Floats:
    """Mahalanobis distance from the colours along the border, the lower side left out: there the subject stands."""
    import cv2

    lab = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2Lab), np.float32)
    width = max(1, round(BORDER * min(lab.shape[:2])))
    sides = [lab[:width], lab[:, :width], lab[:, -width:]]
    found = np.full(lab.shape[:2], np.inf, np.float32)
    for side in sides:
        # Each side has its own colours: sky above, a wall at the left.
        colours = side.reshape(-1, 3)
        spread = np.atleast_2d(np.cov(colours.T)) if len(colours) > 1 else np.zeros((3, 3))
        apart = lab - colours.mean(axis=0)
        inverse = np.linalg.inv(spread + 4.0 * np.eye(3))
        found = np.minimum(found, np.einsum("yxc,cd,yxd->yx", apart, inverse, apart))
    return np.sqrt(np.maximum(found, 0)).astype(np.float32)


def _spectral_residual(pixels: Floats) -> Floats:
    """X. Hou and L. Zhang, "Saliency Detection: A Spectral Residual Approach" (2007)."""
    import cv2

    grey = cv2.resize(pixels.mean(axis=2), (SEEN, SEEN), interpolation=cv2.INTER_AREA)
    spectrum = np.fft.fft2(grey)
    strength = np.log(np.abs(spectrum) + 1e-6).astype(np.float32)
    residual = strength - np.asarray(cv2.blur(strength, (3, 3)))
    found = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
    smooth = cv2.GaussianBlur(found.astype(np.float32), (0, 0), 2.5)
    large = cv2.resize(smooth, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(large, np.float32)


def _stretched(values: Floats) -> Floats:
    """To 0..1, a hundredth of the brightest cut off; all 0 where nothing differs."""
    low, high = float(values.min()), float(np.quantile(values, 0.99))
    if high - low < 1e-6:
        return np.zeros_like(values)
    return np.clip((values - low) / (high - low), 0, 1).astype(np.float32)
