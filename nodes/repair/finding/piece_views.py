"""What a tile of a photo tells of the pieces of its map of damage: their inside, what is around, both their sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.context import Tile
from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma

REACH = 32
"""Pixels around a tile that its measures depend on."""

RIM, RING = 2, 6
"""Pixels: so wide is the soft rim of damage; from there to the second lies what a piece is compared with."""

BUSY = 31
"""Pixels a side of the neighbourhood whose detail is measured."""

ACROSS, ALIKE = 2.0, 3.0
"""Pixels: deviations of the blurs that tell which way a piece runs."""

ECHO = 6.0
"""Pixels: deviation of the blur that tells which way the picture runs around a piece."""

STILL = 1e-5
"""Mean squared slope below which the picture runs no way: grain of a hundredth."""

BESIDE = 2.0
"""Pixels beyond the rim of a piece where its sides are looked at."""

DEEPEST = 24
"""Pixels: what is further from the rim of a piece counts as so far, so that its sides stay within REACH."""

STANDS_OUT = 0.02
"""Contrast to both sides from which a place counts as a line or a speck and not as a step."""

SURE = 0.8
"""Likelihood from which a pixel of the map is surely damaged, if its piece is damage at all."""

Labels = NDArray[np.int32]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class View:
    """What is looked at around a tile."""

    light: Floats
    """(h, w): brightness."""
    tint: Floats
    """(h, w, 2): red and blue less brightness."""
    likely: Floats
    """(h, w): the map of damage."""
    labels: Labels
    """(h, w): the pieces."""
    core: tuple[slice, slice]
    """What counts of it."""


Found = tuple[Labels, Mapping[str, NDArray[np.generic]]]
"""The piece of each place that is looked at, and what is seen there, by name."""


class Seen(NamedTuple):
    """What a tile tells."""

    levels: Floats
    """A sample of its brightness."""
    tint: float
    """How colourful it is."""
    highest: tuple[Labels, Floats]
    """The piece of each marked pixel, and how likely it is damaged."""
    found: list[Found]
    """To be summed up."""


def view_of(pixels: Floats, likely: Floats, labels: Labels, core: tuple[slice, slice]) -> View:
    """Of pixels (h, w, 3) in sRGB, the map and the pieces (h, w) there."""
    light = luma(pixels)
    tint = np.stack([pixels[..., 0] - light, pixels[..., 2] - light], axis=-1)
    return View(light, tint, likely, labels, core)


def seen(view: View, tile: Tile) -> Seen:
    """What is found in the core of a view, which is that of the tile."""
    levels, tint = view.light[view.core][::4, ::4].ravel(), float(np.abs(view.tint[view.core][::4, ::4]).mean())
    labels = view.labels[view.core]
    inside = labels[labels > 0]
    found = [*_inside(view, tile), *_around(view), _middles(view)] if view.labels.any() else []
    return Seen(levels, tint, (inside, view.likely[view.core][labels > 0]), found)


def _inside(view: View, tile: Tile) -> Iterator[Found]:
    labels, light, likely = view.labels[view.core], view.light[view.core], view.likely[view.core]
    y, x = np.nonzero(labels)
    which, bright, sure = labels[y, x], light[y, x], likely[y, x]
    yield which, {
        "inside": np.ones(len(which)), "light": bright, "light²": bright * bright,
        "likely": sure, "likely²": sure * sure, "sure": sure >= SURE,
        "red": view.tint[view.core][y, x, 0], "blue": view.tint[view.core][y, x, 1],
    }  # fmt: skip
    y, x = (place + side.start for place, side in zip((y, x), tile.write, strict=True))
    yield which, {"x": x, "y": y, "x²": x * x, "y²": y * y, "xy": x * y}


def _around(view: View) -> Iterator[Found]:
    import cv2

    apart, beyond = (_nearest(view.labels, reach) for reach in (RIM, RING))
    slope = _slope(view.light)
    calm = (beyond == 0).astype(np.float32)
    around = cv2.blur(slope * calm, (BUSY, BUSY)) / (cv2.blur(calm, (BUSY, BUSY)) + 1e-3)
    inside = view.labels[view.core]
    ring = np.where(apart == 0, beyond, 0)[view.core]
    rim = np.where(view.labels == 0, _nearest(view.labels, 1), 0)[view.core]
    light, likely, tint = view.light[view.core], view.likely[view.core], view.tint[view.core]
    yield inside[inside > 0], {"busy": np.asarray(around)[view.core][inside > 0]}
    yield rim[rim > 0], {"rim": np.ones(np.count_nonzero(rim)), "slope": slope[view.core][rim > 0]}
    kept = ring > 0
    bright = light[kept]
    yield ring[kept], {
        "ring": np.ones(len(bright)), "ring light": bright, "ring light²": bright * bright,
        "ring likely": likely[kept], "ring red": tint[kept][:, 0], "ring blue": tint[kept][:, 1],
    }  # fmt: skip


def _middles(view: View) -> Found:
    """Along the middle of the pieces, at what lies to both sides, and whether the picture around runs the same way."""
    import cv2

    marked = (view.labels > 0).astype(np.uint8)
    depth = np.minimum(cv2.distanceTransform(marked, cv2.DIST_L2, 5), DEEPEST)
    half = cv2.dilate(depth, _disc(3))
    middle = np.zeros(marked.shape, bool)
    middle[view.core] = ((marked > 0) & (depth >= 0.7 * half))[view.core]
    y, x = np.nonzero(middle)
    angle, away = _across(marked)[y, x], np.asarray(half, np.float32)[y, x] + np.float32(BESIDE)
    soft = np.asarray(cv2.blur(view.light, (3, 3)), np.float32)
    one, other = (_at(soft, y + side * away * np.sin(angle), x + side * away * np.cos(angle)) for side in (1, -1))
    parallel, echo = _echo(view, y, x, angle)
    own = view.light[y, x]
    lift, drop = np.minimum(own - one, own - other), np.minimum(one - own, other - own)
    return view.labels[y, x], {
        "middle": np.ones(len(own)), "lift": lift, "drop": drop, "lifted": lift > STANDS_OUT,
        "dropped": drop > STANDS_OUT, "sides": np.abs(one - other), "parallel": parallel, "echo": echo,
    }  # fmt: skip


def _echo(view: View, y: Places, x: Places, angle: Floats) -> tuple[Floats, Floats]:
    """Which way the slopes around a place run, those of pieces left out: -1 all along the piece, 1 all across it; and
    how steep they are across.

    A rim, a fold or a mast comes with edges that run as it does; what happened to the print knows nothing of them.
    """
    import cv2

    others = (_nearest(view.labels, RIM + 1) == 0).astype(np.float32)
    dx, dy = (cv2.Sobel(view.light, cv2.CV_32F, *way, scale=1 / 8) * others for way in ((1, 0), (0, 1)))
    mass, xx, yy, xy = (
        np.asarray(cv2.GaussianBlur(each, (0, 0), ECHO), np.float32)[y, x]
        for each in (others, dx * dx, dy * dy, dx * dy)
    )
    cos, sin = np.cos(angle), np.sin(angle)
    across, whole = np.maximum(cos * cos * xx + sin * sin * yy + 2 * cos * sin * xy, 0), xx + yy
    mass = np.maximum(mass, 1e-3)
    parallel = (2 * across - whole) / (whole + STILL * mass)
    return parallel.astype(np.float32), np.sqrt(across / mass).astype(np.float32)


def _nearest(labels: Labels, reach: int) -> Labels:
    """The piece within `reach` pixels of each; of several the last."""
    import cv2

    # OpenCV dilates no whole numbers of 32 bits; floats hold those of 16 million pieces.
    return np.asarray(cv2.dilate(labels.astype(np.float32), _disc(reach)), np.float32).astype(np.int32)


def _disc(radius: int) -> NDArray[np.uint8]:
    import cv2

    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8)


def _slope(light: Floats) -> Floats:
    import cv2

    return np.hypot(*(cv2.Sobel(light, cv2.CV_32F, dx, dy, scale=1 / 8) for dx, dy in ((1, 0), (0, 1))))


def _across(marked: NDArray[np.uint8]) -> Floats:
    """The angle across what is marked: the direction in which it changes most."""
    import cv2

    soft = cv2.GaussianBlur(marked.astype(np.float32), (0, 0), ACROSS)
    x, y = (cv2.Sobel(soft, cv2.CV_32F, dx, dy) for dx, dy in ((1, 0), (0, 1)))
    xx, yy, xy = (cv2.GaussianBlur(each, (0, 0), ALIKE) for each in (x * x, y * y, x * y))
    return np.asarray(0.5 * np.arctan2(2 * xy, xx - yy), np.float32)


def _at(values: Floats, y: NDArray[np.floating], x: NDArray[np.floating]) -> Floats:
    """The nearest pixels; beyond the border its last."""
    height, width = values.shape
    rows, columns = np.rint(y).astype(np.intp).clip(0, height - 1), np.rint(x).astype(np.intp).clip(0, width - 1)
    return values[rows, columns]
