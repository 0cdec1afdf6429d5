"""Faces of every size in a photo of any size, with a detector that knows only a range of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from graph.context import Context, Tile, tiles
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Face, Faces
from nodes.kinds.image import Image
from nodes.models.detector import Detector
from nodes.models.overlaps import best, shared
from nodes.pixels.profile import convert

COMFORT = 2.0
"""Times the smallest width that a detector finds: there it also places eyes and mouth well."""

CLEAR = 2.0
"""Times that width: nothing is gained by seeing a face still larger."""

PORTRAIT = 0.8
"""A face fills at most this share of the photo's longer side."""

OVERLAP = 0.3
"""Finds of two looks that share more of their area are one face."""

INSIDE = 0.7
"""Share of a smaller find's area within a larger one that makes them one face: part of it, seen in a closer look."""

LARGEST = 8
"""Times that comfortable width: wider faces were seen in the look before, and in a closer one more finds are wrong."""


class Find(NamedTuple):
    """A face as one look saw it."""

    face: Face
    worth: float
    """Its score, less where it was seen so small that eyes and mouth are placed roughly."""


class Look(NamedTuple):
    """One look at a part of the photo."""

    tile: Tile
    shrink: float
    """How many pixels of the photo one pixel of the look is wide."""
    widest: float
    """Pixels of the photo: the width of the largest faces that count."""


def found(ctx: Context, image: Image, detector: Detector, confidence: float, smallest: float) -> Faces:
    """The faces of the photo at least `smallest` pixels wide, in its pixels."""
    looks = list(_looks(image.height, image.width, detector, smallest))
    finds = [find for look in ctx.track(looks) for find in _seen(ctx, image, look, detector, confidence)]
    wide = [find for find in finds if find.face.width >= smallest]
    return Faces(tuple(_merged(wide)), height=image.height, width=image.width)


def _looks(height: int, width: int, detector: Detector, smallest: float) -> Iterator[Look]:
    """The whole photo, small enough for its largest faces, then closer and closer, by overlapping tiles where it has to
    be, until the smallest wanted faces are as wide as the detector needs them.
    """
    longest = max(height, width)
    fit = max(1.0, longest / detector.longest)
    closest = min(fit, max(1.0, smallest / (COMFORT * detector.finest)))
    coarsest = max(fit, PORTRAIT * longest / detector.widest)
    for shrink in _halving(coarsest, closest):
        side = max(1, int(detector.longest * shrink))
        # Faces that a tile's border cuts are whole in its neighbour, or in the coarser look before.
        overlap = 0 if shrink >= fit else side // 8
        widest = float("inf") if shrink == coarsest else LARGEST * COMFORT * detector.finest * shrink
        yield from (Look(tile, shrink, widest) for tile in tiles(height, width, overlap, max(1, side - 2 * overlap)))


def _halving(coarsest: float, closest: float) -> Iterator[float]:
    """From the coarsest to the closest, halved from step to step."""
    shrink = coarsest
    while shrink > closest * 1.3:
        yield shrink
        shrink /= 2
    yield closest


def _seen(ctx: Context, image: Image, look: Look, detector: Detector, confidence: float) -> list[Find]:
    rows, columns = look.tile.read
    part = _smaller(image.pixels[rows, columns], look.shrink)
    shown = np.asarray(convert(part, image.origin.profile, None), np.float32)
    across = (columns.stop - columns.start) / part.shape[1]
    down = (rows.stop - rows.start) / part.shape[0]
    faces = [face for face in detector.faces(shown, confidence, ctx.check) if _whole(face, part, look, image)]
    placed = [face.mapped(across, down, columns.start, rows.start) for face in faces]
    well = CLEAR * COMFORT * detector.finest * look.shrink
    return [Find(face, face.score * min(1.0, face.width / well)) for face in placed if face.width <= look.widest]


def _smaller(part: Floats, shrink: float) -> Floats:
    import cv2

    height, width = (max(1, round(side / shrink)) for side in part.shape[:2])
    if (height, width) == part.shape[:2]:
        return part
    small = cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA)
    return np.clip(small, 0.0, 1.0).astype(np.float32, copy=False).reshape(height, width, 3)


def _whole(face: Face, part: Floats, look: Look, image: Image) -> bool:
    """Whether the face ends within the look, unless the look ends where the photo does."""
    rows, columns = look.tile.read
    left, top, right, bottom = face.box
    return (
        (left > 0 or columns.start == 0)
        and (top > 0 or rows.start == 0)
        and (right < part.shape[1] - 1 or columns.stop == image.width)
        and (bottom < part.shape[0] - 1 or rows.stop == image.height)
    )


def _merged(finds: list[Find]) -> list[Face]:
    """Each face once: the find of it that is worth most."""
    if not finds:
        return []
    boxes, worth = np.array([find.face.box for find in finds]), np.array([find.worth for find in finds])
    kept: list[int] = []
    for n in best(boxes, worth, OVERLAP):
        if not kept or not _within(boxes[n], boxes[kept]).any():
            kept.append(n)
    return [finds[n].face for n in kept]


def _within(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Whether most of the smaller of the two lies inside the larger, for a box (4,) and others (N, 4)."""
    area, areas = np.prod(box[2:] - box[:2]), np.prod(others[:, 2:] - others[:, :2], axis=1)
    union = shared(box, others)
    both = union * (area + areas) / (1 + union)
    return both > INSIDE * np.maximum(np.minimum(area, areas), np.finfo(np.float64).tiny)
