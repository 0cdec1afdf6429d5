"""Which part of an aligned face is pasted back, and how softly it ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodes.faces.align import SIDE
from nodes.kinds.arrays import Floats

OFF = (0, 14, 16, 17, 18)
"""Classes that stay as they are in the photo: background, hat, necklace, neck and cloth."""

BLUR, REACH = 11.0, 50
"""Deviation and reach in pixels of the blur that softens the parsed face, twice, as in GFPGAN's code."""

RIM = 10
"""Pixels along the square's border that are never pasted, as in GFPGAN's code."""

CENTRE, AXES = (256.0, 280.0), (158.0, 206.0)
"""Middle and half axes of the ellipse, in pixels of the square: from the hairline to the chin, without the ears."""


def parsed_cover(classes: NDArray[np.uint8]) -> Floats:
    """0..1 for the parts (512, 512) that belong to the face: skin, features, ears and hair."""
    import cv2

    cover = (~np.isin(classes, OFF)).astype(np.float32)
    for _ in range(2):
        cover = np.asarray(cv2.GaussianBlur(cover, (2 * REACH + 1, 2 * REACH + 1), BLUR), np.float32)
    inner = np.zeros_like(cover)
    inner[RIM:-RIM, RIM:-RIM] = cover[RIM:-RIM, RIM:-RIM]
    return np.clip(inner, 0.0, 1.0)


def ellipse_cover() -> Floats:
    """0..1 (512, 512): an ellipse around the face that fades over a fifth of its size."""
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    distance = np.hypot((x - CENTRE[0]) / AXES[0], (y - CENTRE[1]) / AXES[1])
    # From 0 at the ellipse to 1 well inside, with no corner in between.
    inside = np.clip((1.0 - distance) / 0.3, 0.0, 1.0)
    return (inside * inside * (3.0 - 2.0 * inside)).astype(np.float32)
