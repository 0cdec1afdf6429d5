"""Local contrast."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Slider
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import luma, split
from nodes.pixels.noise import estimate_grain
from nodes.pixels.resample import resampled
from nodes.tone.curve import in_range
from nodes.tone.equalising import Equaliser

SEEN = 768
"""Pixels of the longer side of the copy that histograms are made of: grain and dust are averaged away."""

SAMPLE = 1200
"""Pixels a side of what grain is measured on."""

VISIBLE = 0.03
"""Standard deviation to which grain may grow at most; at normal viewing size more is seen before the picture is."""

ENDS = 0.25
"""Protection reaches so far from black and from white."""


@node(title="Local Contrast")
def contrast(
    ctx: Context,
    image: Image,
    *,
    strength: Annotated[float, Slider(0, 1, 0.05, help="0 keeps the photo, 1 takes the new contrast fully.")] = 0.5,
    limit: Annotated[
        float, Slider(1, 4, 0.1, help="How many times as strong the contrast of any detail may become.")
    ] = 2.0,
    size: Annotated[
        float,
        Slider(3, 50, 1, unit="%", help="How large a part is worked on by itself, in percent of the longer side."),
    ] = 12.0,
    shadows: Annotated[float, Slider(0, 1, 0.05, help="How much the darkest tones are kept as they are.")] = 0.5,
    highlights: Annotated[float, Slider(0, 1, 0.05, help="How much the lightest tones are kept as they are.")] = 0.5,
) -> Image:
    """Bring out what is dull, part by part.

    Each part of the photo gets the contrast it needs: a face in the shade as well as a coat in the sun. The parts
    blend into each other. A clear sky and bare paper are left alone, and where the photo is grainy less is done.
    Colours are kept.

    Too much looks drawn. A smaller size brings out finer detail, a larger one looks calmer.
    """
    grain = estimate_grain(_middle(image)).sigma
    steepest = min(limit, max(1.0, VISIBLE / grain)) if grain > 0 else limit
    if strength == 0 or steepest <= 1.0:
        wanted = strength > 0 and limit > 1
        ctx.say("Too grainy: left as it is." if wanted else "No contrast is wanted: left as it is.")
        return image
    ctx.say(f"Contrast becomes {steepest:.1f} times as strong at most{', for the grain' if steepest < limit else ''}.")
    longer = max(image.height, image.width)
    seen = min(SEEN, longer)
    height, width = (max(1, round(side * seen / longer)) for side in (image.height, image.width))
    small = luma(resampled(ctx, image.pixels, height, width, "area"))
    equaliser = Equaliser(ctx, small, max(1.0, size / 100 * seen), steepest)
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, side=512):
        light, tints = split(image.pixels[tile.write])
        change = equaliser.of(light, tile.write, (image.height, image.width)) - light
        change *= np.float32(strength) * _kept(light, shadows, highlights)
        result[tile.write] = in_range(np.clip(light + change, 0, 1).astype(np.float32, copy=False), tints)
    return image.like(result)


def _middle(image: Image) -> Floats:
    """The brightness of the middle of the photo, a megapixel or so."""
    top, left = max(0, image.height - SAMPLE) // 2, max(0, image.width - SAMPLE) // 2
    return luma(image.pixels[top : top + SAMPLE, left : left + SAMPLE])


def _kept(light: Floats, shadows: float, highlights: float) -> Floats:
    """How much of a change is made: all of it in the midtones, less towards black and white."""
    dark, bright = (np.clip(1 - distance / np.float32(ENDS), 0, 1) for distance in (light, 1 - light))
    kept = (1 - np.float32(shadows) * dark) * (1 - np.float32(highlights) * bright)
    return np.asarray(kept, np.float32)
