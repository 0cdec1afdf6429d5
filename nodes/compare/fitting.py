"""Two photos made comparable."""

from __future__ import annotations

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.profile import to_profile
from nodes.pixels.resample import resampled


def fitted(ctx: Context, other: Image, image: Image) -> Floats:
    """The pixels of the other photo in the first one's colour profile and size."""
    pixels = to_profile(other, image.origin.profile, ctx).pixels
    if pixels.shape == image.pixels.shape:
        return pixels
    ctx.say(
        f"The second photo was resized from {other.width} × {other.height} to {image.width} × {image.height} pixels."
    )
    return resampled(ctx, pixels, image.height, image.width)
