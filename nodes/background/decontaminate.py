"""Take the old background's colour out of the subject's edge."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context, Tile
from graph.controls import Slider
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.foreground import foreground
from nodes.pixels.colour import linear_from_srgb, srgb_from_linear
from nodes.pixels.enlarging import enlarged
from nodes.pixels.extent import require_same_size
from nodes.pixels.resample import resampled

WORKED = 1_000_000
"""Pixels of the copy on which the colours of both sides are estimated: they change slowly."""


@node(title="Remove Colour Spill")
def decontaminate(
    ctx: Context,
    image: Image,
    mask: Mask,
    *,
    strength: Annotated[
        float, Slider(0, 1, 0.05, help="0 keeps the photo, 1 takes all of the old background out of the edge.")
    ] = 1.0,
) -> Image:
    """Give hair and soft edges the subject's own colours.

    Where the mask is neither black nor white, the photo shows subject and background mixed. Put before another
    background, such an edge has a bright or coloured rim. This step works out what colour the subject itself has
    there. Wire it between the mask and Replace Background, and wire the same mask to both.

    Only pixels of the soft edge change. Judge it on the new background: alone the edge looks frayed.
    """
    require_same_size(image, mask, "the photo and the mask")
    if strength == 0 or not _mixed_anywhere(ctx, mask):
        ctx.say("The mask has no soft edge, or nothing is to be done: the photo is unchanged.")
        return image
    both = _sides(ctx, image, mask)
    out = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        out[tile.write] = _cleaned(image.pixels[tile.write], mask.values[tile.write], both, out.shape, tile, strength)
    return image.like(out)


def _mixed_anywhere(ctx: Context, mask: Mask) -> bool:
    return any(bool(((mask.values[tile.write] > 0) & (mask.values[tile.write] < 1)).any()) for tile in ctx.tiles(mask))


def _sides(ctx: Context, image: Image, mask: Mask) -> Floats:
    """Linear light of subject and background as (h, w, 6), on a small copy."""
    scale = min(1.0, (WORKED / (image.height * image.width)) ** 0.5)
    height, width = (max(1, round(side * scale)) for side in (image.height, image.width))
    # Light mixes linearly behind a lens. The sRGB curve stands for that of any profile: all are close to a square.
    small = linear_from_srgb(resampled(ctx, image.pixels, height, width, "area"))
    alpha = resampled(ctx, mask.values, height, width, "area")
    return np.concatenate(foreground(small, alpha), axis=-1)


def _cleaned(
    pixels: Floats, alpha: Floats, both: Floats, shape: tuple[int, ...], tile: Tile, strength: float
) -> Floats:
    """The tile's pixels, with the subject's own colours where the mask is soft."""
    out = pixels.copy()
    mixed = (alpha > 0) & (alpha < 1)
    if not mixed.any():
        return out
    sides = enlarged(both, (shape[0], shape[1]), tile)[mixed]
    seen, share = pixels[mixed], alpha[mixed][:, None]
    subject, behind = sides[:, :3], sides[:, 3:]
    # What the estimates leave unexplained is detail; the subject gets its share of it. M. Forte, "Approximate Fast
    # Foreground Colour Estimation" (2021).
    rest = linear_from_srgb(seen) - share * subject - (1 - share) * behind
    found = srgb_from_linear(np.clip(subject + share * rest, 0, 1, dtype=np.float32))
    out[mixed] = np.clip(seen + np.float32(strength) * (found - seen), 0, 1)
    return out
