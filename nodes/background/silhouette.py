"""Where a person is likely to stand, from where the face is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Face, Faces

Marked = NDArray[np.bool_]

BYSTANDER = 0.4
"""A face narrower than this share of the widest belongs to somebody further back."""

SLENDER = 0.75
"""A detector's box of a face in profile is narrow; heads are at least this wide for their height."""

SOFT = 0.7
"""How fast likelihood falls with distance from the outline. Of 0.7, 1.2 and 2.5 the first cut out 16 portraits best
(mean IoU with the outlines that a portrait network draws 0.86, 0.85 and 0.82): hair and hats reach beyond any
ellipse."""

HEAD = (0.8, 0.85)
"""Half axes of head and hair, in widths and heights of the face."""

SHOULDERS = ((0.3, 0.5, 0.9, 1.4, 4.0, 7.0, 7.6), (0.3, 0.5, 1.4, 1.7, 1.55, 1.0, 0.8))
"""Heights below the middle of the face, and how far the body reaches to each side there, in face heights and widths:
a figure of seven and a half heads, with the arms at its sides."""

CHEST = ((0.4, 0.8, 1.2, 1.8), (0.25, 0.3, 0.6, 0.6))
"""The same for what is body in any pose."""

REACH = ((0.0, 0.5, 1.0, 8.0), (1.3, 1.8, 2.6, 2.8))
"""The same for what even an arm or a wide skirt hardly leaves."""


class Silhouette(NamedTuple):
    """What is likely the subject, (H, W) each."""

    likely: Floats
    """0 to 1; 0.5 on the outline."""
    inside: Marked
    """Subject for certain."""
    outside: Marked
    """Background for certain."""


def silhouette(faces: Faces) -> Silhouette:
    """Of the people whose faces these are, at the size of the photo that `faces` belong to. There must be a face."""
    shape = faces.height, faces.width
    found = Silhouette(np.zeros(shape, np.float32), np.zeros(shape, np.bool_), np.ones(shape, np.bool_))
    widest = max(face.width for face in faces)
    for face in faces:
        if face.width >= BYSTANDER * widest:
            one = _of(face, *shape)
            found = Silhouette(
                np.maximum(found.likely, one.likely), found.inside | one.inside, found.outside & one.outside
            )
    return found._replace(outside=found.outside & ~found.inside)


def _of(face: Face, height: int, width: int) -> Silhouette:
    left, top, right, bottom = face.box
    tall = max(bottom - top, 1.0)
    wide = max(right - left, SLENDER * tall)
    across = ((np.arange(width, dtype=np.float32) - (left + right) / 2) / wide)[None, :]
    down = ((np.arange(height, dtype=np.float32) - (top + bottom) / 2) / tall)[:, None]
    aside = np.abs(across)
    head = np.hypot(across / HEAD[0], (down + 0.12) / HEAD[1])
    standing = (down > SHOULDERS[0][0]) & (down < SHOULDERS[0][-1])
    body = np.where(standing, aside / _half(SHOULDERS, down), np.inf)
    likely = np.clip(0.5 + SOFT * (1 - np.minimum(head, body)), 0, 1).astype(np.float32)
    features = np.hypot(across / 0.45, down / 0.5) < 1
    hair = np.hypot(across / 0.48, (down + 0.2) / 0.55) < 1
    chest = (down > CHEST[0][0]) & (down < CHEST[0][-1]) & (aside < _half(CHEST, down))
    around = np.hypot(across / 1.6, (down + 0.2) / 1.6) < 1
    reached = (down > REACH[0][0]) & (down < REACH[0][-1]) & (aside < _half(REACH, down))
    return Silhouette(likely, features | hair | chest, ~(around | reached))


def _half(outline: tuple[tuple[float, ...], tuple[float, ...]], down: Floats) -> Floats:
    return np.interp(down, *outline).astype(np.float32)
