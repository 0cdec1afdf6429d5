"""Subject over backdrop."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import linear_from_srgb, srgb_from_linear


class Replaced(NamedTuple):
    """A picture with a new background, and that background alone."""

    image: Image
    backdrop: Image


def over(subject: Floats, backdrop: Floats, alpha: Floats) -> Floats:
    """The subject (H, W, 3) before the backdrop (H, W, 3), where alpha (H, W) of it covers each pixel.

    T. Porter and T. Duff, "Compositing Digital Images" (1984), in linear light, as a lens mixes them: mixed in encoded
    values, hair before a bright wall gets a dark rim. The sRGB curve stands for that of any profile. Where alpha is 1
    or 0, pixels stay what they are to the last bit.
    """
    share = alpha[..., None]
    out = np.where(share == 1, subject, backdrop)
    mixed = (alpha > 0) & (alpha < 1)
    if mixed.any():
        light, behind, part = linear_from_srgb(subject[mixed]), linear_from_srgb(backdrop[mixed]), share[mixed]
        light = np.asarray(behind + part * (light - behind), np.float32)
        out[mixed] = np.clip(srgb_from_linear(light), 0, 1)
    return out


def exchanged(pixels: Floats, backdrop: Floats, other: Floats, alpha: Floats) -> Floats:
    """What `over` would have made with the `other` backdrop, from what it made with this one."""
    share = alpha[..., None]
    out = np.where(share == 1, pixels, other)
    mixed = (alpha > 0) & (alpha < 1)
    if mixed.any():
        change = linear_from_srgb(other[mixed]) - linear_from_srgb(backdrop[mixed])
        light = linear_from_srgb(pixels[mixed]) + (1 - share[mixed]) * change
        out[mixed] = srgb_from_linear(np.clip(light, 0, 1, dtype=np.float32))
    return out
