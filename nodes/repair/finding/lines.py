"""Thin lines at any angle: how much each pixel stands out from both of its sides, gathered along the line."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graph.context import Tile
from nodes.kinds.arrays import Floats

ANGLES = 16
"""Steps of 11.25 degrees: a line 21 pixels long strays at most one pixel from the nearest of them."""

STROKE = 7
"""Pixels averaged along the line at a time; three such strokes in a row make a response."""

SIDE = 3
"""Pixels from the middle of a line to where its sides are looked at: lines up to 4 pixels wide stand out."""

PROFILE = 6
"""Pixels to each side whose grey is kept: the sides of a scratch go on evenly, those of an object do not."""

TEXTURE = 20
"""Half the side of the square in which the usual response is measured."""

Places = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int8]]
"""y, x and angle."""

FILTER = 1 + STROKE // 2 + SIDE + STROKE
REACH = FILTER + TEXTURE
"""Pixels around a place that its response, and the response usual around it, depend on."""


@dataclass(frozen=True)
class Ridges:
    """The middles of possible lines, a pixel each: parallel arrays."""

    y: NDArray[np.int32]
    x: NDArray[np.int32]
    angle: NDArray[np.int8]
    response: Floats
    """Above 0: lighter than both sides. The median of three strokes in a row."""
    near: Floats
    """The middle stroke alone."""
    texture: Floats
    """The usual strength of response around."""
    profile: Floats
    """(n, 2 PROFILE + 1) what the picture holds from one side to the other, averaged along a stroke."""

    @staticmethod
    def joined(parts: list[Ridges]) -> Ridges:
        """One after the other."""
        return Ridges(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Ridges)))

    def of(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> Ridges:
        """Some of them."""
        return Ridges(*(getattr(self, field.name)[chosen] for field in fields(Ridges)))

    def __len__(self) -> int:
        return len(self.y)


def along(angle: int) -> tuple[int, int]:
    """(dy, dx) from one stroke to the next."""
    radians = math.pi * angle / ANGLES
    return round(STROKE * math.sin(radians)), round(STROKE * math.cos(radians))


def across(angle: int, length: float = SIDE) -> tuple[int, int]:
    """(dy, dx) from the middle of a line to one of its sides."""
    radians = math.pi * angle / ANGLES
    return round(length * math.cos(radians)), round(-length * math.sin(radians))


@cache
def stroke(angle: int) -> Floats:
    """A kernel that averages along a direction."""
    kernel = np.zeros((STROKE, STROKE), np.float32)
    radians = math.pi * angle / ANGLES
    half = STROKE // 2
    for place in np.linspace(-half, half, 4 * STROKE):
        y, x = place * math.sin(radians) + half, place * math.cos(radians) + half
        top, left = min(int(y), STROKE - 2), min(int(x), STROKE - 2)
        down, beside = y - top, x - left
        kernel[top : top + 2, left : left + 2] += np.outer([1 - down, down], [1 - beside, beside])
    return kernel / kernel.sum()


def padded(luma: Floats, tile: Tile, margin: int) -> Floats:
    """The tile with `margin` pixels around it, the picture's border repeated."""
    import cv2

    (rows, columns), (height, width) = tile.write, luma.shape
    top, bottom = rows.start - margin, rows.stop + margin
    left, right = columns.start - margin, columns.stop + margin
    part = luma[max(0, top) : bottom, max(0, left) : right]
    beyond = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
    return np.asarray(cv2.copyMakeBorder(part, *beyond, cv2.BORDER_REPLICATE), np.float32)


def shifted(values: Floats, margin: int, offset: tuple[int, int] = (0, 0)) -> Floats:
    """A view without a rim of `margin`, looking `offset` away."""
    (dy, dx), (height, width) = offset, values.shape
    return values[margin + dy : height - margin + dy, margin + dx : width - margin + dx]


def contrast(strokes: Floats, angle: int) -> Floats:
    """How much lighter (above 0) or darker (below 0) than both of its sides each stroke is; SIDE pixels less around."""
    dy, dx = across(angle)
    middle = shifted(strokes, SIDE)
    one = middle - shifted(strokes, SIDE, (dy, dx))
    other = middle - shifted(strokes, SIDE, (-dy, -dx))
    # An edge is lighter than one side only, so the weaker of two differences of one sign is what counts.
    low, high = np.minimum(one, other), np.maximum(one, other, out=other)
    np.maximum(low, 0, out=low)
    np.minimum(high, 0, out=high)
    return np.add(low, high, out=low)


