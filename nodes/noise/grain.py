"""Add photographic grain."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context, Tile
from graph.controls import Pixels, Seed, Slider
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.colour import luma
from nodes.pixels.extent import require_same_size
from nodes.pixels.grains import grains, grains_reach
from nodes.pixels.noise import SAMPLE, STRONGEST, estimate_grain

CELL = 256
"""Noise is drawn in squares of this side, each from its own place and the seed, so that tiles do not matter."""

WIDEST = 20.0
"""Pixels. Larger is no grain, and the tiles' overlap grows with it."""


@node(title="Add Grain", scale_free=False)
def grain(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    reference: Image | None = None,
    *,
    strength: Annotated[float, Slider(0, 1, 0.01, help="How strong the grain is in the midtones.")] = 0.2,
    size: Annotated[float, Pixels(1, WIDEST, 0.1, help="How large the grains are.")] = 1.6,
    colour: Annotated[float, Slider(0, 1, 0.05, help="0 is grain of black-and-white film, 1 of colour film.")] = 0.0,
    seed: Annotated[int, Seed(help="Another seed draws other grains.")] = 1,
) -> Image:
    """Add film grain, everywhere or where a mask says.

    Grain hides what retouching leaves behind: smooth patches in a grainy photo catch the eye. It is strongest in the
    midtones and fades towards black and white, as on film.

    Wire the untouched photo to Reference, and strength and size are measured there instead of set; wire the repair
    mask to Mask, and only the repaired places get it. The same seed always draws the same grains.
    """
    require_same_size(image, mask, "the mask and the photo")
    deviation = strength * STRONGEST
    if reference is not None:
        deviation, size = _measured(reference)
        ctx.say(f"Grain of the reference: {deviation * 255:.1f} of 255, {size:.1f} pixels.")
    if deviation == 0.0 or (mask is not None and not mask.values.any()):
        ctx.say("No grain to add: left as it is.")
        return image
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        pixels = image.pixels[tile.write]
        light = luma(pixels)
        # Density grain as seen in a print: none in paper white and in full black, most between.
        amount = deviation * np.sqrt(4.0 * light * (1.0 - light))
        if mask is not None:
            amount = amount * mask.values[tile.write]
        noise = _noise(tile, size, colour, seed)
        np.clip(pixels + amount[..., None] * noise, 0.0, 1.0, out=result[tile.write])
    return image.like(result)


def _measured(reference: Image) -> tuple[float, float]:
    """Deviation and size of a photo's grain."""
    height, width = (min(side, SAMPLE) for side in (reference.height, reference.width))
    y, x = (reference.height - height) // 2, (reference.width - width) // 2
    found = estimate_grain(luma(reference.pixels[y : y + height, x : x + width]))
    return found.sigma, min(found.size, WIDEST)


def _noise(tile: Tile, size: float, colour: float, seed: int) -> Floats:
    """Noise of deviation 1 for that place of the photo: (h, w, 1), or (h, w, 3) in colour."""
    together = _plane(tile, size, seed, 0)[..., None]
    if colour == 0.0:
        return together
    apart = np.stack([_plane(tile, size, seed, channel) for channel in (1, 2, 3)], axis=-1)
    return (np.sqrt(1.0 - colour) * together + np.sqrt(colour) * apart).astype(np.float32)


def _plane(tile: Tile, size: float, seed: int, channel: int) -> Floats:
    reach = grains_reach(size)
    rows, columns = tile.write
    white = _white(rows.start - reach, rows.stop + reach, columns.start - reach, columns.stop + reach, seed, channel)
    return grains(white, size)


def _white(top: int, bottom: int, left: int, right: int, seed: int, channel: int) -> Floats:
    """White noise of that rectangle of an endless plane."""
    first, across = top // CELL, left // CELL
    rows = [
        np.concatenate([_cell(y, x, seed, channel) for x in range(across, -(-right // CELL))], axis=1)
        for y in range(first, -(-bottom // CELL))
    ]
    plane = np.concatenate(rows)
    y, x = top - first * CELL, left - across * CELL
    return np.ascontiguousarray(plane[y : y + bottom - top, x : x + right - left])


def _cell(y: int, x: int, seed: int, channel: int) -> Floats:
    # Cells left of and above the photo have negative numbers, which a seed must not.
    generator = np.random.default_rng((seed, channel, y + 2**20, x + 2**20))
    return generator.standard_normal((CELL, CELL), dtype=np.float32)
