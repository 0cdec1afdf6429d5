"""Faces, as far as they are to be spared."""

from __future__ import annotations

import numpy as np

from graph.context import Tile
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Face, Faces

FADE = 0.25
"""Of a face's half height and width: so far beyond its ellipse the shield fades out."""


class Shield:
    """Soft ellipses in the boxes of faces, as wide and a quarter higher: detectors' boxes end at the brow."""

    def __init__(self, faces: Faces | None, height: int, width: int, strength: float) -> None:
        """`strength` (0..1) is the value inside; the faces are brought to a photo of height × width pixels."""
        self._faces = tuple(faces.resized(height, width)) if faces and strength > 0 else ()
        self._strength = strength

    def at(self, tile: Tile) -> Floats | None:
        """Its values (h, w) in what the tile reads; None where there is no face."""
        rows, columns = tile.read
        near = [face for face in self._faces if _touches(face, rows, columns)]
        if not near:
            return None
        y = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None]
        x = np.arange(columns.start, columns.stop, dtype=np.float32)
        inside = np.max([_inside(face, y, x) for face in near], axis=0)
        return np.asarray(inside * np.float32(self._strength), np.float32)


def _ellipse(face: Face) -> tuple[float, float, float, float]:
    """Middle and half axes: x, y, across, down. The half axes are at least half a pixel."""
    left, top, right, bottom = face.box
    top -= 0.25 * face.height
    return (left + right) / 2, (top + bottom) / 2, max(0.5, face.width / 2), max(0.5, (bottom - top) / 2)


def _touches(face: Face, rows: slice, columns: slice) -> bool:
    x, y, across, down = _ellipse(face)
    reach = 1 + FADE
    return (
        rows.start - reach * down <= y <= rows.stop + reach * down
        and columns.start - reach * across <= x <= columns.stop + reach * across
    )


def _inside(face: Face, y: Floats, x: Floats) -> Floats:
    middle_x, middle_y, across, down = _ellipse(face)
    away = np.hypot((x - np.float32(middle_x)) / np.float32(across), (y - np.float32(middle_y)) / np.float32(down))
    return np.asarray(np.clip((1 + FADE - away) / np.float32(FADE), 0, 1), np.float32)
