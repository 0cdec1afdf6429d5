"""What the colours of a photo are like as a whole."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.context import Context
from nodes.colour.lab import lab_from_srgb
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.profile import convert
from nodes.pixels.resample import resampled

SIDE = 256
"""Pixels of the longer side of what is looked at: grain and dust are averaged away."""

ENDS = 0.02
"""Of the pixels at either end of lightness, that do not count: scanner lid, white paper, burnt-out windows."""

Doubles = NDArray[np.float64]


class Colours(NamedTuple):
    """Of L*, a*, b*."""

    mean: Doubles
    """(3,)."""
    covariance: Doubles
    """(3, 3)."""


def sample(ctx: Context, image: Image) -> Floats:
    """L*, a*, b* (N, 3) of a small copy."""
    scale = min(1.0, SIDE / max(image.height, image.width))
    height, width = (max(1, round(side * scale)) for side in (image.height, image.width))
    small = resampled(ctx, image.pixels, height, width, "area")
    light, tint = lab_from_srgb(convert(small, image.origin.profile, None))
    return np.concatenate([light.reshape(-1, 1), tint.reshape(-1, 2)], axis=1)


def colours(lab: Floats) -> Colours:
    """Of pixels (N, 3), without the darkest and the lightest."""
    low, high = np.quantile(lab[:, 0], (ENDS, 1 - ENDS))
    kept = lab[(lab[:, 0] >= low) & (lab[:, 0] <= high)].astype(np.float64)
    centred = kept - kept.mean(axis=0)
    return Colours(kept.mean(axis=0), centred.T @ centred / len(kept))
