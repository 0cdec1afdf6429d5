"""Bring a faded print back."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import split
from nodes.pixels.sample import inside
from nodes.pixels.toning import Toning, toning
from nodes.tone.curve import in_range, relit, through
from nodes.tone.fading import Cure, Ends, cure, measured
from nodes.tone.skin import keep_skin, likely_skin

SOUND, FADED = 0.18, 0.25
"""Evidence of fading below and above which nothing and everything is done. Of 502 sound photos of all kinds one in
eight lies above the first, one in 25 above the second; they are misty, or dim throughout."""

EMPTY = 0.04
"""A picture that spans less than this shows nothing to restore."""


@node(title="Restore Faded Colours", version=2)
def fade(
    ctx: Context,
    image: Image,
    *,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of the correction is made.")] = 1.0,
    tone: Annotated[
        str,
        Choice(("keep", "neutral"), help="A sepia or otherwise toned print keeps its tone or becomes grey."),
    ] = "keep",
    skin: Annotated[
        float, Slider(0, 1, 0.05, help="How much skin is kept from flushing and from turning to another hue.")
    ] = 0.5,
) -> Image:
    """Give a faded or yellowed print its depth and colours back.

    Fading lifts black, dulls white and pales colours. How far is measured inside the print; then black, white and
    colours are taken back as far. Where black itself has turned brown or blue the dyes of a colour print have faded
    at different rates, and each colour is treated by itself. A toned black-and-white print gets its depth back and
    keeps its tone, or becomes neutral if you choose so.

    A sound photo is left as it is. A picture in mist, or of one colour throughout, may be taken for a faded one: then
    lower the strength. For more contrast still, add Levels or Local Contrast.
    """
    sample = inside(image)
    kind = toning(sample)
    found = measured(sample)
    amount = strength * faded(found, kind)
    neutral = kind == "toned" and tone == "neutral"
    if amount == 0.0 and not neutral:
        ctx.say("Not faded: left as it is.")
        return image
    remedy = cure(found, amount)
    ctx.say(_note(kind, found, neutral=neutral))
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        pixels = image.pixels[tile.read]
        if kind == "colour":
            result[tile.write] = keep_skin(pixels, _coloured(pixels, remedy, skin), skin * amount)
        else:
            result[tile.write] = relit(pixels, remedy.light, 0.0 if neutral else 1.0)
    return image.like(result)


def faded(found: Ends, kind: Toning) -> float:
    """How sure it is that a print has faded, 0..1."""
    if found.span < EMPTY:
        return 0.0
    return float(np.clip((found.evidence(coloured=kind == "colour") - SOUND) / (FADED - SOUND), 0.0, 1.0))


def _coloured(pixels: Floats, remedy: Cure, skin: float) -> Floats:
    sides = [through(curve, pixels[..., side]) for side, curve in enumerate(remedy.channels)]
    light, tints = split(np.stack(sides, axis=-1))
    # Faces flush easily.
    gain = 1.0 + np.float32(remedy.deeper - 1.0) * (1.0 - np.float32(skin) * likely_skin(tints))
    return in_range(light, np.asarray(tints * gain[..., None], np.float32))


def _note(kind: Toning, found: Ends, *, neutral: bool) -> str:
    done = {"colour": "each colour is taken back", "toned": "the print's tone is kept", "grey": "stretched"}[kind]
    return f"Black was at {found.black:.0%}, white at {found.white:.0%}; {'made neutral' if neutral else done}."
