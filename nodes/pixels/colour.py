"""Luma, chroma and the sRGB curve."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats

RED, GREEN, BLUE = 0.2126, 0.7152, 0.0722
"""Luma coefficients of ITU-R BT.709-6, applied to the encoded values as that standard does."""

ROWS = 256
"""Rows looked at together, so that a photo mapped from a file is never pulled in whole."""


def luma(pixels: Floats) -> Floats:
    """Y' of BT.709 as (H, W), 0..1 for (H, W, 3) in 0..1. Grey pixels keep their value to the last bit."""
    green = pixels[..., 1]
    # Written as green plus differences, which vanish on grey: a plain weighted sum would round.
    weighted = green + RED * (pixels[..., 0] - green) + BLUE * (pixels[..., 2] - green)
    return np.clip(weighted, 0.0, 1.0).astype(np.float32, copy=False)


def split(pixels: Floats) -> tuple[Floats, Floats]:
    """Luma (H, W) and chroma (H, W, 2): red minus luma and blue minus luma, both 0 on grey."""
    light = luma(pixels)
    return light, pixels[..., ::2] - light[..., None]


def merge(light: Floats, chroma: Floats) -> Floats:
    """The pixels that `split` took apart, not clipped: exact on grey, elsewhere to float32 rounding."""
    result = np.empty((*light.shape, 3), np.float32)
    result[..., ::2] = light[..., None] + chroma
    result[..., 1] = light - (RED / GREEN) * chroma[..., 0] - (BLUE / GREEN) * chroma[..., 1]
    return result


def is_grey(pixels: Floats, tolerance: float = 0.0) -> bool:
    """True where no pixel's channels differ by more than `tolerance`."""
    for start in range(0, pixels.shape[0], ROWS):
        rows = pixels[start : start + ROWS]
        green = rows[..., 1]
        if max(float(np.abs(rows[..., side] - green).max()) for side in (0, 2)) > tolerance:
            return False
    return True


def linear_from_srgb(encoded: Floats) -> Floats:
    """Linear light from sRGB values (IEC 61966-2-1), both 0..1, any shape."""
    # The power of a negative base would be NaN even where the other branch is taken.
    curve = ((np.maximum(encoded, 0.0) + np.float32(0.055)) / np.float32(1.055)) ** np.float32(2.4)
    return np.where(encoded <= 0.04045, encoded / np.float32(12.92), curve).astype(np.float32)


def srgb_from_linear(linear: Floats) -> Floats:
    """The sRGB encoding of linear light (IEC 61966-2-1), both 0..1, any shape."""
    curve = np.float32(1.055) * np.maximum(linear, 0.0) ** np.float32(1 / 2.4) - np.float32(0.055)
    return np.where(linear <= 0.0031308, linear * np.float32(12.92), curve).astype(np.float32)


def srgb_from_hex(colour: str) -> Floats:
    """Red, green and blue (3,), 0..1, of a colour written #rrggbb."""
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], np.float32) / np.float32(255)
