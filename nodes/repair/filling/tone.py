"""The one tone of a black-and-white or sepia photo."""

from __future__ import annotations

from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import split
from nodes.pixels.one_tone import Toning
from nodes.pixels.profile import convert
from nodes.pixels.toning import toning

SEEN = 512
"""Pixels a side that are looked at, about."""


def one_tone(image: Image, mask: Floats) -> Toning | None:
    """The tone of what the mask (H, W) leaves unmarked, in sRGB; None for a photo in colours."""
    step = max(1, max(mask.shape) // SEEN)
    pixels = convert(image.pixels[::step, ::step], image.origin.profile, None)
    sound = pixels[mask[::step, ::step] == 0]
    if not len(sound) or toning(sound) == "colour":
        return None
    light, chroma = split(sound[None])
    return Toning(light[0], chroma[0])
