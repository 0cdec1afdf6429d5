"""What can be measured of each piece of a map of damage.

That is its shape, its contrast, both its sides, and how many others there are: sums over pixels, taken tile by tile.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.context import Context, Tile, tiles
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.ordered import in_order
from nodes.pixels.profile import convert
from nodes.repair.finding.components import Components
from nodes.repair.finding.piece_views import REACH, Labels, Seen, seen, view_of

NEAR = 64.0
"""Pixels within which others are near."""

Numbers = NDArray[np.float64]


class Pieces:
    """The measures of each piece by name; the first is no piece.

    `likely` is the photo's map (H, W).
    """

    def __init__(self, ctx: Context, components: Components, image: Image, likely: Floats) -> None:
        self.components, self._shape = components, likely.shape
        self._sums: dict[str, Numbers] = {}
        self._highest = np.zeros(len(components.area), np.float32)

        def look(tile: Tile) -> Seen:
            ctx.check()
            pixels = convert(image.pixels[tile.read], image.origin.profile, None)
            return seen(view_of(pixels, likely[tile.read], components.labels[tile.read], tile.core), tile)

        levels: list[Floats] = []
        tints: list[float] = []
        for each in in_order(look, tiles(likely.shape[0], likely.shape[1], REACH)):
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
            "parallel": self._mean("parallel", "middle"), "echo": self._mean("echo", "middle"),
            "echo of contrast": self._mean("echo", "middle") / strength,
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
