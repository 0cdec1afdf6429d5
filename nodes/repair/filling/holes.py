"""What is damaged in a part of a picture."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.bool_]


class Holes(NamedTuple):
    """Three marks of the same (H, W)."""

    hole: Marks
    """All damage with its rim: nothing is copied from there."""
    filled: Marks
    """What of it has been filled before: known, as the sound picture is."""
    wanted: Marks
    """What of it is to be filled now."""

    @property
    def known(self) -> Marks:
        return ~self.hole | self.filled


def widened(marks: Marks, by: float) -> Marks:
    """The marks and all within `by` pixels of them."""
    import cv2

    if not marks.any():
        return marks
    # Half a pixel more, so that 1 takes the corners along.
    distance = np.asarray(cv2.distanceTransform((~marks).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE))
    return distance < by + 0.5
