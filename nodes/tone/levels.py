"""Black point, white point and midtones."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Slider, Toggle
from graph.spec import node
from nodes.kinds.image import Image
from nodes.pixels.colour import luma
from nodes.pixels.sample import inside
from nodes.tone.curve import mixed, relit, stretch

ENOUGH = 0.72
"""A picture that spans this much from black to white has good contrast: nine of ten photos as published do."""

LEAST_SPAN = 0.35
"""Automatic stretching stops here: it multiplies grain and stains as well."""

EMPTY = 0.04
"""A picture that spans less than this shows nothing that could be stretched."""

DEEPENED = 0.4
"""How far colours deepen along with the contrast, as an exponent: fully they would glow, not at all they would pale."""


@node(title="Levels")
def levels(
    ctx: Context,
    image: Image,
    *,
    auto: Annotated[bool, Toggle(help="Find black and white in the photo; off uses the two settings below.")] = True,
    clip: Annotated[
        float, Slider(0, 5, 0.1, help="Percent of the pixels at either end that may become black or white.")
    ] = 0.5,
    black: Annotated[float, Slider(0, 0.9, 0.005, help="What becomes black, when not automatic.")] = 0.0,
    white: Annotated[float, Slider(0.1, 1, 0.005, help="What becomes white, when not automatic.")] = 1.0,
    gamma: Annotated[float, Slider(0.2, 5, 0.05, help="Above 1 lightens the midtones, below 1 darkens them.")] = 1.0,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of the change is made.")] = 0.8,
) -> Image:
    """Set black, white and midtones, colours kept.

    Automatic looks at the inside of the print, without borders, and stretches its brightness from black to white.
    All colours keep their hue, and nothing is cut off: what lies beyond black and white is only pressed together.
    A photo of good contrast is left as it is.

    For a print whose colours have faded use Restore Faded Colours; it treats each colour by itself.
    """
    if auto:
        black, white = _ends(image, clip)
    if (black, white, gamma) == (0.0, 1.0, 1.0) or strength == 0.0:
        ctx.say("Contrast is fine: left as it is.")
        return image
    ctx.say(f"Black was at {black:.0%}, white at {white:.0%}.")
    curve = mixed(stretch(black, white, 1.0 / gamma), strength)
    gain = 1.0 + strength * (min(1.0 / (white - black), 3.0) ** DEEPENED - 1.0) if white > black else 1.0
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        result[tile.write] = relit(image.pixels[tile.read], curve, gain)
    return image.like(result)


def _ends(image: Image, clip: float) -> tuple[float, float]:
    """Where the inside of the print begins and ends; 0 and 1 where that is far enough apart, or hopeless."""
    light = luma(inside(image)[None])
    black, white = (float(end) for end in np.quantile(light, (clip / 100, 1.0 - clip / 100)))
    if white - black > ENOUGH or white - black < EMPTY:
        return 0.0, 1.0
    missing = max(0.0, LEAST_SPAN - (white - black))
    black = max(0.0, black - missing / 2)
    return black, min(1.0, max(white, black + LEAST_SPAN))
