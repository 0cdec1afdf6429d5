"""The photo's grain on what a network has made smooth."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma
from nodes.pixels.grains import grains, grains_reach
from nodes.pixels.noise import LARGEST, SAMPLE, estimate_grain

SIDE = 512
"""Pixels after which the drawn grain repeats: nobody sees that in noise."""

AROUND = 256
"""Pixels a side of the part in which grain is measured, at least."""


class Regrain:
    """Grain like that of a photo (H, W, 3) around one face, to put where the photo has been covered."""

    def __init__(self, photo: Floats, place: tuple[slice, slice], amount: float, seed: int) -> None:
        rows, columns = (_widened(part, side) for part, side in zip(place, photo.shape[:2], strict=True))
        found = estimate_grain(luma(photo[rows, columns])) if amount > 0 else None
        self.sigma = found.sigma * amount if found else 0.0
        self.texture = _texture(min(found.size, LARGEST), seed) if found and self.sigma > 0 else None

    def of(self, rows: slice, columns: slice, cover: Floats) -> Floats | float:
        """What to add at that place of the photo, where `cover` (0..1) of it is no longer the photo."""
        if self.texture is None:
            return 0.0
        y, x = (np.arange(part.start, part.stop) % SIDE for part in (rows, columns))
        # What is left of the photo has its own grain; both together have the variance of the whole.
        missing = np.sqrt(np.maximum(0.0, 1.0 - (1.0 - cover) ** 2))
        return (np.float32(self.sigma) * missing * self.texture[np.ix_(y, x)]).astype(np.float32)


def lost_grain(photo: Floats, face: Floats) -> float:
    """How much of the grain (0..1) that the photo's aligned face (512, 512, 3) has is gone in the restored one."""
    before, after = (estimate_grain(luma(each)).sigma for each in (photo, face))
    return max(0.0, 1.0 - (after / before) ** 2) ** 0.5 if before > 0 else 0.0


def _widened(part: slice, side: int) -> slice:
    middle, length = (part.start + part.stop) // 2, min(max(part.stop - part.start, AROUND), SAMPLE)
    start = min(max(0, middle - length // 2), max(0, side - length))
    return slice(start, min(side, start + length))


def _texture(size: float, seed: int) -> Floats:
    """Noise of deviation 1 whose grains are `size` pixels wide, (512, 512), continued by itself on every side."""
    white = np.random.default_rng(seed).standard_normal((SIDE, SIDE), dtype=np.float32)
    return grains(np.pad(white, grains_reach(size), mode="wrap"), size)
