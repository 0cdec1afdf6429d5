"""Blend modes: W3C Compositing and Blending Level 1, in the photo's own encoding.

Each takes the base and the top as float32 (H, W, 3) in 0..1 and returns what the top makes of the base, 0..1.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nodes.kinds.arrays import Floats

Mode = Callable[[Floats, Floats], Floats]

LUMINOSITY = np.array([[0.3, 0.59, 0.11]], np.float32)
"""The weights of that recommendation's Lum."""


def _multiply(base: Floats, top: Floats) -> Floats:
    return base * top


def _screen(base: Floats, top: Floats) -> Floats:
    return 1 - (1 - base) * (1 - top)


def _hard_light(base: Floats, top: Floats) -> Floats:
    return np.where(top <= 0.5, _multiply(base, 2 * top), _screen(base, 2 * top - 1))


def _overlay(base: Floats, top: Floats) -> Floats:
    return _hard_light(top, base)


def _soft_light(base: Floats, top: Floats) -> Floats:
    lifted = np.where(base <= 0.25, ((16 * base - 12) * base + 4) * base, np.sqrt(base))
    darker = base - (1 - 2 * top) * base * (1 - base)
    return np.where(top <= 0.5, darker, base + (2 * top - 1) * (lifted - base))


def _difference(base: Floats, top: Floats) -> Floats:
    return np.abs(base - top)


def _add(base: Floats, top: Floats) -> Floats:
    return np.minimum(base + top, 1)


def _subtract(base: Floats, top: Floats) -> Floats:
    return np.maximum(base - top, 0)


def _luminosity(base: Floats, top: Floats) -> Floats:
    return _with_light(base, _light(top))


def _colour(base: Floats, top: Floats) -> Floats:
    return _with_light(top, _light(base))


def _light(pixels: Floats) -> Floats:
    """Lum, (H, W)."""
    import cv2

    return np.asarray(cv2.transform(pixels, LUMINOSITY), np.float32)


def _with_light(pixels: Floats, light: Floats) -> Floats:
    """SetLum and ClipColor: the pixels' hue at this lightness, drawn towards grey where it would leave 0..1."""
    own = _light(pixels)
    apart = [pixels[..., channel] - own for channel in range(3)]
    below = -np.minimum.reduce(apart)
    above = np.maximum.reduce(apart)
    smallest = np.float32(1e-12)
    room = np.minimum(light / np.maximum(below, smallest), (1 - light) / np.maximum(above, smallest))
    np.minimum(room, 1, out=room)
    return np.stack([light + channel * room for channel in apart], axis=2)


MODES: dict[str, Mode] = {
    "normal": lambda _, top: top,
    "multiply": _multiply,
    "screen": _screen,
    "overlay": _overlay,
    "soft-light": _soft_light,
    "hard-light": _hard_light,
    "darken": np.minimum,
    "lighten": np.maximum,
    "difference": _difference,
    "add": _add,
    "subtract": _subtract,
    "luminosity": _luminosity,
    "colour": _colour,
}
