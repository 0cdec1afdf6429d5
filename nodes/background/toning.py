"""The tone of a black-and-white print: neutral, sepia, or whatever it has turned to.

nodes.pixels.toning judges whole photos. Of a subject alone, who may be skin and a black coat and nothing else, it
says one tone where there are colours; here every pixel has to keep to the tone.
"""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import split
from nodes.pixels.one_tone import Toning

STRAY = 0.035
"""Chroma that a print of one tone may have besides it, at the ninth decile: JPEG and stains leave that much."""


def toning(pixels: Floats) -> Toning | None:
    """The tone of the pixels (N, 3); None if there are none, or they have several colours."""
    if not len(pixels):
        return None
    light, chroma = (each[0] for each in split(pixels[None]))
    found = Toning(light, chroma)
    stray = np.abs(chroma - found.at(light)).max(axis=-1)
    return found if np.quantile(stray, 0.9) <= STRAY else None
