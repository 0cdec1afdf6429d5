"""Sharpen."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Pixels, Slider, Toggle
from graph.spec import node
from nodes.detail.sharpness import edge_width
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import BLUE, GREEN, RED, luma
from nodes.pixels.gaussian import Gaussian
from nodes.pixels.noise import estimate_grain

SHARP = 1.25
"""Pixels. An edge between two pixels measures 0.8, a scan that resolves all it can 0.9 to 1.1. Of six photos blurred by
0 to 2 pixels, those that measured more than this came nearer to what they had been, and those below further away."""

ABOVE_NOISE = 2.0
"""Standard deviations: what the automatic threshold still takes for grain."""

SAMPLE = 1200
"""Pixels a side of what is measured."""


@node(title="Sharpen", version=2)
def sharpen(
    ctx: Context,
    image: Image,
    *,
    amount: Annotated[float, Slider(0, 3, 0.05, help="How strongly; 0 changes nothing.")] = 0.8,
    radius: Annotated[
        float, Pixels(0.3, 100, 0.1, help="How wide the blur is that is worked against, in pixels.")
    ] = 1.5,
    threshold: Annotated[
        float, Slider(0, 0.2, 0.005, help="Differences fainter than this are left alone: grain stays as it is.")
    ] = 0.01,
    auto: Annotated[
        bool, Toggle(help="Measure first: leave a sharp photo alone, and keep the threshold above the grain.")
    ] = False,
) -> Image:
    """Make soft edges crisper.

    An unsharp mask: what a blurred copy lacks is added once more. Only lightness is sharpened, so that no coloured
    rims appear. One to three pixels suit a soft scan; a radius of 30 or more with a small amount brings back local
    contrast. Too much leaves bright rims along dark edges. Remove grain first: what is sharpened is enlarged.
    """
    if amount <= 0:
        ctx.say("An amount of 0 changes nothing.")
        return image
    if auto:
        noise, width = _measured(image)
        if width <= SHARP:
            ctx.say(f"The photo is sharp already: its edges are about {width:.1f} pixels wide. Nothing was changed.")
            return image
        threshold = max(threshold, ABOVE_NOISE * noise)
        ctx.say(f"Edges are about {width:.1f} pixels wide; differences below {threshold:.3f} are left alone.")
    soft = Gaussian(ctx, image.pixels, radius)
    out = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, soft.overlap, side=512):
        out[tile.write] = _sharpened(image.pixels[tile.write], soft.of(tile), amount, threshold)
    return image.like(out)


def _sharpened(pixels: Floats, blurred: Floats, amount: float, threshold: float) -> Floats:
    import cv2

    lacking = np.asarray(cv2.transform(cv2.subtract(pixels, blurred), np.array([[RED, GREEN, BLUE]], np.float32)))
    if threshold > 0:
        # A soft gate, as Wiener's filter has it: half at the threshold, nothing far below, all far above.
        power = lacking * lacking
        lacking *= power / (power + np.float32(threshold**2))
    # The same for each channel, so that grey stays grey and colours keep their differences.
    added = cv2.merge([lacking * np.float32(amount)] * 3)
    sharpened = np.asarray(cv2.add(pixels, added), np.float32)
    return np.clip(sharpened, 0, 1, out=sharpened)


def _measured(image: Image) -> tuple[float, float]:
    """Noise and edge width on the middle of the photo, a few megapixels at most."""
    top, left = max(0, image.height - SAMPLE) // 2, max(0, image.width - SAMPLE) // 2
    plane = luma(image.pixels[top : top + SAMPLE, left : left + SAMPLE])
    return estimate_grain(plane).sigma, edge_width(plane)
