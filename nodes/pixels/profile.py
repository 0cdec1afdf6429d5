"""From one ICC colour profile to another, in float32.

A profile is the bytes of an ICC file or None for sRGB. Photos of one grey channel carry grey profiles:
here such a profile is the tone curve of each of the three channels, so that colour added later survives.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image

SPACES = {b"RGB ": "rgb", b"GRAY": "gray"}
"""Colour space signatures of ICC.1:2022, table 19, at byte 16 of a profile."""

UNNOTICED = 1 / 4096
"""Profiles that differ less than this everywhere are one: a sixteenth of an 8-bit step."""

UNREADABLE = "The colour profile inside this photo cannot be read; its colours are taken as sRGB."


def convert(pixels: Floats, source: bytes | None, target: bytes | None) -> Floats:
    """Pixels (H, W, 3) in `source` as they are in `target`, clipped to 0..1.

    The pixels themselves where both profiles mean the same. A profile that cannot be read counts as sRGB;
    `readable` tells.
    """
    if same(source, target):
        return pixels
    return _converted(pixels, source if readable(source) else None, target if readable(target) else None)


def to_profile(image: Image, profile: bytes | None, ctx: Context) -> Image:
    """The image in another profile, worked on by tiles; the image itself where it has that profile already."""
    source = image.origin.profile
    if source == profile:
        return image
    for side in (source, profile):
        if not readable(side):
            ctx.say(UNREADABLE)
    pixels = image.pixels
    if not same(source, profile):
        pixels = ctx.empty(image.pixels.shape)
        for tile in ctx.tiles(image):
            pixels[tile.write] = convert(image.pixels[tile.read], source, profile)
    return replace(image, pixels=pixels, origin=replace(image.origin, profile=profile))


def srgb_pixels(image: Image) -> Floats:
    """The image's pixels in sRGB, in one go: for previews and other small pictures."""
    return convert(image.pixels, image.origin.profile, None)


@lru_cache(maxsize=64)
def readable(profile: bytes | None) -> bool:
    """Whether LittleCMS can convert from and to this RGB or grey profile."""
    import imagecodecs

    if profile is None:
        return True
    if profile[16:20] not in SPACES:
        return False
    probe = np.full((1, 1, 3), 0.5, np.float32)
    try:
        _converted(_converted(probe, profile, None), None, profile)
    except imagecodecs.CmsError:
        return False
    return True


@lru_cache(maxsize=64)
def same(source: bytes | None, target: bytes | None) -> bool:
    """Whether two profiles give every colour the same values: sRGB has many spellings."""
    if source == target:
        return True
    source, target = (side if readable(side) else None for side in (source, target))
    levels = np.linspace(0, 1, 9)
    probe = np.array([list(product(levels, repeat=3))], np.float32)
    return bool(np.abs(_converted(probe, source, target) - probe).max() < UNNOTICED)


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    import imagecodecs

    return imagecodecs.cms_profile("srgb")


def _converted(pixels: Floats, source: bytes | None, target: bytes | None) -> Floats:
    """As `convert`, between readable profiles."""
    first, last = source or _srgb(), target or _srgb()
    if SPACES[first[16:20]] == "gray":
        values = _transform(_flat(pixels), first, _srgb())
        return _converted(np.ascontiguousarray(values[..., 0]).reshape(pixels.shape), None, target)
    if SPACES[last[16:20]] == "gray":
        middle = _transform(pixels, first, _srgb())
        return _transform(np.repeat(_flat(middle)[..., None], 3, axis=2), _srgb(), last).reshape(pixels.shape)
    return _transform(pixels, first, last)


def _flat(pixels: Floats) -> Floats:
    """Every sample as a grey pixel of its own."""
    return np.ascontiguousarray(pixels).reshape(pixels.shape[0], -1)


def _transform(values: Floats, source: bytes, target: bytes) -> Floats:
    import imagecodecs

    result: Any = imagecodecs.cms_transform(
        np.ascontiguousarray(values),
        source,
        target,
        colorspace=SPACES[source[16:20]],
        outcolorspace=SPACES[target[16:20]],
        intent=imagecodecs.CMS.INTENT.RELATIVE_COLORIMETRIC,
        flags=imagecodecs.CMS.FLAGS.BLACKPOINTCOMPENSATION,
    )
    # Colours outside the target come back beyond 0..1, and a table-based profile may answer NaN for them.
    return np.clip(np.nan_to_num(result, nan=0.0, posinf=1.0, neginf=0.0), 0.0, 1.0).astype(np.float32, copy=False)
