"""One look of the network at a whole picture, in overlapping tiles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from graph.context import Context, tiles
from nodes.kinds.arrays import Floats
from nodes.models.grid import Span, ramp, span
from nodes.models.scratch_network import BLOCK, OVERLAP, TILE, ScratchNetwork, channels

MARGIN = 3 * BLOCK
"""Pixels beyond which nothing changes what the network sees of a place: 2.5 blocks for the level of its surroundings,
and 76 for the two blurs that details are weighed with."""

Place = tuple[int, int]
"""A tile, by its row and column."""


class Look:
    """Feed it its places in any order, then ask.

    The channels are made of the whole picture, so that no tile sees a border where there is none; what neighbouring
    tiles say is faded from one into the other.
    """

    def __init__(self, ctx: Context, light: Floats) -> None:
        """`light` is the picture's brightness (H, W), 0..1."""
        self.down, self.across = (span(length, TILE, OVERLAP, BLOCK) for length in light.shape)
        self._seen = _seen(ctx, light)
        self._likely: Floats = ctx.empty(light.shape)
        self._likely[:] = 0

    def places(self, together: int) -> list[list[Place]]:
        """All tiles, so many at a time."""
        found = [(row, column) for row in range(len(self.down.starts)) for column in range(len(self.across.starts))]
        return [found[start : start + together] for start in range(0, len(found), together)]

    def at(self, places: list[Place], network: ScratchNetwork, check: Callable[[], None]) -> None:
        """Ask the network about these tiles."""
        pieces = [self._piece(place) for place in places]
        for (row, column), likely in zip(places, network.likely(check, pieces), strict=True):
            (rows, below), (columns, beside) = self.down.read(row), self.across.read(column)
            weights = _weights(self.down, row)[:, None] * _weights(self.across, column)
            height, width = self.down.tile - below, self.across.tile - beside
            self._likely[rows, columns] += (likely * weights)[:height, :width]

    def result(self, ctx: Context) -> Floats:
        """How likely each pixel is damaged, 0..1, once all tiles were looked at."""
        for tile in tiles(*self._likely.shape):
            ctx.check()
            # Weights that sum to one only nearly can leave the range by a rounding error.
            np.clip(self._likely[tile.write], 0, 1, out=self._likely[tile.write])
        return self._likely

    def _piece(self, place: Place) -> Floats:
        (rows, below), (columns, beside) = self.down.read(place[0]), self.across.read(place[1])
        return np.pad(self._seen[rows, columns], ((0, below), (0, beside), (0, 0)), "edge")


def _seen(ctx: Context, light: Floats) -> Floats:
    """What the network sees (H, W, 2). The tiles begin at multiples of BLOCK, as do those of the network."""
    seen = ctx.empty((*light.shape, 2))
    for tile in tiles(light.shape[0], light.shape[1], MARGIN):
        ctx.check()
        seen[tile.write] = channels(light[tile.read])[tile.core]
    return seen


def _weights(side: Span, index: int) -> Floats:
    """How much a stretch counts along its length: with its neighbours' weights they sum to one."""
    weights = np.ones(side.tile, np.float32)
    if before := side.shared(index):
        weights[:before] = ramp(before)
    if index + 1 < len(side.starts):
        after = side.shared(index + 1)
        weights[side.tile - after :] = 1 - ramp(after)
    return weights
