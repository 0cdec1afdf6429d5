"""A map of damage that needs no network: lines and patches that stand out, judged by small trees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph.context import Context, tiles
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.repair.finding.candidates import Candidates, Level
from nodes.repair.finding.footprint import Footprint, line_footprint, speck_footprint, stamp
from nodes.repair.finding.gate import judged
from nodes.repair.finding.lines import Ridges
from nodes.repair.finding.pyramid import pyramid

FAINTEST = 0.02
"""Probability below which a find is not even kept in the map."""

SHORTEST, WIDEST = 12, 24
"""Pixels: what the trees say of shorter lines and of wider patches is of no use."""


def classical_map(ctx: Context, image: Image) -> Floats:
    """How likely each pixel is damaged, 0..1 (H, W), from the image's pixels as they are in its file.

    Lines at any angle that are narrower and more abrupt than anything a lens draws and have the same picture on both
    of their sides, and small patches that stand out from calm surroundings.
    """
    levels = [Level(luma, number) for number, luma in enumerate(pyramid(ctx, image))]
    work = [(level, tile) for level in levels for tile in tiles(*level.luma.shape)]
    for level, tile in ctx.track(work):
        level.look(tile, True, ctx.check)
    found = [each for level in levels for each in level.candidates()]
    likely = ctx.empty((image.height, image.width))
    likely[:] = 0
    for each, probability in zip(found, judged(found, likely.shape), strict=True):
        ctx.check()
        allowed = np.where(_fits(each), probability, 0).astype(np.float32)
        stamp(likely, levels[0].luma, _footprint(each, allowed), each.level)
    return likely


def _fits(found: Candidates) -> NDArray[np.bool_]:
    """Which groups are of a size that can be judged."""
    length, breadth = (axis * 2**found.level for axis in found.groups.axes())
    return length >= SHORTEST if found.kind == "lines" else breadth <= WIDEST


def _footprint(found: Candidates, probability: Floats) -> Footprint:
    each = probability[found.groups.group]
    likely = each > FAINTEST
    if isinstance(found.pixels, Ridges):
        return line_footprint(found.pixels.of(likely), each[likely])
    return speck_footprint(found.pixels, found.groups, np.where(likely, each, 0).astype(np.float32))
