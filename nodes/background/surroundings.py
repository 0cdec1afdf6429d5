"""What stands behind the subject, out of focus, without the subject."""

from __future__ import annotations

import numpy as np

from graph.context import Context, Tile
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.colour import linear_from_srgb, srgb_from_linear
from nodes.pixels.enlarging import enlarged
from nodes.pixels.gaussian import gaussian
from nodes.pixels.resample import resampled

DEVIATION = 4.0
"""Pixels of the blur on the small copy: enough that enlarging it linearly does not show."""

LEAST, MOST = 64, 1024
"""Pixels of the longer side of that copy."""

SHOWS = 0.02
"""Where the mask is above this, there is subject in the photo."""


class Surroundings:
    """The old background blurred by `blur` longer sides, in linear light: lamps and windows stay bright discs."""

    def __init__(self, ctx: Context, image: Image, mask: Mask, blur: float) -> None:
        self.size = image.height, image.width
        longer = int(np.clip(DEVIATION / blur, LEAST, MOST)) if blur > 0 else MOST
        scale = min(1.0, longer / max(self.size))
        height, width = (max(1, round(side * scale)) for side in self.size)
        light = linear_from_srgb(resampled(ctx, image.pixels, height, width, "area"))
        behind = _behind(resampled(ctx, mask.values, height, width, "area"))
        ctx.check()
        whole = _filled(light, behind)
        self._light = gaussian(whole, blur * max(height, width)) if blur > 0 else whole

    def of(self, tile: Tile) -> Floats:
        return srgb_from_linear(enlarged(self._light, self.size, tile))


def _behind(values: Floats) -> Floats:
    """1 where a mask (H, W) leaves the background alone, a pixel away from the subject's rim."""
    import cv2

    return 1 - np.asarray(cv2.dilate((values > SHOWS).astype(np.float32), np.ones((3, 3), np.uint8)), np.float32)


def _filled(light: Floats, weight: Floats) -> Floats:
    """The picture (H, W, 3), continued where `weight` (H, W) is 0 by what is around: the pull and push of S. Gortler
    et al., "The Lumigraph" (1996).
    """
    import cv2

    levels = [(light * weight[..., None], weight)]
    while max(levels[-1][1].shape) > 1:
        known, share = levels[-1]
        size = tuple((side + 1) // 2 for side in share.shape[::-1])
        halves = (cv2.resize(each, size, interpolation=cv2.INTER_AREA) for each in (known, share))
        known, share = (np.asarray(each, np.float32) for each in halves)
        levels.append((known.reshape(*share.shape, 3), share))
    known, share = levels[-1]
    out = known / np.maximum(share, 1e-6)[..., None]
    for known, share in reversed(levels[:-1]):
        around = cv2.resize(out, share.shape[::-1], interpolation=cv2.INTER_LINEAR).reshape(known.shape)
        # A place of which little is known takes the rest from around it.
        sure = np.minimum(1.0, share / 0.5)[..., None]
        out = np.asarray(known / np.maximum(share, 1e-6)[..., None] * sure + around * (1 - sure), np.float32)
    return np.clip(out, 0, 1, dtype=np.float32)
