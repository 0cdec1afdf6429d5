"""The white border of a print, around the picture on it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.context import Context
from nodes.geometry.bed import bed_of
from nodes.geometry.cut import Box, within
from nodes.geometry.prints import rough_outlines, small_copy
from nodes.geometry.sides import WIDE, area, sides_of
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import luma

BRIGHT = 0.5
"""Paper is brighter, however yellow: a darker frame belongs to the picture."""

WIDEST, WIDEST_BELOW = 0.15, 0.3
"""Parts of the photo's sides that a border takes up at most; instant pictures have a broad one below."""

LEAST, SIDES = 0.007, 3
"""Of the longer side, that a border is wide at least, on that many sides: less is a rest of cropping."""

PLAIN = 0.9
"""Of what lies around the picture, that must be plain paper."""

EDGE = 2
"""Pixels of the small copy that are not looked at: where a print was cut out, a line of the bed may be left."""

BLURRED = 3.0
"""Pixels around the picture's edge that show neither paper nor picture."""

LEVEL = 0.03
"""How far a border may stand askew, as a slope."""


class Frame(NamedTuple):
    """Where the picture lies within its border, in pixels of the photo, and the colour of the paper."""

    left: float
    top: float
    right: float
    bottom: float
    paper: Floats

    def picture(self, image: Image) -> Box:
        """Whole pixels that show nothing of the border."""
        return within(np.ceil(self.left), np.ceil(self.top), np.floor(self.right), np.floor(self.bottom), image)


def frame_of(ctx: Context, image: Image) -> Frame | None:
    """The border around the picture; None where there is none on any side."""
    small = small_copy(ctx, image)
    pixels = small.pixels[EDGE:-EDGE, EDGE:-EDGE]
    height, width = pixels.shape[:2]
    paper = bed_of(ctx, pixels) if min(height, width) >= 32 else None
    if paper is None or float(luma(paper.colour).mean()) < BRIGHT:
        return None
    pieces = rough_outlines(~paper.around)
    if len(pieces) != 1:
        return None
    covered = (~paper.around).astype(np.float32)[..., None]
    sides = sides_of(pixels, sides_of(covered, pieces[0], WIDE, right_angled=True).corners, right_angled=True)
    if (sides.straight < 0.5).sum() > 1:
        return None
    away = sides.corners - sides.corners.mean(axis=0)
    if paper.around[~area(sides.corners + np.sign(away) * BLURRED, height, width)].mean() < PLAIN:
        return None
    return _checked(small.full(sides.corners + EDGE) + 0.5, image, np.median(paper.colour, axis=(0, 1)))


def _checked(corners: np.ndarray, image: Image, paper: Floats) -> Frame | None:
    """The upright rectangle inside of the four corners, if the rest can be a border."""
    x, y = corners[:, 0], corners[:, 1]
    left, top, right, bottom = max(x[0], x[3]), max(y[0], y[1]), min(x[1], x[2]), min(y[2], y[3])
    askew = abs(y[1] - y[0]) / max(1.0, x[1] - x[0])
    across, down = image.width * WIDEST, image.height * WIDEST
    narrow = left <= across and image.width - right <= across
    low = top <= down and image.height - bottom <= image.height * WIDEST_BELOW
    margins = np.array([left, top, image.width - right, image.height - bottom])
    wide = (margins >= LEAST * max(image.height, image.width)).sum() >= SIDES
    if not (narrow and low and wide and askew <= LEVEL):
        return None
    return Frame(max(0.0, left), max(0.0, top), min(right, image.width), min(bottom, image.height), paper)
