"""Find what happened to a print after it was made."""

from __future__ import annotations

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.context import Context, tiles
from graph.controls import Choice, Pixels, Slider, Toggle
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.repair.candidates import Candidates, Level
from nodes.repair.footprint import Footprint, line_footprint, speck_footprint, stamp
from nodes.repair.gate import judged
from nodes.repair.lines import Ridges
from nodes.repair.pyramid import pyramid

FAINTEST = 0.02
"""Probability below which a find is not even kept in the map."""


class Found(NamedTuple):
    """What a search for damage gives."""

    mask: Mask
    """What to repair."""
    map: Mask
    """How likely each pixel is damaged: 0 sound, 1 surely damaged."""


@node(title="Find Scratches", scale_free=False)
def find_scratches(
    ctx: Context,
    image: Image,
    *,
    threshold: Annotated[
        float, Slider(0.05, 0.95, 0.05, help="Lower finds more, also things that belong to the photo.")
    ] = 0.5,
    polarity: Annotated[
        str, Choice(("both", "light", "dark"), help="Whether to look for light damage, dark damage or both.")
    ] = "both",
    specks: Annotated[bool, Toggle(help="Also find dust, spots and small blotches, not only lines.")] = True,
    shortest: Annotated[float, Pixels(4, 400, 1, help="Lines shorter than this are left alone.")] = 12,
    widest: Annotated[float, Pixels(1, 60, 1, help="Lines and specks wider than this are left alone.")] = 24,
    grow: Annotated[float, Pixels(0, 20, 1, help="Widen what was found by this much, for its soft rim.")] = 1,
) -> Found:
    """Find scratches, cracks, dust and spots.

    It looks for lines at any angle, light and dark, that are narrower and more abrupt than anything a lens draws and
    that have the same picture on both of their sides, and for small patches that stand out from calm surroundings. On
    a sound photo it finds nothing. It works at the photo's own size, so that a hair-thin scratch on a large scan
    counts as well.

    It would rather miss faint damage than mark sound detail: lower the threshold where it finds too little, and
    correct the mask with a brush. The map shows how sure it is everywhere. Large tears, stains, and folds without a
    visible line are not found.
    """
    levels = [Level(luma, k) for k, luma in enumerate(pyramid(ctx, image)) if k == 0 or 2**k <= widest]
    work = [(level, tile) for level in levels for tile in tiles(*level.luma.shape)]
    for level, tile in ctx.track(work):
        level.look(tile, specks, ctx.check)
    found = [each for level in levels for each in level.candidates()]
    likely = ctx.empty((image.height, image.width))
    likely[:] = 0
    for each, probability in zip(found, judged(found, likely.shape), strict=True):
        ctx.check()
        allowed = np.where(_allowed(each, polarity, shortest, widest), probability, 0).astype(np.float32)
        stamp(likely, levels[0].luma, _footprint(each, allowed), each.level)
    mask = _grown(ctx, likely, threshold, grow)
    _tell(ctx, mask)
    return Found(Mask(mask), Mask(likely))


def _allowed(found: Candidates, polarity: str, shortest: float, widest: float) -> NDArray[np.bool_]:
    """Which groups the settings let through."""
    length, breadth = (axis * 2**found.level for axis in found.groups.axes())
    fits = length >= shortest if found.kind == "lines" else breadth <= widest
    return fits if polarity == "both" else fits & (found.light == (polarity == "light"))


def _footprint(found: Candidates, probability: Floats) -> Footprint:
    each = probability[found.groups.group]
    likely = each > FAINTEST
    if isinstance(found.pixels, Ridges):
        return line_footprint(found.pixels.of(likely), each[likely])
    return speck_footprint(found.pixels, found.groups, np.where(likely, each, 0).astype(np.float32))


def _grown(ctx: Context, likely: Floats, threshold: float, grow: float) -> Floats:
    """1 within `grow` pixels of what passes the threshold, else 0."""
    import cv2

    reach = math.ceil(grow)
    offsets = np.arange(-reach, reach + 1)
    disc = (np.hypot(offsets[:, None], offsets) <= grow + 0.5).astype(np.uint8)
    mask = ctx.empty(likely.shape)
    for tile in tiles(likely.shape[0], likely.shape[1], reach):
        ctx.check()
        marked = (likely[tile.read] >= threshold).astype(np.uint8)
        if reach and marked.any():
            marked = np.asarray(cv2.dilate(marked, disc))
        mask[tile.write] = marked[tile.core]
    return mask


def _tell(ctx: Context, mask: Floats) -> None:
    share = float(np.mean([np.count_nonzero(row) for row in mask])) / mask.shape[1]
    if share == 0:
        ctx.say("No damage found.")
    else:
        ctx.say(f"Marked {max(share * 100, 0.01):.2f} % of the photo as damaged.")
