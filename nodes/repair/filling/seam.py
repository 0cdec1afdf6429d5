"""Tones across the border of what was filled."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.repair.filling.diffusion import membrane
from nodes.repair.filling.holes import Marks

SPREAD = 1 / 32
"""Deviation of the blur, of the longer side: tones are compared, not grain and lines, which a VAE draws anew."""

FURTHEST = 0.12
"""The most a tone is moved. Where more seems to be missing another thing was drawn, not the same in another light."""

SEEN = 1e-3
"""Weight from which a blurred difference means something."""


def evened(made: Floats, pixels: Floats, hole: Marks) -> Floats:
    """What was made for the hole (H, W), in the tones of what surrounds it; both pictures are (H, W, 3) in sRGB.

    A diffusion model draws all of the picture anew, and its VAE often a little lighter, darker or more colourful than
    it was. How far off it is around the hole is carried on smoothly into it, as in P. Pérez et al., "Poisson Image
    Editing" (2003).
    """
    import cv2

    if hole.all() or not hole.any():
        return made
    known = (~hole).astype(np.float32)
    off = np.clip(pixels - made, -FURTHEST, FURTHEST) * known[..., None]
    sigma = max(1.0, max(hole.shape) * SPREAD)
    total, weight = (np.asarray(cv2.GaussianBlur(each, (0, 0), sigma), np.float32) for each in (off, known))
    mean = np.asarray(total.reshape(off.shape) / np.maximum(weight, SEEN)[..., None], np.float32)
    return np.clip(made + membrane(mean, ~hole), 0, 1).astype(np.float32, copy=False)
