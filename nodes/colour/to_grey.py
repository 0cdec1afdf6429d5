"""Turn a photo black-and-white."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import BLUE, GREEN, RED, is_grey, linear_from_srgb, srgb_from_linear
from nodes.pixels.profile import convert

Weights = tuple[float, float, float]

MIXES: Mapping[str, Weights] = MappingProxyType(
    {
        "luminance": (RED, GREEN, BLUE),
        "red filter": (0.90, 0.10, 0.00),
        "orange filter": (0.65, 0.35, 0.00),
        "yellow filter": (0.45, 0.50, 0.05),
        "green filter": (0.10, 0.80, 0.10),
        "blue filter": (0.00, 0.10, 0.90),
        # Emulsions of the years up to about 1920 do not see red: red lips are dark, and blue sky is white.
        "orthochromatic": (0.00, 0.55, 0.45),
    }
)
"""Shares of red, green and blue light: what a film behind such a filter sees of the colours of a screen."""

OWN = "own mix"


@node(title="Make Black-and-White")
def to_grey(
    ctx: Context,
    image: Image,
    *,
    mix: Annotated[
        str,
        Choice(
            (*MIXES, OWN),
            help="What is seen of each colour: luminance as the eye, a filter lightens its own colour and darkens the "
            "opposite one, orthochromatic as the plates and films of before 1920.",
        ),
    ] = "luminance",
    red: Annotated[float, Slider(-1, 2, 0.05, help="Own mix: how much of red counts.")] = 0.2,
    green: Annotated[float, Slider(-1, 2, 0.05, help="Own mix: how much of green counts.")] = 0.7,
    blue: Annotated[float, Slider(-1, 2, 0.05, help="Own mix: how much of blue counts.")] = 0.1,
    strength: Annotated[float, Slider(0, 1, 0.05, help="0 keeps the photo, 1 leaves no colour.")] = 1.0,
) -> Image:
    """Make a photo grey, with a choice of how bright each colour becomes.

    Helps with stains on black-and-white prints: a stain is weakest in light of its own colour. The red filter weakens
    red, brown and yellow stains, the green one green stains, the blue one blue ink. For a faded yellow print or
    pencil it is the other way round: the blue filter shows it strongest.

    Own mix takes the shares of red, green and blue that you set; they are brought to a sum of 1, so that grey and
    white stay as they are.
    """
    weights = np.array((red, green, blue) if mix == OWN else MIXES[mix])
    if weights.sum() < 0.05:
        raise StepError("Red, green and blue together count for nothing.", "Raise one of them in Make Black-and-White.")
    if strength == 0 or is_grey(image.pixels):
        ctx.say("Left as it is." if strength == 0 else "The photo is grey already: left as it is.")
        return image
    shares = (weights / weights.sum()).astype(np.float32)
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        before = image.pixels[tile.write]
        grey = _grey(before, shares, image.origin.profile)
        # Written so that with all strength the three channels are equal to the last bit.
        result[tile.write] = grey + np.float32(1 - strength) * (before - grey)
    return image.like(result)


def _grey(pixels: Floats, shares: Floats, profile: bytes | None) -> Floats:
    """Mixed in linear light, as a film adds it up; (h, w, 1)."""
    linear = linear_from_srgb(convert(pixels, profile, None))
    grey = srgb_from_linear((linear @ shares).clip(0, 1))
    # A profile's own rounding would leave a trace of colour.
    return convert(np.repeat(grey[..., None], 3, axis=2), None, profile)[..., 1:2]
