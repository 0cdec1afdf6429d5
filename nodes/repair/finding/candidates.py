"""All lines and patches of one level of the pyramid that could be damage, gathered from its tiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.context import Tile
from nodes.kinds.arrays import Floats
from nodes.pixels.noise import estimate_grain
from nodes.repair.finding.groups import Groups, Indices, Values, renumbered
from nodes.repair.finding.line_measures import line_measures, lines_of
from nodes.repair.finding.lines import Ridges, ridges
from nodes.repair.finding.specks import Spots, patches_of, speck_measures, spots

LINE_FLOOR, LINE_NOISE, LINE_ISOLATION = 0.012, 1.0, 1.5
"""A line stands out by three 8-bit steps, by the grain's deviation, and by half more than what is usual around."""

SPECK_FLOOR, SPECK_NOISE, SPECK_ISOLATION = 0.05, 3.5, 2.0
"""A patch is not gathered along a length, so each of its pixels has to show."""

LINE_LEAST, SPECK_LEAST = (8, 6, 6, 6), 4
"""Pixels of a line's middle at each level, and of a patch."""


@dataclass(frozen=True)
class Candidates:
    """Groups of one kind at one level, with their pixels and measures."""

    kind: str
    """lines or specks."""
    level: int
    pixels: Ridges | Spots
    groups: Groups
    measures: dict[str, Values]

    @property
    def light(self) -> NDArray[np.bool_]:
        """Which groups are lighter than what surrounds them."""
        return self.measures["light"] > 0.5


class Level:
    """One level: feed it its tiles in any order, then ask."""

    def __init__(self, luma: Floats, level: int) -> None:
        self.luma, self.level = luma, level
        self.sigma = estimate_grain(luma).sigma
        self._ridges: list[Ridges] = []
        self._spots: list[Spots] = []

    def look(self, tile: Tile, specks: bool, check: Callable[[], None]) -> None:
        """Gather what stands out in one tile."""
        floor = max(LINE_FLOOR, LINE_NOISE * self.sigma)
        self._ridges.append(ridges(self.luma, tile, floor, LINE_ISOLATION, check))
        if specks:
            floor = max(SPECK_FLOOR, SPECK_NOISE * self.sigma)
            self._spots.append(spots(self.luma, tile, floor, SPECK_ISOLATION, check))

    def candidates(self) -> list[Candidates]:
        """The lines and the patches, as far as there are any."""
        lines = Ridges.joined(self._ridges)
        lines = lines.of(np.lexsort((lines.x, lines.y)))
        found = self._grouped(lines, lines_of(lines))
        if self._spots:
            patches = Spots.joined(self._spots)
            patches = patches.of(np.lexsort((patches.x, patches.y)))
            found += self._grouped(patches, patches_of(patches))
        return found

    def _grouped(self, pixels: Ridges | Spots, group: Indices) -> list[Candidates]:
        least = LINE_LEAST[self.level] if isinstance(pixels, Ridges) else SPECK_LEAST
        keep = np.bincount(group)[group] >= least if len(group) else np.zeros(0, np.bool_)
        if not keep.any():
            return []
        group, shape, level = renumbered(group, keep), self.luma.shape, min(self.level, 2)
        if isinstance(pixels, Ridges):
            kept = pixels.of(keep)
            groups = Groups(kept.y, kept.x, group, shape)
            return [Candidates("lines", self.level, kept, groups, line_measures(kept, groups, self.sigma, level))]
        kept = pixels.of(keep)
        groups = Groups(kept.y, kept.x, group, shape)
        return [Candidates("specks", self.level, kept, groups, speck_measures(kept, groups, self.sigma, level))]
