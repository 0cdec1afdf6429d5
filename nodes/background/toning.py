"""The tone of a black-and-white print: neutral, sepia, or whatever it has turned to.

nodes.pixels.toning judges whole photos. Of a subject alone, who may be skin and a black coat and nothing else, it
says one tone where there are colours; here every pixel has to keep to the tone.
"""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma, merge, split

STEPS = 16
"""Levels of brightness between which the tone is interpolated."""

STRAY = 0.035
"""Chroma that a print of one tone may have besides it, at the ninth decile: JPEG and stains leave that much."""


class Toning:
    """What colour each brightness has in a print of one tone."""

    def __init__(self, light: Floats, chroma: Floats) -> None:
        """Measured on pixels (N,) and (N, 2)."""
        places = np.clip((light * STEPS).astype(np.intp), 0, STEPS - 1)
        counts = np.bincount(places, minlength=STEPS)
        known = counts > 0
        sums = [np.bincount(places, chroma[:, side], STEPS) for side in range(2)]
        self._levels = (np.flatnonzero(known) + 0.5) / STEPS
        self._chroma = [total[known] / counts[known] for total in sums]

    def at(self, light: Floats) -> Floats:
        """The chroma (…, 2) of each brightness."""
        found = [np.interp(light, self._levels, each) for each in self._chroma]
        return np.stack(found, axis=-1).astype(np.float32)

    def of(self, pixels: Floats) -> Floats:
        """The pixels (H, W, 3) in that tone, as bright as they were."""
        light = luma(pixels)
        return np.clip(merge(light, self.at(light)), 0, 1)


def toning(pixels: Floats) -> Toning | None:
    """The tone of the pixels (N, 3); None if there are none, or they have several colours."""
    if not len(pixels):
        return None
    light, chroma = (each[0] for each in split(pixels[None]))
    found = Toning(light, chroma)
    stray = np.abs(chroma - found.at(light)).max(axis=-1)
    return found if np.quantile(stray, 0.9) <= STRAY else None
