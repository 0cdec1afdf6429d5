"""How sharp a picture is, and the blur that makes another one no sharper."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.models.network import Check
from nodes.pixels.gaussian import gaussian

COARSE = 3.0
"""Pixels. Edges are compared with themselves blurred this much: what a lens leaves, and not how strong they are."""

BLURS = (0.0, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0)
"""Pixels of blur that are tried."""

EDGES = 0.97
"""Quantile of the slopes that counts as edges."""


def crispness(light: Floats, where: NDArray[np.bool_], grain: float) -> float:
    """How sharp the edges of a luma plane (H, W) are where `where` is set: 1 is sharp to the pixel, 0 shows none.

    `grain` is the deviation of its noise, whose slopes do not count.
    """
    if np.count_nonzero(where) < 100:
        return 0.0
    fine, coarse = (float(np.quantile(_slopes(each)[where], EDGES)) for each in (light, gaussian(light, COARSE)))
    # Central differences of white noise have its deviation over the square root of two, in either direction.
    fine = max(fine**2 - grain**2, 0.0) ** 0.5
    return fine / coarse if coarse > 2e-3 else 0.0


def blur_to_match(check: Check, light: Floats, wanted: float, grain: float) -> float:
    """Deviation in pixels of the least blur that makes a backdrop no crisper than wanted."""
    everywhere = np.ones(light.shape, np.bool_)
    for sigma in BLURS:
        check()
        soft = gaussian(light, sigma) if sigma > 0 else light
        if crispness(soft, everywhere, grain if sigma == 0 else 0.0) <= wanted:
            return sigma
    return BLURS[-1]


def _slopes(light: Floats) -> Floats:
    """Length of the gradient, in luma per pixel."""
    down, across = np.gradient(light)
    return np.hypot(down, across).astype(np.float32)
