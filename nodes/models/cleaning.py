"""Clean a photo with a network, and mix the result with the photo."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.network import Network
from nodes.models.tiling import Work, run_tiled
from nodes.pixels.colour import is_grey, merge, split
from nodes.pixels.profile import convert


class Shares(NamedTuple):
    """How much of the network's picture is taken, 0..1."""

    light: float
    colour: float


def cleaned(
    ctx: Context,
    image: Image,
    mask: Mask | None,
    network: Network,
    shares: Shares,
    *,
    seen: Floats | None = None,
    level: float | None = None,
    work: Work | None = None,
    overlap: int | None = None,
    most: int | None = None,
) -> Image:
    """The image as the network makes it, as far as shares and mask say. The network sees sRGB.

    `seen` is what the network is shown instead, in sRGB already; `level` is one more channel that it is told
    everywhere; the rest is as in `run_tiled`.
    """
    profile, grey = image.origin.profile, is_grey(image.pixels)

    def before(piece: Floats) -> Floats:
        shown = convert(piece, profile, None) if seen is None else piece
        if level is None:
            return shown
        return np.concatenate([shown, np.full((*shown.shape[:2], 1), level, np.float32)], axis=2)

    def after(rows: Floats, where: slice) -> Floats:
        made = convert(np.ascontiguousarray(rows), None, profile)
        if grey:
            # A profile's tables need not keep equal channels equal.
            made = np.repeat(made[..., 1:2], 3, axis=2)
        return mixed(image.pixels[where], made, shares, None if mask is None else mask.values[where])

    pixels = image.pixels if seen is None else seen
    result = run_tiled(
        ctx, network, pixels, before=before, after=after, work=work, grey=grey, overlap=overlap, most=most
    )
    return image.like(result)


def mixed(photo: Floats, made: Floats, shares: Shares, mask: Floats | None) -> Floats:
    """The photo with the wanted shares of what the network made of it, where the mask says."""
    share = np.float32(shares.light)
    if shares.light != shares.colour:
        light, tint = split(photo)
        other, hue = split(made)
        made = merge(_between(light, other, share), _between(tint, hue, np.float32(shares.colour)))
        share = np.float32(1)
    if mask is None:
        return _between(photo, made, share)
    return np.where(mask[..., None] > 0, _between(photo, made, share * mask[..., None]), photo)


def _between(first: Floats, second: Floats, share: np.float32 | Floats) -> Floats:
    return (first + share * (second - first)).astype(np.float32, copy=False)
