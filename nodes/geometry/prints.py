"""The prints that lie on a scanner's bed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.context import Context
from nodes.geometry.bed import Bed, Flags, bed_of
from nodes.geometry.sides import WIDE, Numbers, beside, lengths, sides_of
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.profile import convert
from nodes.pixels.resample import resampled

SEEN = 1280
"""Pixels of the longer side of the copy that is looked at; a side is found to a tenth of its pixels."""

SPECK = 1 / 240
"""Of the longer side, that hairs and crumbs are wide at most."""

SMALLEST = 0.05
"""Of the longer side, that a print measures at least."""

LONGEST = 6.0
"""Times that a print is as long as it is wide, at most: a panorama."""

FILLED = 0.7
"""Of its rectangle, that a print with a torn corner still fills. An oval fills 0.79, but has no straight sides."""

QUADRANGLE = (0.01, 0.015, 0.02, 0.03, 0.04, 0.06)
"""Of an outline's length, by how much its simplification may differ, until four corners are left."""

BESIDE = 8
"""Pixels of bed that are put around the scan."""

STRAIGHT_SIDES = 3
"""That a print has at least: one may be torn off all along."""

WHOLE = 0.985
"""Of the picture: what fills it so far needs no cropping."""

NARROW = 0.06
"""Parts of the picture's sides: so little around an upright print may be its own border, and is left to it."""

BORDER, EVEN = 0.12, 0.25
"""And up to so wide, if it is so even."""

OUT, OPEN, SHOWN = 0.02, 0.75, 0.35
"""Parts of the longest side outside of a print, beyond its shadow, where bed must be seen: in that share of the places
that lie on the scan, which must be that share of all."""


@dataclass(frozen=True, slots=True)
class Small:
    """A photo in the size that is looked at, in sRGB."""

    pixels: Floats
    scale: float
    """Pixels of the photo for one of these."""

    def full(self, corners: Numbers) -> Numbers:
        """Places on the photo; pixel centres lie at whole numbers on both."""
        return (corners + 0.5) * self.scale - 0.5


@dataclass(frozen=True, slots=True)
class Prints:
    """What was found on a small scan."""

    small: Small
    bed: Bed | None
    corners: tuple[Numbers, ...]
    """Of each print in reading order, (4, 2) in pixels of the small scan, clockwise from the top left."""


def small_copy(ctx: Context, image: Image, longer: int = SEEN) -> Small:
    """The photo shrunk until its longer side has that many pixels."""
    scale = max(1.0, max(image.height, image.width) / longer)
    height, width = (max(1, round(side / scale)) for side in (image.height, image.width))
    pixels = resampled(ctx, image.pixels, height, width, "area")
    return Small(convert(pixels, image.origin.profile, None), max(image.height, image.width) / max(height, width))


def prints_on(ctx: Context, image: Image, *, right_angled: bool = True) -> Prints:
    """Every print on a scan; none where the photo is no scan, or was cropped before."""
    small = small_copy(ctx, image)
    bed = bed_of(ctx, small.pixels) if min(small.pixels.shape[:2]) >= 32 else None
    if bed is None:
        return Prints(small, None, ())
    found: list[Numbers] = []
    covered, seen = _with_bed(np.zeros(1), ~bed.around), _with_bed(np.median(bed.colour, axis=(0, 1)), small.pixels)
    for around in rough_outlines(~bed.around, right_angled=right_angled):
        ctx.check()
        rough = sides_of(covered, around + BESIDE, WIDE, right_angled=right_angled).corners
        sides = sides_of(seen, rough, right_angled=right_angled)
        corners = sides.corners - BESIDE
        if (sides.straight > 0.5).sum() >= STRAIGHT_SIDES and _plausible(corners, bed):
            found.append(corners)
    if len(found) == 1 and (_whole(found[0], bed) or _is_border(found[0], bed)):
        found = []
    return Prints(small, bed, tuple(_in_reading_order(found)))


def _with_bed(colour: Numbers | Floats, values: Floats | Flags) -> Floats:
    """(H, W, C): the scan with more bed around it, so that a print which the glass cuts off has an edge there."""
    import cv2

    wide = (BESIDE, BESIDE, BESIDE, BESIDE)
    grown = cv2.copyMakeBorder(values.astype(np.float32), *wide, cv2.BORDER_CONSTANT, value=colour.tolist())
    return np.asarray(grown, np.float32).reshape(*grown.shape[:2], -1)


