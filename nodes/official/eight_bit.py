"""Between photos and the pixels that the packages take: 8 bits, sRGB, blue first."""

from __future__ import annotations

import numpy as np

from graph.context import Context, tiles
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.models.official import Bytes
from nodes.pixels.profile import convert


def bgr_from_image(ctx: Context, image: Image) -> Bytes:
    """The photo as (H, W, 3) in 0..255, sRGB, blue first."""
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    for tile in tiles(image.height, image.width):
        ctx.check()
        srgb = convert(image.pixels[tile.read], image.origin.profile, None)
        pixels[tile.write] = np.rint(srgb[..., ::-1] * 255)
    return pixels


def image_from_bgr(ctx: Context, bgr: Bytes, image: Image) -> Image:
    """What a package gave, (H, W, 3) blue first or (H, W) grey, in the profile of the photo it came from."""
    planes = bgr[..., None] if bgr.ndim == 2 else bgr
    result: Floats = ctx.empty((*bgr.shape[:2], 3))
    for tile in tiles(*bgr.shape[:2]):
        ctx.check()
        srgb: Floats = np.repeat(planes[tile.read], 3 // planes.shape[2], axis=2)[..., ::-1].astype(np.float32)
        result[tile.write] = convert(srgb / np.float32(255), None, image.origin.profile)
    return image.like(result)


def is_grey(bgr: Bytes) -> bool:
    """Whether no pixel has any colour."""
    return bool((bgr[..., 0] == bgr[..., 1]).all() and (bgr[..., 1] == bgr[..., 2]).all())
