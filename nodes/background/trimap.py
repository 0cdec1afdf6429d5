"""What is certain of a rough mask, and what is left to find out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Faces

SURE = 0.9
"""A mask that is less sure than this, or than the rest of it, leaves the place open."""

HEAD, CHIN = 1.3, 0.4
"""How far hair may reach from the middle of a face, and how far down, in its widths and heights."""


def trimap(values: Floats, foreground: float, background: float, margin: int) -> Floats:
    """1 where the mask (H, W) is above `foreground`, 0 where it is below `background`, else 0.5.

    Both shrink by a square of `margin` pixels a side, as in rembg; the picture's border does not shrink the
    background.
    """
    import cv2

    square = np.ones((margin, margin), np.uint8)
    sure, away = (np.asarray(part, np.uint8) for part in (values > foreground, values < background))
    if margin > 1:
        sure = cv2.erode(sure, square, borderType=cv2.BORDER_CONSTANT, borderValue=0)
        away = cv2.erode(away, square, borderType=cv2.BORDER_CONSTANT, borderValue=1)
    out = np.full(values.shape, 0.5, np.float32)
    out[np.asarray(sure, bool)], out[np.asarray(away, bool)] = 1.0, 0.0
    return out


def band(values: Floats, inside: float, outside: float) -> Floats:
    """1 and 0 further than so many pixels inside and outside the edge of a mask (H, W), which runs at 0.5; else 0.5.

    Where the mask itself is unsure, neither is certain.
    """
    within = values > 0.5
    sure = (values > SURE) & (_depth(within) > inside)
    away = (values < 1 - SURE) & (_depth(~within) > outside)
    return np.where(sure, 1.0, np.where(away, 0.0, 0.5)).astype(np.float32)


def widened_at_heads(certain: Floats, values: Floats, faces: Faces, hair: float) -> Floats:
    """The trimap (H, W) with nothing certain within `hair` face widths outside the mask's edge, around the heads."""
    out, outwards = certain.copy(), _depth(values <= 0.5)
    y, x = np.ogrid[: values.shape[0], : values.shape[1]]
    for face in faces:
        left, top, right, bottom = face.box
        across = (x - (left + right) / 2) / max(face.width, 1.0)
        down = (y - (top + bottom) / 2) / max(face.height, 1.0)
        around = (np.hypot(across, down) < HEAD) & (down < CHIN)
        out[around & (outwards > 0) & (outwards <= hair * face.width)] = 0.5
    return out


def _depth(marked: NDArray[np.bool_]) -> Floats:
    """How many pixels each marked one lies from the nearest that is not; beyond the border nothing is known."""
    import cv2

    found = cv2.distanceTransform(marked.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(found, np.float32)
