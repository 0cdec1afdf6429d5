"""Remove the marks of JPEG compression."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Number, Slider, Weights
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.cleaning import Shares, cleaned, mixed
from nodes.models.network import Network
from nodes.models.restoration import RestorationModel, estimated_quality, told_quality
from nodes.models.tiling import Work
from nodes.noise.blocks import Blocks, find
from nodes.noise.deblocking import AROUND, deblocked
from nodes.pixels.extent import require_same_size
from nodes.pixels.profile import convert

DEBLOCK = "deblock"
"""The method that needs no model file."""

SAMPLE = 1024
"""Pixels a side of the middle part in which JPEG's traces are looked for, whole blocks of 8."""

PROBES = 3
"""The quality is estimated on at most 3 × 3 pieces, spread evenly."""

PROBE = 192
"""Pixels a side of such a piece, whole blocks of 8."""

OVERLAP = 64
"""Pixels that tiles share: the network halves the picture three times, and sees about that far."""


@node(title="Remove JPEG Marks", scale_free=False)
def jpeg(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    method: Annotated[
        str,
        Weights(help="Deblock needs no download; the networks take out more.", task="jpeg", free=(DEBLOCK,)),
    ] = DEBLOCK,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of the marks goes: 0 none, 1 all.")] = 1.0,
    quality: Annotated[
        float,
        Number(0, 100, 1, help="The quality the file was saved with; 0 finds it out.", advanced=True),
    ] = 0.0,
) -> Image:
    """Take out the blocks and rings of JPEG files.

    Strong compression leaves squares of 8 pixels in skies and faces, and ripples along edges. How strongly a photo was
    compressed is found out, and that much is taken away. Use it first, before anything else changes the photo: blocks
    that were resized or turned by a few degrees are no longer recognised as such.

    `deblock` undoes only what the file's rounding can have done, so it is safe, and it leaves a photo without traces
    of JPEG as it is. `fbcnn-color` takes out more, ripples above all; `fbcnn-gray-double` is for black-and-white photos
    that were saved more than once. If too much goes, set a higher quality than the one found.
    """
    require_same_size(image, mask, "the mask and the photo")
    if strength == 0.0 or (mask is not None and not mask.values.any()):
        ctx.say("Nothing is to change: left as it is.")
        return image
    shares = Shares(strength, strength)
    if method == DEBLOCK:
        return _deblocked(ctx, image, mask, shares, quality)
    with ctx.borrow(RestorationModel(method)) as network:
        work = _work(ctx, image, network, quality) if network.architecture == "FBCNN" else None
        return cleaned(ctx, image, mask, network, shares, work=work, overlap=OVERLAP)


def _deblocked(ctx: Context, image: Image, mask: Mask | None, shares: Shares, quality: float) -> Image:
    blocks = _traces(image)
    if blocks is None and quality == 0.0:
        ctx.say("There are no traces of JPEG to be seen: left as it is.")
        return image
    blocks = blocks or Blocks((0, 0), quality)
    blocks = blocks._replace(quality=quality or blocks.quality)
    ctx.say(f"Taken for a JPEG of quality {blocks.quality:.0f}.")
    out = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, AROUND):
        made = deblocked(image.pixels[tile.read], blocks, (tile.read[0].start, tile.read[1].start), ctx.check)
        part = None if mask is None else mask.values[tile.write]
        out[tile.write] = mixed(image.pixels[tile.write], np.clip(made[tile.core], 0.0, 1.0), shares, part)
    return image.like(out)


def _traces(image: Image) -> Blocks | None:
    """JPEG's traces in the middle of the photo."""
    y, x = (max(0, length - SAMPLE) // 2 // 8 * 8 for length in (image.height, image.width))
    return find(image.pixels[y : y + SAMPLE, x : x + SAMPLE])


def _work(ctx: Context, image: Image, network: Network, quality: float) -> Work:
    """One quality for all tiles, so that no tile stands out."""
    if quality == 0.0:
        quality = estimated_quality(network, ctx.check, _probes(image))
        ctx.say(f"The network takes it for a JPEG of quality {quality:.0f}.")
    return told_quality(network, quality)


def _probes(image: Image) -> list[Floats]:
    """Pieces of the photo in sRGB, cut along JPEG's blocks; a small photo is mirrored to whole blocks."""
    rows, columns = (_spans(length) for length in (image.height, image.width))
    pieces = [convert(image.pixels[y, x], image.origin.profile, None) for y in rows for x in columns]
    return [
        np.pad(piece, ((0, -piece.shape[0] % 8), (0, -piece.shape[1] % 8), (0, 0)), "symmetric") for piece in pieces
    ]


def _spans(length: int) -> list[slice]:
    if length <= PROBE * PROBES:
        return [slice(0, min(length, PROBE * PROBES))]
    starts = np.linspace(0, (length - PROBE) // 8, PROBES).astype(int) * 8
    return [slice(int(start), int(start) + PROBE) for start in starts]
