"""Make a photo look old."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Annotated, NamedTuple

import numpy as np

from graph.context import Context, Tile
from graph.controls import Seed, Slider
from graph.spec import node
from nodes.damage.ageing import Ageing
from nodes.damage.amounts import Amounts
from nodes.damage.coverage import blurred
from nodes.damage.mark import Mark
from nodes.damage.sheet import Sheet, Window, sheet_of
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.colour import is_grey

SIDE = 512
"""Pixels a side of the tiles, so that stopping is quick however much there is to draw."""

SCANNED = 0.45
"""Pixels of blur on everything, more on a large photo: neither scanner nor damage has sharper edges."""

REACH = 4
"""Deviations: how far that blur looks."""


class Aged(NamedTuple):
    """An old photo, and what happened to it."""

    image: Image
    mask: Mask


@node(title="Make Look Old", scale_free=False)
def age(
    ctx: Context,
    image: Image,
    *,
    scratches: Annotated[float, Slider(0, 1, 0.05, help="How many scratches there are.")] = 0.35,
    creases: Annotated[float, Slider(0, 1, 0.05, help="How many folds and cracks there are.")] = 0.25,
    dust: Annotated[float, Slider(0, 1, 0.05, help="How much dust and dirt lies on it.")] = 0.25,
    hairs: Annotated[float, Slider(0, 1, 0.05, help="How many hairs and fibres lie on it.")] = 0.2,
    stains: Annotated[
        float,
        Slider(0, 1, 0.05, help="How many stains, brown spots, strips of tape and fingerprints there are."),
    ] = 0.25,
    torn: Annotated[float, Slider(0, 1, 0.05, help="How torn its corners and how worn its rims are.")] = 0.3,
    fading: Annotated[float, Slider(0, 1, 0.05, help="How far black and colours have faded.")] = 0.4,
    yellowing: Annotated[float, Slider(0, 1, 0.05, help="How yellow the paper has become.")] = 0.4,
    grain: Annotated[float, Slider(0, 1, 0.05, help="How strong the grain of the film is.")] = 0.25,
    softness: Annotated[float, Slider(0, 1, 0.05, help="How soft the lens drew.")] = 0.3,
    seed: Annotated[int, Seed(help="Another seed damages it in other places.")] = 1,
) -> Aged:
    """Make a sound photo look old, and mark what was damaged.

    Scratches, folds, dust, hairs, stains and torn corners are as many and as large as on real scans, in proportion to
    the photo; fading, yellowing, grain and a soft lens come on top. Set to 0 what you do not want.

    The mask shows exactly where damage can be seen. With it you can try how well a repair works: damage a sound
    photo, repair it, and compare it with what it was.
    """
    amounts = Amounts(scratches, creases, dust, hairs, stains, torn)
    sheet = sheet_of(image.height, image.width)
    ageing = _ageing(sheet, fading, yellowing, grain, softness, seed)
    if amounts == Amounts() and ageing == Ageing(seed=seed):
        ctx.say("Everything is at 0: left as it is.")
        return Aged(image, Mask(np.broadcast_to(np.float32(0), (image.height, image.width))))
    marks = amounts.marks(sheet, np.random.default_rng(seed))
    if yellowing == 0 and is_grey(image.pixels):
        marks = [replace(mark, tone=_grey(mark)) for mark in marks]
    pixels, damaged = ctx.empty(image.pixels.shape), ctx.empty(image.pixels.shape[:2])
    for tile in ctx.tiles(image, ageing.margin + math.ceil(REACH * _focus(sheet)), SIDE):
        pixels[tile.write], damaged[tile.write] = _aged(ctx, image, tile, sheet, ageing, marks)
    ctx.say(f"{sum(mark.marked for mark in marks)} pieces of damage were drawn.")
    return Aged(image.like(pixels), Mask(damaged))


def _ageing(sheet: Sheet, fading: float, yellowing: float, grain: float, softness: float, seed: int) -> Ageing:
    """Strengths as a person sets them; lengths in proportion to the photo, but no finer than its pixels."""
    return Ageing(
        fading=fading,
        yellowing=yellowing,
        uneven=0.4 * max(fading, yellowing),
        grain=grain,
        grain_size=max(1.5, 3.5 * sheet.scale) if grain else 1.5,
        softness=2.5 * softness * max(0.4, sheet.scale),
        seed=seed,
    )


def _aged(
    ctx: Context, image: Image, tile: Tile, sheet: Sheet, ageing: Ageing, marks: list[Mark]
) -> tuple[Floats, Floats]:
    rows, columns = tile.read
    window = Window(rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start)
    pixels = ageing.print(image.pixels[tile.read], window, sheet)
    kinds = np.zeros(window.shape, np.uint8)
    for mark in marks:
        ctx.check()
        mark.lay(pixels, kinds, window)
    pixels = np.clip(blurred(ageing.tint(pixels, window, sheet), _focus(sheet)), 0, 1)
    return pixels[tile.core], (kinds[tile.core] > 0).astype(np.float32)


def _focus(sheet: Sheet) -> float:
    return SCANNED * max(1.0, sheet.scale)


def _grey(mark: Mark) -> tuple[float, float, float]:
    level = sum(mark.tone) / 3
    return level, level, level
