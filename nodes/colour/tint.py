"""Tone a print."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Colour, Slider
from graph.spec import node
from nodes.colour.lab import lab_from_srgb
from nodes.colour.recolour import lab_of, recoloured
from nodes.colour.toners import TONERS, curve, shades_of, toned
from nodes.kinds.image import Image
from nodes.pixels.colour import srgb_from_hex

OWN = "own colour"


@node(title="Tone Print")
def tint(
    ctx: Context,
    image: Image,
    *,
    tone: Annotated[
        str,
        Choice(
            (*TONERS, OWN),
            help="Sepia is warm in the lights, selenium plum in the shadows, split both; cyanotype is blue, gold cool.",
        ),
    ] = "sepia",
    colour: Annotated[str, Colour(help="Own colour: that of the middle tones.")] = "#8a6a4a",
    depth: Annotated[float, Slider(0, 2, 0.05, help="How deep the tone is; 0 is a neutral grey.")] = 1.0,
    strength: Annotated[float, Slider(0, 1, 0.05, help="0 keeps the photo's own colours, 1 only the tone.")] = 1.0,
) -> Image:
    """Give a photo the tone of an old print: sepia, selenium, cyanotype, gold or a colour of your own.

    Colours that are there are taken out first, and brightness stays as it is. As on paper, a tone does not lie evenly:
    sepia colours the lights more than the deepest shadows, selenium only the shadows, and white stays nearly white.
    """
    if strength == 0:
        ctx.say("No tone is wanted: left as it is.")
        return image
    colours = curve(_own(colour) if tone == OWN else TONERS[tone]) * np.float32(depth)
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        light, own = lab_of(image, tile)
        made = own + strength * (toned(light, colours) - own)
        result[tile.write] = recoloured(image, tile, light, made, np.float32(1))
    return image.like(result)


def _own(colour: str) -> tuple[tuple[float, float, float], ...]:
    light, tint = lab_from_srgb(srgb_from_hex(colour)[None, None])
    return shades_of(float(light[0, 0]), *(float(part) for part in tint[0, 0]))
