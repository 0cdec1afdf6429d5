"""The colours of a restored face brought back to those of the photo: face networks shift them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import merge, split
from nodes.pixels.gaussian import gaussian

BLUR = 12.0
"""Pixels of the 512: what is finer is what the network was asked to change."""

SMALLER = 4
"""How much smaller the faces are looked at: nothing as coarse as that blur is lost."""

CONTRAST = (0.6, 1.6)
"""How much the contrast of a face may be changed: beyond, one of the two shows something else."""

VIVIDNESS = 1.25
"""How much livelier colours may get; they may get as pale as the photo, down to none."""

FEW = 64.0
"""Pixels of the 512 that must count."""


class Tones(NamedTuple):
    """What a face looks like from afar."""

    light: float
    contrast: float
    tint: Floats
    """Mean chroma (2,)."""
    slope: Floats
    """How much chroma changes with light (2,): a toned photo has no other."""
    spread: Floats
    """Deviation of chroma from that (2,)."""


def matched(face: Floats, photo: Floats, weight: Floats, amount: float) -> Floats:
    """The restored face (512, 512, 3) in the tones of the photo's (512, 512, 3), both sRGB.

    Light, contrast, tint and vividness are measured on both where `weight` (512, 512) counts, blurred, and what
    differs is taken over by `amount` (0..1). Detail stays. E. Reinhard et al., "Color Transfer between Images" (2001),
    with colour measured around its dependence on light, so that a sepia print keeps its toning.
    """
    if amount <= 0 or float(weight.sum()) < FEW:
        return face
    have, want = _tones(face, weight), _tones(photo, weight)
    light, chroma = split(face)
    gain = np.clip(want.contrast / max(have.contrast, 1e-6), *CONTRAST) if have.contrast > 0 else 1.0
    deviation = light - have.light
    other = chroma - have.tint - have.slope * deviation[..., None]
    vivid = np.clip(want.spread / np.maximum(have.spread, 1e-6), 0.0, VIVIDNESS)
    tinted = want.tint + want.slope * (deviation * gain)[..., None] + vivid * other
    moved = merge((want.light + gain * deviation).astype(np.float32), tinted.astype(np.float32))
    return np.clip(face + np.float32(amount) * (moved - face), 0.0, 1.0).astype(np.float32, copy=False)


def _tones(face: Floats, weight: Floats) -> Tones:
    # Blurred with the weight, so that what lies outside it does not bleed in.
    seen = _afar(face * weight[..., None])
    weight = _afar(weight)
    light, chroma = split((seen / np.maximum(weight, 1e-4)[..., None]).astype(np.float32, copy=False))
    share = weight / weight.sum()
    mean, tint = float(np.sum(share * light)), np.sum(share[..., None] * chroma, axis=(0, 1))
    deviation = light - mean
    power = float(np.sum(share * deviation**2))
    slope = np.sum((share * deviation)[..., None] * chroma, axis=(0, 1)) / max(power, 1e-6)
    rest = chroma - tint - slope * deviation[..., None]
    return Tones(mean, power**0.5, tint, slope, np.sqrt(np.sum(share[..., None] * rest**2, axis=(0, 1))))


def _afar(values: Floats) -> Floats:
    """Blurred, at a quarter of the size."""
    import cv2

    small = cv2.resize(values, None, fx=1 / SMALLER, fy=1 / SMALLER, interpolation=cv2.INTER_AREA)
    return gaussian(np.asarray(small, np.float32), BLUR / SMALLER)
