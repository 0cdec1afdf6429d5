"""OpenCV's own cascades: P. Viola and M. Jones, "Rapid Object Detection" (2001). They ship with it: no download."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Face, Point
from nodes.models.overlaps import best
from nodes.pixels.colour import luma

FILES = ("haarcascade_frontalface_alt2.xml", "haarcascade_profileface.xml")
"""Of the frontal ones the second alternative found as much as any on 156 faces of old photos, with few mistakes."""

STEP = 1.1
"""How much larger the window gets from look to look: OpenCV's default, and what HALF_SURE was measured with."""

NEIGHBOURS = 3
"""Overlapping windows that must agree: OpenCV's default."""

HALF_SURE = 3.4
"""Windows for a score of one half, which gives 0.7 to eight: on 56 faces of old photos 42 were found with more, and
3 finds with more were wrong."""

PROFILE_SCORE = 0.9
"""A profile's score counts less: its cascade errs more."""

OVERLAP = 0.3

FRONTAL = ((0.314, 0.388), (0.686, 0.388), (0.504, 0.598), (0.345, 0.769), (0.656, 0.769))
PROFILE = ((0.173, 0.428), (0.509, 0.428), (0.324, 0.614), (0.206, 0.768), (0.477, 0.765))
"""Where the five points lie in a find's square: medians over the faces of old photos that YuNet found as well.
They scatter by 4 % of its side. A profile looks to the left."""

INNER = ((0.1, -0.03), (0.9, 1.1))
"""The corners of the face in a find's square, as YuNet draws its boxes."""


class Cascade:
    """The loaded cascades."""

    longest = 480
    """Pixels a side that it looks at in one go: one call cannot be interrupted."""
    finest = 24
    """Pixels: the width of the window that it was trained on."""
    widest = 10_000
    """It enlarges its window until that is as large as the picture."""

    def __init__(self, frontal: Any, profile: Any) -> None:
        self.frontal, self.profile = frontal, profile

    @classmethod
    def load(cls) -> tuple[Cascade, int]:
        """The detector and its bytes."""
        import cv2

        paths = [Path(cv2.data.haarcascades) / name for name in FILES]  # pyright: ignore[reportAttributeAccessIssue] - its stubs leave `data` out
        found = [cv2.CascadeClassifier(str(path)) for path in paths]
        if any(each.empty() for each in found):
            raise StepError("OpenCV's cascade files are missing.", "Install opencv-python 4 again.")
        return cls(*found), sum(path.stat().st_size for path in paths)

    def faces(self, pixels: Floats, confidence: float, check: Callable[[], None]) -> list[Face]:
        """The faces in sRGB pixels (H, W, 3), 0..1, at the size they come in, surest first, none below `confidence`."""
        grey = np.rint(luma(pixels) * 255).astype(np.uint8)
        found = [_face(box, n, FRONTAL, 1.0) for box, n in _looked(self.frontal, grey, check)]
        found += [_face(box, n, PROFILE, PROFILE_SCORE) for box, n in _looked(self.profile, grey, check)]
        turned = _looked(self.profile, np.ascontiguousarray(grey[:, ::-1]), check)
        found += [_mirrored(_face(box, n, PROFILE, PROFILE_SCORE), grey.shape[1]) for box, n in turned]
        sure = [face for face in found if face.score >= confidence]
        if not sure:
            return []
        boxes, scores = np.array([face.box for face in sure]), np.array([face.score for face in sure])
        return [sure[n] for n in best(boxes, scores, OVERLAP)]


def _looked(cascade: Any, grey: NDArray[np.uint8], check: Callable[[], None]) -> list[tuple[list[int], int]]:
    """Left, top, width, height of the finds, and how many windows agreed on each."""
    check()
    if min(grey.shape) < Cascade.finest:
        return []
    boxes, counts = cascade.detectMultiScale2(grey, STEP, NEIGHBOURS)
    return [(np.asarray(box).tolist(), int(count)) for box, count in zip(boxes, counts, strict=True)]


def _face(square: list[int], count: int, points: tuple[Point, ...], weight: float) -> Face:
    left, top, width, height = square
    placed = tuple((left + x * width, top + y * height) for x, y in points)
    (x0, y0), (x1, y1) = INNER
    box = (left + x0 * width, top + y0 * height, left + x1 * width, top + y1 * height)
    return Face(box, placed, weight * count / (count + HALF_SURE))


def _mirrored(face: Face, width: int) -> Face:
    """The face in the mirrored picture; its left eye is its right one then."""
    left, top, right, bottom = face.box
    a, b, nose, c, d = ((width - 1 - x, y) for x, y in face.landmarks)
    return Face((width - 1 - right, top, width - 1 - left, bottom), (b, a, nose, d, c), face.score)
