"""Take uneven light and broad stains out of a picture."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider, Toggle
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import luma
from nodes.pixels.enlarging import enlarged
from nodes.pixels.resample import resampled
from nodes.pixels.toning import toning
from nodes.tone.illumination import dark_corners, logarithm, smooth, stains, uneven_paper

SEEN = 160
"""Pixels of the longer side of the copy that light is measured on; it changes slowly."""

MOST = 0.7
"""The largest change, as a logarithm: a factor of 2. More would bring up noise."""

KNEE = 0.85
"""What becomes brighter than this bends towards white instead of clipping."""

LEAST = 0.01
"""Changes below this, as a logarithm, are two 8-bit steps at white."""


@node(title="Even Out Light and Stains")
def even_light(
    ctx: Context,
    image: Image,
    *,
    auto: Annotated[
        bool, Toggle(help="Take out only what surely lies on the print; off evens out all broad changes of light.")
    ] = True,
    what: Annotated[
        str,
        Choice(
            ("light and colour", "light only"), help="Whether yellowed zones and other broad stains are evened out too."
        ),
    ] = "light and colour",
    size: Annotated[
        float,
        Slider(
            20, 100, 5, unit="%", help="How broad a change must be when not automatic, in percent of the photo's side."
        ),
    ] = 50.0,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of the unevenness is taken out.")] = 0.8,
) -> Image:
    """Take out dark corners, uneven light, and broad stains.

    Automatic takes out three things: corners that are all darker in the same way, light that the white paper around
    the picture shows to be uneven, and yellowed zones of a black-and-white print. Where there is none of them the
    photo is left as it is.

    Switch Automatic off for a photo that is lighter on one side, or stained all over. Then the broad changes of
    light are evened out, whatever they come from. A dark coat or a bright window stands out and does not count, but
    a sky above a meadow is evened out as well: lower the strength then, or choose light without colour.
    """
    longer = max(image.height, image.width)
    height, width = (max(1, round(side * min(1.0, SEEN / longer))) for side in (image.height, image.width))
    small = resampled(ctx, image.pixels, height, width, "area")
    field, found = _sure(small, coloured=what != "light only") if auto else (_broad(small, what, size), "broad changes")
    gains = np.exp(np.clip(-strength * field, -MOST, MOST))
    if not found or float(np.abs(gains - 1).max()) < LEAST:
        ctx.say("The light is even: left as it is.")
        return image
    ctx.say(f"Found {found}: changed by a factor of up to {max(float(gains.max()), 1 / float(gains.min())):.2f}.")
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        gain = enlarged(gains, (image.height, image.width), tile)
        result[tile.write] = lit(image.pixels[tile.write], gain)
    return image.like(result)


def lit(pixels: Floats, gain: Floats) -> Floats:
    """Pixels times a gain, bent towards white above the knee; black and white stay."""
    bright = pixels * gain
    start = np.minimum(KNEE / gain, KNEE)
    share = (pixels - start) / (1 - start)
    bent = KNEE + (1 - KNEE) * share
    return np.clip(np.where((gain > 1) & (bright > KNEE), bent, bright), 0.0, 1.0)


def _sure(small: Floats, *, coloured: bool) -> tuple[Floats, str]:
    """The light (h, w, 3) that surely lies on the print, and what it is in words; nothing gives no words."""
    field, found = np.zeros_like(small), list[str]()
    paper = uneven_paper(small)
    if paper is not None:
        paper -= np.median(paper, axis=(0, 1))
        field += paper if coloured else paper.mean(axis=2, keepdims=True)
        found.append("light on the paper")
    corners = dark_corners(small) if paper is None else None
    if corners is not None:
        field += corners[..., None]
        found.append("dark corners")
    kind = toning(small.reshape(-1, 3))
    spots = stains(np.clip(small * np.exp(-field), 0, 1)) if coloured and kind == "toned" else None
    if spots is not None:
        field += spots
        found.append("stains")
    return field, " and ".join(found)


def _broad(small: Floats, what: str, size: float) -> Floats:
    """All broad changes of light (h, w, 3), 0 in the mean: of every colour, or alike for all three."""
    order = 1 + round(100 / size)
    planes = [luma(small)] if what == "light only" else [small[..., side] for side in range(3)]
    fields = [smooth(logarithm(plane), order) for plane in planes]
    centred = [field - np.median(field) for field in fields]
    return np.repeat(np.stack(centred, axis=-1), 3 // len(centred), axis=2)
