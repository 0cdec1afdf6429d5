"""What a torn print lacks: the bed that shows inside of its rectangle."""

from __future__ import annotations

import numpy as np

from graph.context import Context
from nodes.geometry.bed import Flags
from nodes.geometry.prints import SPECK, Prints
from nodes.geometry.sides import area
from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma

OFF, TINY = 1.5, 0.001
"""How many times as far from the bed's colour as its own grain a gap may be, and a trifle for beds without grain."""

FLAT = 0.008
"""How much a scanner's bed varies within a few pixels, of 1; paper and skies in old photos have more grain."""

WINDOW = 5
"""Pixels a side of what is looked at together; at a gap's edge it shows both sides."""

WHITE, BLACK = 0.93, 0.08
"""A bed seen through a gap is brighter or darker than these, like the lids of most scanners."""

ALIKE = 0.03
"""How far from the commonest of its colour the bed may be."""

SHARP, AROUND = 0.08, 0.6
"""Step from bed to print, and the share of a gap's outline that has one: mist and skies fade."""

OWN = 0.1
"""Of a gap's size, that may have its colour elsewhere: a picture has no such white or black of its own."""

SHALLOW = 0.05
"""Of the photo, that a gap takes up at most: more is a sky."""

LEAST = 0.0004
"""Of the photo, that is worth filling."""


def beside_print(prints: Prints, index: int = 0) -> Flags:
    """(H, W) of the small scan: where the bed shows inside the rectangle of a print."""
    assert prints.bed is not None, "without a bed there are no prints"  # noqa: S101 - see prints_on
    around = prints.bed.around
    within = area(prints.corners[index], *around.shape)
    far = np.abs(prints.small.pixels - prints.bed.colour).max(axis=2)
    usual = OFF * float(np.median(far[around & ~within])) + TINY
    return _like_bed(_opened(around & within), far, usual)


def _like_bed(flags: Flags, far: Floats, usual: float) -> Flags:
    """Those pieces that are as near to the bed's colour as the bed itself: a night or a sky is only nearly so."""
    import cv2

    count, labels = cv2.connectedComponents(flags.astype(np.uint8), connectivity=8)
    found = np.zeros(flags.shape, np.bool_)
    for label in range(1, count):
        own = labels == label
        if float(np.median(far[own])) <= usual:
            found |= own
    return found


def at_rim(ctx: Context, pixels: Floats) -> Flags:
    """(H, W) of a small photo (H, W, 3) that was cropped already: gaps at its edges that show a white or black bed."""
    import cv2

    light = luma(pixels)
    mean = np.asarray(cv2.blur(light, (WINDOW, WINDOW)), np.float32)
    ctx.check()
    spread = np.sqrt(np.maximum(cv2.blur(light * light, (WINDOW, WINDOW)) - mean * mean, 0.0))
    found = np.zeros(light.shape, np.bool_)
    for side in (light >= WHITE, light <= BLACK):
        flags = side & (spread < 4 * FLAT)
        calm = flags & (spread < FLAT)
        if calm.any():
            near = flags & (np.abs(light - np.median(light[calm])) < ALIKE)
            gaps = _gaps(_opened(near), light)
            if (near & ~gaps).sum() <= OWN * gaps.sum():
                found |= cv2.dilate(gaps.astype(np.uint8), np.ones((WINDOW, WINDOW), np.uint8)) > 0
    return found


def _gaps(flags: Flags, light: Floats) -> Flags:
    """Those pieces that lie at the edge, are shallow and end sharply."""
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(flags.astype(np.uint8), connectivity=8)
    kernel = np.ones((5, 5), np.uint8)
    found = np.zeros(flags.shape, np.bool_)
    height, width = flags.shape
    for label in range(1, count):
        left, top, across, down, area = (int(value) for value in stats[label])
        touches = left <= 1 or top <= 1 or left + across >= width - 1 or top + down >= height - 1
        ring = across >= width - 2 and down >= height - 2
        if not touches or ring or not LEAST <= area / flags.size <= SHALLOW:
            continue
        own = (labels == label).astype(np.uint8)
        beyond = (cv2.dilate(own, kernel, iterations=2) - cv2.dilate(own, kernel)).astype(np.bool_)
        step = np.abs(light[beyond] - np.median(light[own > 0]))
        if step.size and (step > SHARP).mean() >= AROUND:
            found |= own > 0
    return found


def grown(flags: Flags, reach: float) -> Floats:
    """(H, W): 1 there and up to so many pixels away, with an edge of one pixel."""
    import cv2

    away = cv2.distanceTransform((~flags).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return (reach + 1 - np.asarray(away, np.float32)).clip(0.0, 1.0)


def _opened(flags: Flags) -> Flags:
    """Without what is only a line."""
    import cv2

    speck = 2 * max(1, round(SPECK * max(flags.shape) / 2)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (speck, speck))
    # The photo's edge is no edge of a gap.
    wide = cv2.copyMakeBorder(flags.astype(np.uint8), speck, speck, speck, speck, cv2.BORDER_REPLICATE)
    return cv2.morphologyEx(wide, cv2.MORPH_OPEN, kernel)[speck:-speck, speck:-speck] > 0