def rough_outlines(flags: Flags, *, right_angled: bool = True) -> list[Numbers]:
    """The rough corners of whatever lies on the bed and is large and rectangular enough."""
    import cv2

    longer = max(flags.shape)
    speck = 2 * max(1, round(SPECK * longer / 2)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (speck, speck))
    clean = cv2.morphologyEx(np.pad(flags, speck).astype(np.uint8), cv2.MORPH_OPEN, kernel)[speck:-speck, speck:-speck]
    outlines, _ = cv2.findContours(clean, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    large = [outline for outline in outlines if len(outline) > SMALLEST * longer]
    hulls = _merged([np.asarray(cv2.convexHull(outline), np.float32) for outline in large])
    found: list[Numbers] = []
    for hull in hulls:
        rectangle = cv2.minAreaRect(hull)
        corners = np.asarray(cv2.boxPoints(rectangle), np.float32)
        if not right_angled:
            corners = _quadrangle(hull, corners)
        if min(rectangle[1]) >= SMALLEST * longer and cv2.contourArea(hull) >= FILLED * cv2.contourArea(corners):
            found.append(clockwise(corners.astype(np.float64)))
    return found


def _quadrangle(hull: Floats, otherwise: Floats) -> Floats:
    """The outline with all but its four main corners left out."""
    import cv2

    for share in QUADRANGLE:
        corners = cv2.approxPolyDP(hull, share * cv2.arcLength(hull, closed=True), closed=True)
        if len(corners) == 4:
            return np.asarray(corners.reshape(4, 2), np.float32)
    return otherwise


def _merged(hulls: list[Floats]) -> list[Floats]:
    """Pieces that lie within each other's outline are one print, broken by a bright sky or a dark night."""
    import cv2

    merged: list[Floats] = []
    for hull in sorted(hulls, key=cv2.contourArea, reverse=True):
        for index, other in enumerate(merged):
            shared, _ = cv2.intersectConvexConvex(hull, other)
            if shared > 0.3 * cv2.contourArea(hull):
                merged[index] = np.asarray(cv2.convexHull(np.concatenate([hull, other])), np.float32)
                break
        else:
            merged.append(hull)
    return merged


def clockwise(corners: Numbers) -> Numbers:
    """Four corners from the one that is nearest to the top left on, so that no print is turned by more than 45°."""
    middle = corners.mean(axis=0)
    turn = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(turn)]
    sides = np.roll(ordered, -1, axis=0) - ordered
    # The top side is the one that runs most nearly to the right.
    ways = sides[:, 0] / np.maximum(np.linalg.norm(sides, axis=1), 1e-9)
    return np.roll(ordered, -int(np.argmax(ways)), axis=0)


def _plausible(corners: Numbers, bed: Bed) -> bool:
    """Whether it has the shape of a print, and lies with bed around it."""
    long, short = lengths(corners).max(), lengths(corners).min()
    if short < SMALLEST * max(bed.around.shape) or long > LONGEST * short:
        return False
    height, width = bed.around.shape
    x, y = np.round(beside(corners, max(4.0, OUT * float(long)))).astype(np.intp).reshape(-1, 2).T
    shown = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    return bool(shown.mean() >= SHOWN and bed.around[y[shown], x[shown]].mean() >= OPEN)


def _whole(corners: Numbers, bed: Bed) -> bool:
    height, width = bed.around.shape
    sides = lengths(corners)
    return bool(sides[0] * sides[1] >= WHOLE * height * width)


def _is_border(corners: Numbers, bed: Bed) -> bool:
    """Whether what looks like a bed is the even paper border of a print that was cropped before."""
    height, width = bed.around.shape
    left, top = corners.min(axis=0) + 0.5
    right, bottom = np.array([width, height]) - corners.max(axis=0) - 0.5
    turned = abs(corners[1, 1] - corners[0, 1]) / max(1.0, float(lengths(corners)[0]))
    across, down = (left, right), (top, bottom)
    even = all(max(pair) <= (1 + EVEN) * min(pair) + 2 for pair in (across, down))
    # Instant pictures are wider below; nothing is wider to one side.
    instant = max(across) <= (1 + EVEN) * min(across) + 2 and top <= bottom
    narrow = max(left, right) <= NARROW * width and max(top, bottom) <= NARROW * height
    fit = max(left, right) <= BORDER * width and top <= BORDER * height and bottom <= 2 * BORDER * height
    return bool(turned < 0.006 and (narrow or (fit and (even or instant))))


def _in_reading_order(found: list[Numbers]) -> list[Numbers]:
    """Rows from the top, each from the left; what overlaps half in height stands in one row."""
    rows: list[list[Numbers]] = []
    for corners in sorted(found, key=lambda each: float(each[:, 1].min())):
        top, height = corners[:, 1].min(), np.ptp(corners[:, 1])
        if rows and rows[-1][0][:, 1].max() - top > height / 2:
            rows[-1].append(corners)
        else:
            rows.append([corners])
    return [corners for row in rows for corners in sorted(row, key=lambda each: float(each[:, 0].mean()))]
