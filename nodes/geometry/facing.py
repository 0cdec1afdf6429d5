"""A quadrangle on a photo, seen from the front."""

from __future__ import annotations

import numpy as np

from nodes.geometry.sides import Numbers, lengths
from nodes.geometry.warp import Warp

LEANS = 1.5
"""How far the proportions may differ from those that the plain lengths of the sides give. Steeper views hold too little
to tell them."""

FLAT = 1e-4
"""Of what makes a perspective: with less the sides run parallel, and their lengths tell the proportions."""


def facing(corners: Numbers, size: tuple[int, int], proportions: float | None = None) -> Warp:
    """What takes the quadrangle (4, 2), clockwise from the top left, to a rectangle of its own.

    `size` is the height and width of the photo it lies on; `proportions` are width by height where they are known.
    """
    top, right, bottom, left = lengths(corners)
    across, down = max(top, bottom), max(left, right)
    ratio = proportions or proportions_of(corners, size)
    # No side is shrunk, so that no detail is lost.
    width, height = (across, across / ratio) if across / ratio >= down else (down * ratio, down)
    columns, rows = max(1, round(width)), max(1, round(height))
    # The corners are places between pixels, and so half a pixel beside the middle of the first.
    ends = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float64) - 0.5
    return Warp(homography(ends, corners), rows, columns)


def homography(before: Numbers, after: Numbers) -> Numbers:
    """The (3, 3) that takes four points to four others."""
    rows, values = [], []
    for (x, y), (u, v) in zip(before, after, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    solved = np.linalg.solve(np.array(rows), np.array(values))
    return np.append(solved, 1.0).reshape(3, 3)


def proportions_of(corners: Numbers, size: tuple[int, int]) -> float:
    """Width by height of the rectangle that was photographed.

    Z. Zhang, L. He, "Whiteboard scanning and image enhancement" (2007): with the camera's axis in the middle of the
    photo, the quadrangle tells the focal length and with it the proportions.
    """
    top, right, bottom, left = lengths(corners)
    plain = float((top + bottom) / max(left + right, 1e-9))
    height, width = size
    longer = max(size)
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    one, two, four, three = (np.append((corner - middle) / longer, 1.0) for corner in corners)
    second = np.dot(np.cross(one, four), three) / _nonzero(np.dot(np.cross(two, four), three))
    third = np.dot(np.cross(one, four), two) / _nonzero(np.dot(np.cross(three, four), two))
    across, down = second * two - one, third * three - one
    if abs(across[2] * down[2]) < FLAT:
        return plain
    focal = -(across[0] * down[0] + across[1] * down[1]) / (across[2] * down[2])
    if focal <= 0:
        return plain
    lens = np.array([1 / focal, 1 / focal, 1.0])
    ratio = float(np.sqrt((across * across @ lens) / _nonzero(float(down * down @ lens))))
    return float(np.clip(ratio, plain / LEANS, plain * LEANS))


def _nonzero(value: float) -> float:
    return value if abs(value) > 1e-12 else 1e-12


def convex(corners: Numbers) -> bool:
    """Whether four corners follow each other clockwise around an area."""
    ahead = np.roll(corners, -1, axis=0) - corners
    after = np.roll(ahead, -1, axis=0)
    return bool((ahead[:, 0] * after[:, 1] - ahead[:, 1] * after[:, 0] > 1e-6).all())
