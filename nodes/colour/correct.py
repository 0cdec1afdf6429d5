"""Correct the colours of a photo."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Slider
from graph.spec import node
from nodes.colour.cast import at, cast_of
from nodes.colour.recolour import lab_of, recoloured
from nodes.colour.statistics import sample
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey

WARM, PINK = (4.0, 20.0), (18.0, -4.0)
"""a*, b* that a whole turn of warmth and of tint adds: along the colours of daylight, and across them."""

DULL = 30.0
"""CIE units of chroma at which vibrance does half of what it does to greys."""

SKIN, WIDTH = 50.0, 30.0
"""Degrees: the hue of skin of all peoples, and how far from it a colour is none. H. Zeng and R. Luo, "Colour and
Tolerance of Preferred Skin Colours" (2010), find 41° to 60°."""


@node(title="Correct Colours")
def correct(
    ctx: Context,
    image: Image,
    *,
    cast: Annotated[
        float,
        Slider(0, 1, 0.05, help="How much of a colour cast is taken out, in shadows, midtones and lights separately."),
    ] = 0.0,
    warmth: Annotated[float, Slider(-1, 1, 0.05, help="Below 0 makes it bluer, above 0 warmer.")] = 0.0,
    pinkness: Annotated[float, Slider(-1, 1, 0.05, help="Below 0 makes it greener, above 0 pinker.")] = 0.0,
    saturation: Annotated[float, Slider(0, 2, 0.05, help="How vivid all colours are; 0 is grey.")] = 1.0,
    vibrance: Annotated[
        float, Slider(-1, 1, 0.05, help="Makes pale colours livelier, or paler below 0; strong ones change little.")
    ] = 0.0,
    skin: Annotated[float, Slider(0, 1, 0.05, help="How much the colours of skin are kept from vibrance.")] = 0.7,
) -> Image:
    """Take out a colour cast, and make colours livelier or calmer. Brightness stays as it is.

    A cast is often not the same all over: with Cast, shadows turned blue and lights yellow are corrected each by
    themselves. Black-and-white photos, toned prints and photos that have true greys have no cast. Look at the result:
    a photo that is of one colour by nature, such as a lawn or a sunset, is easily taken for one with a cast. White
    Balance is more careful.

    Vibrance makes pale colours livelier and keeps skin from turning orange; saturation acts on all colours alike.
    """
    found = cast_of(sample(ctx, image)) if cast > 0 else None
    grey = is_grey(image.pixels)
    added = np.array(WARM, np.float32) * np.float32(warmth) + np.array(PINK, np.float32) * np.float32(pinkness)
    if found is None and not added.any() and (grey or (saturation == 1 and vibrance == 0)):
        ctx.say(_nothing(grey, cast))
        return image
    if found is not None:
        ctx.say(f"A colour cast of {float(np.hypot(found[:, 1], found[:, 2]).mean()):.0f} CIE units was found.")
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        light, own = lab_of(image, tile)
        tint = own + added if found is None else own + added - np.float32(cast) * at(found, light)
        gain = saturation * _vibrance(tint.astype(np.float32), vibrance, skin)
        result[tile.write] = recoloured(image, tile, light, tint * gain, np.float32(1))
    return image.like(result)


def _nothing(grey: bool, cast: float) -> str:
    """Why nothing is done."""
    if grey:
        return "The photo is grey: left as it is."
    return "No colour cast was found: left as it is." if cast > 0 else "No correction is wanted: left as it is."


def _vibrance(tint: Floats, amount: float, skin: float) -> Floats | np.float32:
    """The gain (h, w, 1) of each colour: the paler it is, the more it changes; skin hardly does."""
    if amount == 0:
        return np.float32(1)
    import cv2

    chroma, angle = cv2.cartToPolar(tint[..., 0], tint[..., 1], angleInDegrees=True)
    away = np.abs((angle - SKIN + 180) % 360 - 180)
    likely = np.clip(1.5 * (1 - away / WIDTH), 0, 1)
    effect = np.float32(amount) * (1 - np.float32(skin) * likely) / (1 + chroma / DULL)
    return np.asarray(1 + effect, np.float32)[..., None]
