"""Two pictures of a face made equally sharp, so that sharpness is not taken for another person."""

from __future__ import annotations

import numpy as np

from nodes.faces.align import SIDE
from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma
from nodes.pixels.gaussian import gaussian

SIGMAS = (0.0, 1.5, 3.0, 4.5, 6.0, 8.0, 10.0)
"""Deviations of the blurs tried, in pixels of the 512: the last turns a sharp face into one 26 pixels wide."""

SMALLER = 4
"""How much smaller they are compared."""

LEAST = 0.5
"""Deviation of a blur, in pixels of that, against the finest noise."""

NOTHING = 1e-9
"""Power that is none: keeps a flat picture finite."""


def equally_sharp(first: Floats, second: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Both aligned faces (512, 512, 3), the sharper one blurred until both show as much detail where `weight` counts.

    The distance of face vectors between a face and its blurred self was 0.42 at 40 pixels across, and 0.28 so. The
    blur goes by the amount of detail, not by where it lies: two people agree best where nothing is left of either.
    """
    one, other, weight = _small(luma(first)), _small(luma(second)), _small(weight)
    if _detail(one, weight) > _detail(other, weight):
        sigma = _blur(one, other, weight)
        return (gaussian(first, sigma), second) if sigma else (first, second)
    sigma = _blur(other, one, weight)
    return (first, gaussian(second, sigma)) if sigma else (first, second)


def _blur(sharp: Floats, soft: Floats, weight: Floats) -> float:
    """The deviation that makes them equal."""
    wanted = _detail(soft, weight)
    found = [_detail(gaussian(sharp, sigma / SMALLER) if sigma else sharp, weight) for sigma in SIGMAS]
    return min(zip(SIGMAS, found, strict=True), key=lambda each: abs(np.log(each[1] / wanted)))[0]


def _detail(small: Floats, weight: Floats) -> float:
    """The power of the slopes, of that of the whole: neither light nor contrast changes it."""
    share = weight / weight.sum()
    seen = gaussian(small, LEAST)
    across, down = np.diff(seen, axis=1)[:-1], np.diff(seen, axis=0)[:, :-1]
    slopes = float(np.sum(share[:-1, :-1] * (across**2 + down**2)))
    return (slopes + NOTHING) / (float(np.sum(share * (small - np.sum(share * small)) ** 2)) + NOTHING)


def _small(values: Floats) -> Floats:
    import cv2

    size = (SIDE // SMALLER, SIDE // SMALLER)
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
