"""Let the subject throw a shadow on what is behind it."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Slider
from graph.spec import node
from nodes.background.composite import Replaced, exchanged
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.colour import linear_from_srgb, srgb_from_linear
from nodes.pixels.enlarging import enlarged
from nodes.pixels.extent import require_same_size
from nodes.pixels.gaussian import gaussian
from nodes.pixels.resample import resampled

SEEN = 512
"""Pixels of the longer side on which a shadow is drawn: it is soft."""

SHARPEST = 1.5
"""Pixels of that copy: a sharper shadow would show them."""


@node(title="Throw a Shadow")
def shadow(
    ctx: Context,
    image: Image,
    mask: Mask,
    backdrop: Image | None = None,
    *,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How dark the shadow is; 0 throws none.")] = 0.4,
    across: Annotated[float, Slider(-20, 20, 0.5, unit="%", help="How far to the right it falls.")] = 3.0,
    down: Annotated[float, Slider(-20, 20, 0.5, unit="%", help="How far down it falls.")] = 2.0,
    softness: Annotated[float, Slider(0.3, 10, 0.1, unit="%", help="How soft its edge is.")] = 2.5,
) -> Replaced:
    """Let the subject throw a soft shadow on its new background.

    Wire both results of Replace Background, and the same mask. Look where the light in the old photo comes from: the
    shadow falls to the other side. Lengths are in percent of the photo's longer side; a wall close behind the subject
    gets a short, sharp shadow, one further away a long, soft one.

    The subject stays as it is. The background with its shadow is given as well, for Harmonise Background.
    """
    require_same_size(image, mask, "the picture and the mask")
    require_same_size(image, backdrop, "the picture and its background")
    behind = backdrop or image
    if strength == 0 or not mask.values.any():
        ctx.say("Nothing throws a shadow: the picture is unchanged.")
        return Replaced(image, behind)
    dark = _thrown(ctx, mask, (down / 100, across / 100), softness / 100) * np.float32(strength)
    out, wall = ctx.empty(image.pixels.shape), ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        old = behind.pixels[tile.write]
        left = 1 - enlarged(dark, (image.height, image.width), tile)
        # A shadow takes light away: a share of linear light. The sRGB curve stands for that of any profile.
        wall[tile.write] = np.clip(srgb_from_linear(linear_from_srgb(old) * left), 0, 1)
        out[tile.write] = exchanged(image.pixels[tile.write], old, wall[tile.write], mask.values[tile.write])
    return Replaced(image.like(out), behind.like(wall))


def _thrown(ctx: Context, mask: Mask, moved: tuple[float, float], softness: float) -> Floats:
    """The mask moved and blurred by so many longer sides, on a small copy (h, w, 1)."""
    import cv2

    scale = min(1.0, SEEN / max(mask.height, mask.width))
    height, width = (max(1, round(side * scale)) for side in (mask.height, mask.width))
    small = resampled(ctx, mask.values, height, width, "area")
    longer = max(height, width)
    move = np.array([[1, 0, moved[1] * longer], [0, 1, moved[0] * longer]], np.float32)
    # Who is cut off by the frame goes on beyond it.
    there = cv2.warpAffine(small, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
    soft = gaussian(np.asarray(there, np.float32), max(SHARPEST, softness * longer))
    return soft.reshape(height, width, 1)
