"""What can be measured of each piece of a map of damage.

That is its shape, its contrast, both its sides, and how many others there are: sums over pixels, taken tile by tile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.context import Context, Tile, tiles
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import luma
from nodes.pixels.ordered import in_order
from nodes.pixels.profile import convert
from nodes.repair.finding.components import Components

REACH = 32
"""Pixels around a tile that its measures depend on."""

RIM, RING = 2, 6
"""Pixels: so wide is the soft rim of damage; from there to the second lies what a piece is compared with."""

BUSY = 31
"""Pixels a side of the neighbourhood whose detail is measured."""

ACROSS, ALIKE = 2.0, 3.0
"""Pixels: deviations of the blurs that tell which way a piece runs."""

BESIDE = 2.0
"""Pixels beyond the rim of a piece where its sides are looked at."""

DEEPEST = 24
"""Pixels: what is further from the rim of a piece counts as so far, so that its sides stay within REACH."""

STANDS_OUT = 0.02
"""Contrast to both sides from which a place counts as a line or a speck and not as a step."""

NEAR = 64.0
"""Pixels within which others are near."""

SURE = 0.8
"""Likelihood from which a pixel of the map is surely damaged, if its piece is damage at all."""

Numbers = NDArray[np.float64]
Labels = NDArray[np.int32]


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


class Pieces:
    """The measures of each piece by name; the first is no piece.

    `likely` is the photo's map (H, W).
    """

    def __init__(self, ctx: Context, components: Components, image: Image, likely: Floats) -> None:
        self.components, self._shape = components, likely.shape
        self._sums: dict[str, Numbers] = {}
        self._highest = np.zeros(len(components.area), np.float32)

        def seen(tile: Tile) -> Seen:
            ctx.check()
            pixels = convert(image.pixels[tile.read], image.origin.profile, None)
            return _seen(_view(pixels, likely[tile.read], components.labels[tile.read], tile.core), tile)

        levels: list[Floats] = []
        tints: list[float] = []
        for each in in_order(seen, tiles(likely.shape[0], likely.shape[1], REACH)):
            levels.append(each.levels)
            tints.append(each.tint)
            np.maximum.at(self._highest, *each.highest)
            for which, values in each.found:
                self._add(which, values)
        self._ends = np.quantile(np.concatenate(levels), (0.005, 0.995))
        self._colourful = float(np.mean(tints))

    @cached_property
    def contrast(self) -> Numbers:
        """How much lighter a piece is than what lies around it."""
        return self._mean("light", "inside") - self._mean("ring light", "ring")

    @cached_property
    def measures(self) -> Mapping[str, Floats]:
        """By name, of every piece but the first."""
        found = self._shapes() | self._tones() | self._sides() | self._map() | self._many()
        return {name: np.nan_to_num(values[1:]).astype(np.float32) for name, values in found.items()}

    def _add(self, which: Labels, values: Mapping[str, NDArray[np.generic]]) -> None:
        some, place = np.unique(which, return_inverse=True)
        for name, each in values.items():
            total = self._sums.setdefault(name, np.zeros(len(self.components.area)))
            total[some] += np.bincount(place, each, len(some))

    def _mean(self, what: str, count: str) -> Numbers:
        return self._sums[what] / np.maximum(self._sums[count], 1)

    def _deviation(self, what: str, count: str) -> Numbers:
        return np.sqrt(np.maximum(self._mean(f"{what}²", count) - self._mean(what, count) ** 2, 0))

    def _shapes(self) -> dict[str, Numbers]:
        pieces, (big, small) = self.components, self._axes()
        return {
            "area": np.log(pieces.area), "length": np.log(pieces.length), "breadth": np.log(pieces.breadth),
            "elongation": pieces.elongation, "straight": big / pieces.length, "flat": small / big,
        }  # fmt: skip

    def _axes(self) -> tuple[Numbers, Numbers]:
        """Length and width of the bars that have the pieces' second moments."""
        x, y = self._mean("x", "inside"), self._mean("y", "inside")
        # A pixel is a square, with moments of its own.
        across, down = (self._mean(f"{n}²", "inside") - m**2 + 1 / 12 for n, m in (("x", x), ("y", y)))
        both = self._mean("xy", "inside") - x * y
        root = np.sqrt(((across - down) / 2) ** 2 + both**2)
        middle = (across + down) / 2
        return np.sqrt(12 * (middle + root)), np.sqrt(12 * np.maximum(middle - root, 1 / 12))

    def _tones(self) -> dict[str, Numbers]:
        inside, ring = self._mean("light", "inside"), self._mean("ring light", "ring")
        spread, contrast = self._deviation("ring light", "ring"), self.contrast
        tint = np.stack([self._mean(side, "inside") for side in ("red", "blue")])
        around = np.stack([self._mean(f"ring {side}", "ring") for side in ("red", "blue")])
        slope = self._mean("slope", "rim")
        return {
            "light": inside, "deviation": self._deviation("light", "inside"), "around": ring, "spread": spread,
            "contrast": contrast, "strength": np.abs(contrast), "clear": np.abs(contrast) / (spread + 0.01),
            "busy": self._mean("busy", "inside"), "slope": slope, "abrupt": slope / (np.abs(contrast) + 0.02),
            "chroma": np.hypot(*tint), "other chroma": np.hypot(*(tint - around)),
            "below white": self._ends[1] - inside, "above black": inside - self._ends[0],
        }  # fmt: skip

    def _sides(self) -> dict[str, Numbers]:
        light, strength = self.contrast > 0, np.abs(self.contrast) + 0.02
        ridge = np.where(light, self._mean("lift", "middle"), self._mean("drop", "middle"))
        sides = self._mean("sides", "middle")
        return {
            "ridge": ridge, "ridge share": np.where(light, *(self._mean(w, "middle") for w in ("lifted", "dropped"))),
            "ridge of contrast": ridge / strength, "sides": sides, "sides of contrast": sides / strength,
        }  # fmt: skip

    def _map(self) -> dict[str, Numbers]:
        return {
            "likely": self._mean("likely", "inside"), "likeliest": self._highest.astype(np.float64),
            "uneven": self._deviation("likely", "inside"), "sure": self._mean("sure", "inside"),
            "likely around": self._mean("ring likely", "ring"),
        }  # fmt: skip

    def _many(self) -> dict[str, Numbers]:
        """The same for all, but for how many are near."""
        areas = self.components.area
        megapixels = max(self._shape[0] * self._shape[1] / 2**20, 0.1)
        each = np.ones(len(areas))
        return {
            "number": each * np.log((len(areas) - 1) / megapixels),
            "total": each * np.log(areas[1:].sum() / megapixels),
            "near": np.log1p(self._near()),
            "colourful": each * self._colourful,
        }

    def _near(self) -> Numbers:
        """How many others lie near each piece."""
        from scipy.spatial import KDTree

        places = np.stack([self._mean("x", "inside"), self._mean("y", "inside")], axis=1)[1:]
        counts = KDTree(places).query_ball_point(places, NEAR, return_length=True)
        return np.concatenate([[0], np.asarray(counts, np.float64) - 1])


def _view(pixels: Floats, likely: Floats, labels: Labels, core: tuple[slice, slice]) -> View:
    light = luma(pixels)
    tint = np.stack([pixels[..., 0] - light, pixels[..., 2] - light], axis=-1)
    return View(light, tint, likely, labels, core)


def _seen(view: View, tile: Tile) -> Seen:
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
    """Along the middle of the pieces, at what lies to both sides."""
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
    own = view.light[y, x]
    lift, drop = np.minimum(own - one, own - other), np.minimum(one - own, other - own)
    return view.labels[y, x], {
        "middle": np.ones(len(own)), "lift": lift, "drop": drop, "lifted": lift > STANDS_OUT,
        "dropped": drop > STANDS_OUT, "sides": np.abs(one - other),
    }  # fmt: skip


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
