"""Whether damage is lighter or darker than the picture around it."""

from __future__ import annotations

import numpy as np

from graph.context import Context, Tile, tiles
from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma
from nodes.repair.finding.components import Marks

AROUND = (15, 63, 255)
"""Pixels: how far the surroundings reach that a place is compared with. The next only where all is marked so far."""

NEAR = 3
"""Pixels: marks so near are taken together, so that the soft rim of a scratch and its grain count with it."""


def of_polarity(ctx: Context, marks: Marks, pixels: Floats, light: bool) -> Marks:
    """The marks (H, W) of what is lighter than its surroundings in the picture (H, W, 3), or darker.

    Decided place by place, not piece by piece: light scratches cross dark ones. What has no sound surroundings is
    neither.
    """
    found = np.zeros_like(marks)
    for tile in tiles(marks.shape[0], marks.shape[1], NEAR):
        ctx.check()
        marked = marks[tile.read] > 0
        if marked.any():
            lift = _near(np.where(marked, _lift(marks, pixels, tile.read), 0), NEAR)[tile.core]
            found[tile.write] = np.where(lift > 0 if light else lift < 0, marks[tile.write], 0)
    return found


def _lift(marks: Marks, pixels: Floats, place: tuple[slice, slice]) -> Floats:
    """Luma at a place against the mean of what is sound around; 0 where nothing is."""
    light = luma(pixels[place])
    lift, known = np.zeros_like(light), np.zeros(light.shape, bool)
    for reach in AROUND:
        tile = _widened(place, reach, marks.shape)
        sound = (marks[tile.read] == 0).astype(np.float32)
        share = _near(sound, reach)[tile.core]
        ground = _near(luma(pixels[tile.read]) * sound, reach)[tile.core]
        # Sums of a box leave rounding errors where there is nothing.
        new = (share > 0.5 / (2 * reach + 1) ** 2) & ~known
        lift[new] = light[new] - ground[new] / share[new]
        known |= new
        if known[marks[place] > 0].all():
            break
    return lift


def _near(values: Floats, reach: int) -> Floats:
    """The mean of the square that reaches so far."""
    import cv2

    return np.asarray(cv2.blur(values, (2 * reach + 1, 2 * reach + 1)), np.float32)


def _widened(place: tuple[slice, slice], reach: int, shape: tuple[int, ...]) -> Tile:
    """The place read with so much around it."""
    read = [slice(max(0, s.start - reach), min(n, s.stop + reach)) for s, n in zip(place, shape, strict=True)]
    core = [slice(s.start - r.start, s.stop - r.start) for s, r in zip(place, read, strict=True)]
    return Tile((read[0], read[1]), place, (core[0], core[1]))
