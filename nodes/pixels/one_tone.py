"""The colour of each brightness in a print of one tone."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma, merge

STEPS = 16
"""Levels of brightness between which the tone is interpolated."""


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