def median_along(values: Floats, angle: int) -> Floats:
    """The median of three strokes in a row: a line may be broken, a dot is not a line. STROKE pixels less around."""
    dy, dx = along(angle)
    before, behind = shifted(values, STROKE, (-dy, -dx)), shifted(values, STROKE, (dy, dx))
    low, high = np.minimum(before, behind), np.maximum(before, behind)
    return np.maximum(low, np.minimum(high, shifted(values, STROKE), out=high), out=low)


def responses(luma: Floats, check: Callable[[], None]) -> tuple[Floats, NDArray[np.int8]]:
    """The strongest response over all angles, and its angle; FILTER pixels less around than the luma."""
    import cv2

    lightest = np.full([length - 2 * FILTER for length in luma.shape], 0, np.float32)
    darkest = lightest.copy()
    for angle in range(ANGLES):
        check()
        strokes = np.asarray(cv2.filter2D(luma, -1, stroke(angle), borderType=cv2.BORDER_REPLICATE), np.float32)
        response = median_along(contrast(shifted(strokes, 1 + STROKE // 2), angle), angle)
        # The angle travels in the last four bits, a millionth of the response: one pass finds both maxima.
        bits = response.view(np.int32)
        bits &= ~(ANGLES - 1)
        bits |= angle
        np.maximum(lightest, response, out=lightest)
        np.minimum(darkest, response, out=darkest)
    best = np.where(lightest >= -darkest, lightest, darkest)
    return best, (best.view(np.int32) & (ANGLES - 1)).astype(np.int8)


def ridges(luma: Floats, tile: Tile, floor: float, isolation: float, check: Callable[[], None]) -> Ridges:
    """The middles of lines in a tile that stand out by `floor` and by `isolation` times the usual response around.

    Their places count from the picture's corner.
    """
    import cv2

    smooth = np.asarray(cv2.GaussianBlur(padded(luma, tile, REACH + 1), (3, 3), 0.7), np.float32)[1:-1, 1:-1]
    response, angles = responses(smooth, check)
    box = (2 * TEXTURE + 1, 2 * TEXTURE + 1)
    usual = shifted(np.asarray(cv2.blur(np.abs(response), box), np.float32), TEXTURE)
    inner = np.abs(shifted(response, TEXTURE))
    y, x = np.nonzero((inner > floor) & (inner > isolation * usual))
    y, x = y + TEXTURE, x + TEXTURE
    angle = angles[y, x]
    crest = np.ones(len(y), np.bool_)
    for reach in (-1, 1):
        beside = np.array([across(k, 1.4 * reach) for k in range(ANGLES)])[angle]
        neighbour = response[y + beside[:, 0], x + beside[:, 1]]
        sign = np.sign(response[y, x])
        crest &= sign * response[y, x] >= sign * neighbour if reach < 0 else sign * response[y, x] > sign * neighbour
    y, x, angle = y[crest], x[crest], angle[crest]
    return _described(smooth, response, usual, (y, x, angle), tile)


def _described(smooth: Floats, response: Floats, usual: Floats, places: Places, tile: Tile) -> Ridges:
    y, x, angle = places
    profile = np.stack([_beside(smooth, places, distance) for distance in range(-PROFILE, PROFILE + 1)], axis=1)
    one, other = profile[:, PROFILE] - profile[:, PROFILE - SIDE], profile[:, PROFILE] - profile[:, PROFILE + SIDE]
    near = np.maximum(np.minimum(one, other), 0) + np.minimum(np.maximum(one, other), 0)
    rows, columns = tile.write
    return Ridges(
        (y - TEXTURE + rows.start).astype(np.int32),
        (x - TEXTURE + columns.start).astype(np.int32),
        angle,
        response[y, x],
        near,
        usual[y - TEXTURE, x - TEXTURE],
        profile,
    )


def _beside(smooth: Floats, places: Places, distance: int) -> Floats:
    """What lies `distance` pixels to the side of each place."""
    y, x, angle = places
    offset = np.array([across(k, distance) for k in range(ANGLES)])[angle]
    return _averaged(smooth, y + FILTER + offset[:, 0], x + FILTER + offset[:, 1], angle)


def _averaged(values: Floats, y: NDArray[np.intp], x: NDArray[np.intp], angle: NDArray[np.int8]) -> Floats:
    """The means along a stroke at some places."""
    total = np.zeros(len(y), np.float32)
    for place in range(-(STROKE // 2), STROKE // 2 + 1):
        walk = np.array([(place * dy / STROKE, place * dx / STROKE) for dy, dx in map(along, range(ANGLES))])
        offset = np.rint(walk).astype(np.intp)[angle]
        total += values[y + offset[:, 0], x + offset[:, 1]]
    return total / np.float32(STROKE)
