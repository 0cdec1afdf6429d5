"""What is certain of a rough mask, and what is left to find out."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats


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
