"""Colour a photo from a few painted strokes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import numpy as np

from graph.context import Context, tiles
from graph.controls import Slider, Strokes, Toggle
from graph.spec import node
from nodes.colour.diffusion import diffused
from nodes.colour.lab import lab_from_srgb
from nodes.colour.recolour import GREY, lab_of, recoloured
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey, srgb_from_hex
from nodes.pixels.guided import Guided
from nodes.pixels.profile import convert
from nodes.pixels.resample import resampled
from nodes.pixels.strokes.painter import Painter
from nodes.pixels.strokes.stroke import paint_tile

WORKED = 500_000
"""Pixels of the copy on which colours are spread."""

NEUTRAL = 4.0
"""CIE units of chroma below which a stroke's colour is grey, and protects."""

NEAR, FLAT = 2, 2.0
"""Pixels of the copy in which an edge is looked for in the photo, and the deviation of L* that counts as flat."""

SIDE = 512
"""Pixels of a tile: of each a dozen arrays are held at once."""

LEAST, MOST = 0.1, 0.6
"""How sure it must be that a place belongs to coloured strokes, for the first of their colour and for all of it."""


class Marked(NamedTuple):
    """What was painted, at the size of a copy of the photo."""

    tint: Floats
    """a*, b* and 1 (h, w, 3) of coloured strokes, zeros of neutral ones."""
    certain: Floats
    """(h, w): 1 where there is a stroke."""


@node(title="Colour by Strokes")
def hints(
    ctx: Context,
    image: Image,
    *,
    strokes: Annotated[
        list[dict[str, Any]],
        Strokes(colours=True, help="A few strokes in the colours that things had; grey protects what it marks."),
    ] = [],  # noqa: B006 - an engine default, never changed
    strength: Annotated[float, Slider(0, 1, 0.05, help="0 keeps the photo, 1 takes the new colours fully.")] = 1.0,
    saturation: Annotated[float, Slider(0, 2, 0.05, help="How vivid the new colours are; 1 is as painted.")] = 1.0,
    keep: Annotated[
        bool,
        Toggle(help="A photo in colour keeps its own colours where no stroke reaches; off, the strokes colour it all."),
    ] = True,
    reach: Annotated[
        float,
        Slider(1, 100, 1, unit="%", help="How far a stroke reaches if own colours are kept, in percent of the photo."),
    ] = 25.0,
) -> Image:
    """Paint a few strokes of colour; each spreads over the thing it lies on.

    Put one short stroke on each thing: skin, hair, dress, wall, sky. The colour flows as far as the brightness stays
    alike and stops at outlines. Where it runs too far, add a stroke of the right colour on the other side; a grey
    stroke protects what it marks. Only colour is added: the photo keeps its brightness and its sharpness.

    A black-and-white photo is coloured all over. A photo in colour keeps its own colours where no stroke reaches, so
    that a single dress or a stain can be recoloured.
    """
    if strength == 0 or not strokes:
        ctx.say("There are no strokes: left as it is." if strength else "No colour is wanted: left as it is.")
        return image
    coloured = not is_grey(image.pixels, GREY)
    small = _small(ctx, image)
    marked = _marked(ctx, small, strokes, small.width / image.width)
    if not (marked.tint[..., 2] * marked.certain).any():
        ctx.say("No stroke of a colour touches the photo: left as it is.")
        return image
    spread = _spread(ctx, small, marked, reach / 100 if coloured and keep else None)
    spread[..., :2] *= np.float32(saturation)
    guided = Guided(ctx, _lab(small)[..., :1], spread, (image.height, image.width), NEAR, FLAT)
    wiped = coloured and not keep
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, side=SIDE):
        light, own = lab_of(image, tile)
        found = guided.of(tile, light[..., None])
        share = found[..., 2:].clip(0, 1)
        under = np.zeros_like(own) if wiped else own
        tint = own + strength * (under + share * (found[..., :2] - under) - own)
        wanted = np.float32(1) if wiped else share
        result[tile.write] = recoloured(image, tile, light, tint, wanted)
    return image.like(result)


def _small(ctx: Context, image: Image) -> Image:
    scale = min(1.0, (WORKED / (image.height * image.width)) ** 0.5)
    height, width = (max(1, round(side * scale)) for side in (image.height, image.width))
    return image.like(resampled(ctx, image.pixels, height, width, "area"))


def _lab(image: Image) -> Floats:
    light, tint = lab_from_srgb(convert(image.pixels, image.origin.profile, None))
    return np.concatenate([light[..., None], tint], axis=-1)


def _marked(ctx: Context, small: Image, strokes: Sequence[Mapping[str, Any]], scale: float) -> Marked:
    """The strokes, in order: a later one covers those below it, and erasing uncovers the photo."""
    tint = np.zeros((small.height, small.width, 3), np.float32)
    certain = np.zeros((small.height, small.width), np.float32)
    control, painter = Strokes(colours=True), Painter(ctx, small)
    whole = tiles(small.height, small.width, 0, max(small.height, small.width))[0]
    for stroke in control.scaled(control.validate(strokes), scale):
        touched = np.zeros_like(certain)
        paint_tile(ctx, touched, whole, painter.strokes([{**stroke, "erase": False}]))
        certain *= 1 - touched
        if not stroke["erase"]:
            certain += touched
            # At the soft edge of a stroke its colour is less certain, not paler.
            share = touched / np.maximum(certain, 1e-6)
            tint += share[..., None] * (_tint(stroke["colour"]) - tint)
    return Marked(tint, certain)


def _tint(colour: str) -> Floats:
    """a*, b* and 1 of a colour #rrggbb; zeros of a grey."""
    tint = lab_from_srgb(srgb_from_hex(colour)[None, None])[1][0, 0]
    return np.append(tint, np.float32(1)) if np.hypot(*tint) >= NEUTRAL else np.zeros(3, np.float32)


def _spread(ctx: Context, small: Image, marked: Marked, reach: float | None) -> Floats:
    """a*, b* of the strokes everywhere, and how much of them (h, w, 3); within that part of the longer side only."""
    lab = _lab(small)
    if reach is None:
        found = diffused(ctx, lab[..., :1], marked.tint, marked.certain, 0.0)
    else:
        # What the photo's own colours tell apart are different things.
        found = diffused(ctx, lab, marked.tint, marked.certain, (reach * max(small.height, small.width)) ** -2)
    share = found[..., 2:]
    found[..., :2] /= np.maximum(share, LEAST)
    np.clip((share - LEAST) / (MOST - LEAST), 0, 1, out=share)
    return found
