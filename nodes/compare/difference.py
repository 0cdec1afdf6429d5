"""What changed between two photos."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider
from graph.spec import node
from nodes.compare.fitting import fitted
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image


@node(title="Difference")
def difference(
    ctx: Context,
    image: Image,
    other: Image,
    *,
    gain: Annotated[float, Slider(1, 50, 0.5, help="How much the difference is amplified to be seen.")] = 4.0,
    view: Annotated[
        str, Choice(("heat map", "colours", "grey"), help="As heat from black to white, per colour, or in grey.")
    ] = "heat map",
) -> Image:
    """Show where two photos differ, and by how much.

    Black means no difference. Useful to see what a step really touched, and that it left the rest alone. The note
    gives the PSNR in decibels: above 40 the eye hardly sees a difference.
    """
    import cv2

    second = fitted(ctx, other, image)
    out = ctx.empty(image.pixels.shape)
    total = 0.0
    for tile in ctx.tiles(image, side=512):
        apart = np.abs(image.pixels[tile.write] - second[tile.write])
        total += cv2.norm(apart, cv2.NORM_L2SQR)
        out[tile.write] = _shown(apart, gain, view)
    ctx.say(_psnr(total / image.pixels.size))
    return image.like(out)


def _psnr(mean_square: float) -> str:
    if mean_square == 0:
        return "Both photos are identical."
    return f"PSNR {-10 * math.log10(mean_square):.2f} dB."


def _shown(apart: Floats, gain: float, view: str) -> Floats:
    if view == "colours":
        return np.minimum(apart * np.float32(gain), 1)
    strongest = np.maximum.reduce([apart[..., channel] for channel in range(3)])
    strength = np.minimum(strongest * np.float32(gain), 1)[..., None]
    if view == "grey":
        return np.repeat(strength, 3, axis=2)
    # Black, red, yellow, white: red rises first, then green, then blue.
    return np.clip(3 * strength - np.arange(3, dtype=np.float32), 0, 1)
