"""Keep skin the colour of skin."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import split
from nodes.tone.curve import in_range

HUE = -0.75
"""Radians in the plane of (red − luma, blue − luma): dark skin lies at −0.65, fair at −0.8."""

WIDTH = 0.45
"""Radians to either side at which a hue no longer counts as skin."""

TURN = 0.2
"""Radians, 11°, that skin may turn: less than the way from pink to yellow."""


def likely_skin(tints: Floats) -> Floats:
    """How much the hue of chroma (H, W, 2) is one of skin: (H, W), 0..1."""
    return _likely(_from_skin(tints))


def keep_skin(before: Floats, after: Floats, strength: float) -> Floats:
    """`after` with hues that were skin's in `before` turned back where they went astray; both (H, W, 3)."""
    if strength <= 0.0:
        return after
    import cv2

    _, old = split(before)
    light, new = split(after)
    angle = _from_skin(old)
    turned = _around(_from_skin(new) - angle, 0.0)
    back = (np.clip(turned, -TURN, TURN) - turned) * _likely(angle) * np.float32(strength)
    cosine, sine = cv2.polarToCart(np.ones_like(back), back)
    rotated = np.empty_like(new)
    rotated[..., 0] = new[..., 0] * cosine - new[..., 1] * sine
    rotated[..., 1] = new[..., 0] * sine + new[..., 1] * cosine
    return in_range(light, rotated)


def _likely(angle: Floats) -> Floats:
    return np.asarray(np.clip(1.0 - np.abs(angle) / np.float32(WIDTH), 0.0, 1.0), np.float32)


def _from_skin(tints: Floats) -> Floats:
    """The angle between each hue and that of skin."""
    import cv2

    # cv2.phase is right to 0.3° and many times as fast as arctan2.
    return _around(cv2.phase(tints[..., 0], tints[..., 1]), HUE)


def _around(angle: np.ndarray, middle: float) -> Floats:
    """The angle less `middle`, in −π..π."""
    whole = np.float32(2 * np.pi)
    less = np.asarray(angle, np.float32) - np.float32(middle)
    less -= whole * np.round(less / whole)
    return less
