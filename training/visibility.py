"""Which damage can be told by somebody who sees the finished picture only: what grain has drowned teaches nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodes.damage.coverage import blurred
from nodes.kinds.arrays import Floats

Bools = NDArray[np.bool_]

SPOT = 0.7
"""Pixels of blur before a change is measured: about what a lens does to a point, and it calms what JPEG adds."""

FINE, AROUND = 2.0, 25
"""Pixels of blur that leave detail, and pixels a side of the surroundings whose detail is the noise."""

FAINTEST = 0.01
"""Noise, of 0..1, that is always there: the eye does not see a contrast of one grey level on a screen."""

CERTAIN = 6.0
"""Times the noise at which a single pixel is told from chance, and a mark of n pixels at 1 / sqrt(n) of it: the signal
of a matched filter grows so. Rose's criterion (1948) asks five in white noise, and no picture is that plain."""

LEAST = 2.0
"""Times the noise below which no mark is told, however long it is."""

RIM = 0.4
"""The share of a mark's mean change below which a pixel belongs to its soft rim."""

LINKED = 5
"""Pixels a side of the square by which marks grow together, so that a dashed line is judged as one."""


def drowned(before: Floats, after: Floats, mask: Bools) -> Bools:
    """Where the mask holds a change that nobody could tell, from brightnesses (H, W) of 0..1 without and with damage.

    Marks are judged as a whole, by how much they change in units of the noise around them and by their area; in a mark
    that passes, its faint pixels are drowned all the same.
    """
    import cv2

    if not mask.any():
        return mask
    near = cv2.dilate(mask.astype(np.uint8), np.ones((LINKED, LINKED), np.uint8))
    count, names = cv2.connectedComponents(near, connectivity=8, ltype=cv2.CV_32S)
    marks, change = np.asarray(names, np.intp)[mask], (np.abs(blurred(after - before, SPOT)) / _noise(before))[mask]
    area = np.bincount(marks, minlength=count)
    mean = np.bincount(marks, change, minlength=count) / np.maximum(area, 1)
    told = mean >= np.maximum(LEAST, CERTAIN / np.sqrt(np.maximum(area, 1)))
    hidden = np.zeros_like(mask)
    hidden[mask] = ~told[marks] | (change < RIM * mean[marks])
    return hidden


def _noise(light: Floats) -> Floats:
    """How much a picture changes by itself thereabouts."""
    import cv2

    detail = light - blurred(light, FINE)
    # Its running sums may fall a little below nothing.
    texture = np.sqrt(np.maximum(cv2.blur(detail * detail, (AROUND, AROUND)), 0))
    return np.asarray(texture + FAINTEST, np.float32)
