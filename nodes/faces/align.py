"""Between a face in a photo and the same face upright in a square of 512 pixels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Point

SIDE = 512
"""Pixels of the square that face networks were trained on."""

TEMPLATE = np.array(
    [
        [192.98138, 239.94708],
        [318.90277, 240.1936],
        [256.63416, 314.01935],
        [201.26117, 371.41043],
        [313.08905, 371.15118],
    ]
)
"""Where the five points lie in it: the mean of the FFHQ faces, as GFPGAN's and CodeFormer's code have it."""

OUTSIDE = (132 / 255, 133 / 255, 135 / 255)
"""What stands for the photo beyond its border: the RGB values of the same code."""

NEARLY = 1.5
"""A face this much larger than the square is still sampled as it is: interpolation averages enough."""

Affine = NDArray[np.float64]
"""(2, 3): x and y of one picture from x, y and 1 of another, in pixels; 0, 0 is the middle of the first pixel."""

SMALLEST, LARGEST = 1e-3, 1e3
"""Enlargements outside this range come from points that are no face."""


def affine_from_landmarks(landmarks: Sequence[Point]) -> Affine | None:
    """From the photo to the square: the turn, stretch and shift that bring the points nearest to the template.

    By the least median of squares, which one wrong point does not disturb. None where the points are no face.
    """
    import cv2

    found, _ = cv2.estimateAffinePartial2D(np.asarray(landmarks, np.float64), TEMPLATE, method=cv2.LMEDS)
    if found is None:
        return None
    matrix = np.asarray(found, np.float64)
    return matrix if np.isfinite(matrix).all() and SMALLEST < enlargement(matrix) < LARGEST else None


def enlargement(matrix: Affine) -> float:
    """How many times longer a line gets."""
    return float(abs(np.linalg.det(matrix[:, :2]))) ** 0.5


def inverse(matrix: Affine, across: float = 1.0, down: float = 1.0) -> Affine:
    """From the square to the photo stretched by `across` and `down`, whose corners stay corners."""
    import cv2

    back = np.asarray(cv2.invertAffineTransform(matrix), np.float64)
    factors = np.array([[across], [down]])
    return back * factors + np.array([[0, 0, 0.5], [0, 0, 0.5]]) * (factors - 1)


def bounds(matrix: Affine, height: int, width: int) -> tuple[slice, slice]:
    """The rows and columns of a picture height × width that the square covers; empty slices where it misses it."""
    edge = np.array([[-0.5, -0.5, 1], [SIDE - 0.5, -0.5, 1], [-0.5, SIDE - 0.5, 1], [SIDE - 0.5, SIDE - 0.5, 1]])
    corners = edge @ matrix.T
    left, top = np.floor(corners.min(axis=0)).astype(int)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    top, left = min(max(0, top), height), min(max(0, left), width)
    return slice(top, max(top, min(height, bottom))), slice(left, max(left, min(width, right)))


def aligned(pixels: Floats, matrix: Affine) -> Floats:
    """The face (512, 512, 3) that `matrix` takes out of a photo (H, W, 3).

    Of a larger face, groups of pixels are averaged first: sampling some and skipping others would alias.
    """
    rows, columns = bounds(inverse(matrix), *pixels.shape[:2])
    margin = 2
    rows = slice(max(0, rows.start - margin), min(pixels.shape[0], rows.stop + margin))
    columns = slice(max(0, columns.start - margin), min(pixels.shape[1], columns.stop + margin))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return np.broadcast_to(np.asarray(OUTSIDE, np.float32), (SIDE, SIDE, 3)).copy()
    part, within = _reduced(pixels[rows, columns], moved(matrix, columns.start, rows.start))
    return sampled(part, within, SIDE, SIDE, OUTSIDE)


def moved(matrix: Affine, left: int, top: int) -> Affine:
    """The same for a part of the picture that begins at `left`, `top`."""
    shift = matrix[:, :2] @ np.array([left, top], np.float64)
    return np.column_stack([matrix[:, :2], matrix[:, 2] + shift])


def stretched(matrix: Affine, across: float, down: float) -> Affine:
    """The same for the picture before it was stretched by `across` and `down`, which keeps its corners."""
    return matrix @ np.array([[across, 0, 0.5 * across - 0.5], [0, down, 0.5 * down - 0.5], [0, 0, 1]])


def _reduced(part: Floats, matrix: Affine) -> tuple[Floats, Affine]:
    """A part so small that the square shows it at about its own size, and the matrix for it."""
    import cv2

    factor = 1 / enlargement(matrix)
    if factor <= NEARLY:
        return part, matrix
    height, width = (max(1, round(side / factor)) for side in part.shape[:2])
    small = np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    whole = stretched(matrix, part.shape[1] / width, part.shape[0] / height)
    return np.clip(small, 0.0, 1.0).reshape(height, width, 3), whole


def sampled(
    source: Floats,
    matrix: Affine,
    height: int,
    width: int,
    outside: tuple[float, ...] | float = 0.0,
    *,
    cubic: bool = False,
) -> Floats:
    """(height, width, …) with `source` brought there by `matrix`, interpolated linearly or by cubics."""
    import cv2

    method = cv2.INTER_CUBIC if cubic else cv2.INTER_LINEAR
    border = outside if isinstance(outside, tuple) else (outside, outside, outside)
    warped = cv2.warpAffine(
        source, matrix, (width, height), flags=method, borderMode=cv2.BORDER_CONSTANT, borderValue=border
    )
    return np.asarray(warped, np.float32)


def within(matrix: Affine, height: int, width: int) -> Floats:
    """1 where the square (512, 512) shows a photo height × width, 0 where it shows what is beyond its border."""
    back = inverse(matrix)
    y, x = np.mgrid[:SIDE, :SIDE]
    across = back[0, 0] * x + back[0, 1] * y + back[0, 2]
    down = back[1, 0] * x + back[1, 1] * y + back[1, 2]
    return ((across >= 0) & (across <= width - 1) & (down >= 0) & (down <= height - 1)).astype(np.float32)
