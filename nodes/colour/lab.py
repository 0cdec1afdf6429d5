"""CIE L*a*b* of sRGB pixels and back, so that lightness survives whatever the colours are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import linear_from_srgb, srgb_from_linear

XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
"""Linear sRGB to CIE XYZ (IEC 61966-2-1)."""

FROM_RGB = XYZ / XYZ.sum(axis=1, keepdims=True)
"""The same in relation to white, so that grey has three equal values."""
TO_RGB = np.linalg.inv(FROM_RGB)

EDGE = 6 / 29
"""CIE 15:2004: where the cube root passes into its tangent."""


def lightness(linear: Floats) -> Floats:
    """L* (H, W), 0..100, of linear sRGB (H, W, 3) in 0..1."""
    return 116 * _root(_mixed(linear, FROM_RGB[1:2])) - 16


def lab_from_srgb(pixels: Floats) -> tuple[Floats, Floats]:
    """L* (H, W) and a*, b* (H, W, 2) of sRGB pixels (H, W, 3) in 0..1."""
    roots = _root(_mixed(linear_from_srgb(pixels), FROM_RGB))
    x, y, z = roots[..., 0], roots[..., 1], roots[..., 2]
    return 116 * y - 16, np.stack([500 * (x - y), 200 * (y - z)], axis=-1)


def srgb_from_lab(light: Floats, tint: Floats) -> Floats:
    """Pixels in sRGB (H, W, 3), 0..1, of L* (H, W), 0..100, and a*, b* (H, W, 2).

    A colour that sRGB does not have is mixed with the grey of the same lightness, just as far as needed: its
    lightness is kept, where clipping channels would change both lightness and hue.
    """
    middle = ((light + 16) / 116).astype(np.float32)
    roots = np.empty((*light.shape, 3), np.float32)
    roots[..., 0], roots[..., 1], roots[..., 2] = middle + tint[..., 0] / 500, middle, middle - tint[..., 1] / 200
    linear = _mixed(_power(roots), TO_RGB)
    grey = _power(middle)[..., None]
    return srgb_from_linear((grey + (linear - grey) * _share(linear, grey)).clip(0, 1))


def _share(linear: Floats, grey: Floats) -> Floats:
    """How much (H, W, 1), 0..1, of the way from grey to the colour stays within 0..1 in every channel."""
    away = linear - grey
    room = np.where(away > 0, 1 - grey, grey).clip(0, 1)
    # A channel that does not leave grey has all the room there is.
    share = room / np.maximum(np.abs(away), 1e-9)
    least = np.minimum(np.minimum(share[..., 0], share[..., 1]), share[..., 2])
    return least.clip(0, 1)[..., None]


def _mixed(values: Floats, matrix: NDArray[np.float64]) -> Floats:
    """The matrix (k, 3) times each pixel of (H, W, 3): (H, W, k), or (H, W) where k is 1."""
    import cv2

    # OpenCV: numpy's product of so narrow a matrix is ten times slower.
    return np.asarray(cv2.transform(values, matrix), np.float32)


def _root(values: Floats) -> Floats:
    return np.where(values > EDGE**3, np.cbrt(values), values / (3 * EDGE**2) + 4 / 29).astype(np.float32)


def _power(roots: Floats) -> Floats:
    return np.where(roots > EDGE, roots * roots * roots, 3 * EDGE**2 * (roots - 4 / 29)).astype(np.float32)
