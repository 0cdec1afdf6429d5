"""A smooth skin over holes of any width."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats

SOLID = 1e-4
"""Weight from which a pixel of the pyramid counts as seen; below it lies only rounding."""


def membrane(pixels: Floats, known: NDArray[np.bool_]) -> Floats:
    """The pixels (H, W, C) with those that are not known replaced by a smooth surface through the known ones.

    Pull and push of S. Gortler et al., "The Lumigraph" (1996): weighted means at ever smaller sizes, then the gaps of
    each size filled from the next smaller one. The cost does not depend on the width of the holes. Where nothing at
    all is known the result is 0.
    """
    weight = known.astype(np.float32)
    filled = _pushed(pixels * weight[..., None], weight)
    return np.where(known[..., None], pixels, filled).astype(np.float32, copy=False)


def _pushed(total: Floats, weight: Floats) -> Floats:
    """Values where the weight is 1, and blends with coarser ones where it is less; `total` is value times weight."""
    import cv2

    height, width = weight.shape
    if weight.min() >= 1.0 or max(height, width) < 2:
        return (total / np.maximum(weight, SOLID)[..., None]).astype(np.float32, copy=False)
    small_total, small_weight = np.asarray(cv2.pyrDown(total), np.float32), np.asarray(cv2.pyrDown(weight), np.float32)
    small_total = small_total.reshape(*small_weight.shape, total.shape[2])
    # A coarse pixel that saw anything knows enough; it is renormalised so that it counts in full.
    seen = np.minimum(1.0, 4.0 * small_weight)
    scale = np.where(small_weight > SOLID, seen / np.maximum(small_weight, SOLID), 0.0)
    coarse = _pushed(small_total * scale[..., None], seen * (small_weight > SOLID))
    back = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    return (total + (1.0 - weight)[..., None] * back.reshape(total.shape)).astype(np.float32, copy=False)
