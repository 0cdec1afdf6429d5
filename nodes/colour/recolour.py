"""A photo under other colours, tile by tile: its lightness stays, whatever they are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.context import Context, Tile
from nodes.colour.lab import lab_from_srgb, lightness, srgb_from_lab
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import linear_from_srgb
from nodes.pixels.profile import convert

Numbers = NDArray[np.floating[Any]]

GREY = 2 / 255
"""Channels that differ by less are grey: a scanner's noise and JPEG leave that much."""

SIGMAS = 2.0
"""The softness of a mask is the width of its ramp on one side: two standard deviations of the Gaussian."""


def lab_of(image: Image, tile: Tile) -> tuple[Floats, Floats]:
    """L* (h, w), 0..100, and a*, b* (h, w, 2) of what lies at `tile.write`."""
    return lab_from_srgb(convert(image.pixels[tile.write], image.origin.profile, None))


def lightness_of(ctx: Context, image: Image) -> Floats:
    """L* / 100 (H, W)."""
    light = ctx.empty((image.height, image.width))
    for tile in ctx.tiles(image):
        pixels = convert(image.pixels[tile.write], image.origin.profile, None)
        np.clip(lightness(linear_from_srgb(pixels)) / 100, 0, 1, out=light[tile.write])
    return light


def recoloured(image: Image, tile: Tile, light: Floats, tint: Numbers, share: Floats | np.float32) -> Floats:
    """The pixels at `tile.write` with that lightness and tint, in the photo's profile; untouched where `share` is 0."""
    painted = convert(srgb_from_lab(light, tint.astype(np.float32, copy=False)), None, image.origin.profile)
    # Where nothing is wanted the photo is kept to the last bit.
    return np.where(share > 0, painted, image.pixels[tile.write])
