"""Black, white, cast and vividness of a picture, and how a backdrop gets those of the subject."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import merge, split

ENDS = 0.02
"""Of the pixels at either end that may lie beyond black and white."""

CAST = 0.08
"""Chroma. What black and white may differ by is a cast of the print; beyond, it is a red coat."""

VIVID = (0.4, 1.15)
"""How much paler and livelier a backdrop's colours may get."""

FADED = (0.25, 0.7)
"""Black and white of a badly faded print. A subject without darker and lighter parts is one in a white dress."""

FLAT = 0.02
"""A picture that spans less has no tones to compare."""


class Tones(NamedTuple):
    """Ends of a picture's tones: black and white as luma, their chroma (2,) each, and how vivid its colours are."""

    black: float
    white: float
    shade: Floats
    light: Floats
    vivid: float


def tones(pixels: Floats) -> Tones:
    """Of pixels (N, 3), at least one."""
    light, chroma = (each[0] for each in split(pixels[None]))
    black, white = (float(value) for value in np.quantile(light, (ENDS, 1 - ENDS)))
    shade, bright = (np.median(chroma[where], axis=0) for where in (light <= black, light >= white))
    vivid = float(np.median(np.hypot(*(chroma - np.median(chroma, axis=0)).T)))
    return Tones(black, white, shade.astype(np.float32), bright.astype(np.float32), vivid)


def brought(pixels: Floats, have: Tones, want: Tones, tone: float, colour: float) -> Floats:
    """A backdrop's pixels (H, W, 3) with the tones it has brought to those wanted, by `tone` and `colour` 0..1.

    It is darkened, lightened and made flatter until it spans no more than the subject; it is not stretched. Colours
    get the cast that the subject's black and white have, and are made as pale as the subject's.
    """
    light, chroma = split(pixels)
    black, white = _fitted(have, want)
    span = max(have.white - have.black, FLAT)
    place = (light - have.black) / span
    moved = light + np.float32(tone) * (black + place * (white - black) - light)
    at = np.clip(place, 0, 1)[..., None]
    cast = [np.clip(target - own, -CAST, CAST) for target, own in ((want.shade, have.shade), (want.light, have.light))]
    vivid = np.clip(want.vivid / max(have.vivid, 1e-3), *VIVID) if have.vivid > 1e-3 else 1.0
    other = chroma * np.float32(vivid) + cast[0] + at * (cast[1] - cast[0])
    tinted = np.asarray(chroma + np.float32(colour) * (other - chroma), np.float32)
    return np.clip(merge(np.asarray(moved, np.float32), tinted), 0, 1)


def _fitted(have: Tones, want: Tones) -> tuple[float, float]:
    """Black and white of the backdrop afterwards: within the subject's, and apart no further than they were."""
    low, high = min(want.black, FADED[0]), max(want.white, FADED[1])
    span = min(have.white - have.black, high - low)
    middle = np.clip((have.black + have.white) / 2, low + span / 2, high - span / 2)
    return float(middle - span / 2), float(middle + span / 2)
