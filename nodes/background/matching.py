"""What has to be done to a backdrop so that it looks like the subject before it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.context import Context
from nodes.background.crispness import blur_to_match, crispness
from nodes.background.tones import Tones, tones
from nodes.background.toning import Toning, toning
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.colour import luma
from nodes.pixels.grains import grains, grains_reach
from nodes.pixels.noise import LARGEST, SAMPLE, Grain, estimate_grain
from nodes.pixels.resample import resampled

SEEN = 512
"""Pixels of the longer side on which tones are compared."""

SUBJECT = 0.98
"""A pixel is measured as subject where the mask is above this."""

REPEATS = 512
"""Pixels after which drawn grain repeats: nobody sees that in noise."""

MOST_GRAIN = 0.03
"""Deviation. What is more was measured on a patterned dress."""

NO_GRAIN = Grain(0.0, 0.0)


class Matching(NamedTuple):
    """What a backdrop has, and what it is to become."""

    have: Tones
    want: Tones
    toned: Toning | None
    """The one tone of the subject, if it has one."""
    blur: float
    """Deviation in pixels."""
    grain: Grain
    """What is added."""


def matching(ctx: Context, image: Image, mask: Mask, behind: Image) -> Matching | None:
    """None where there is no subject, or nothing behind it."""
    scale = min(1.0, SEEN / max(image.height, image.width))
    height, width = (max(1, round(side * scale)) for side in (image.height, image.width))
    share = resampled(ctx, mask.values, height, width, "area")
    inside, outside = share > SUBJECT, share < 1 - SUBJECT
    if not inside.any() or not outside.any():
        return None
    small, back = (resampled(ctx, each.pixels, height, width, "area") for each in (image, behind))
    here = _window(inside, image)
    ctx.check()
    subject, marked = luma(image.pixels[here]), mask.values[here] > SUBJECT
    surface = luma(behind.pixels[here])
    # Blocks that are partly background are left out as if they were clipped.
    want, have = estimate_grain(np.where(marked, subject, 0).astype(np.float32)), estimate_grain(surface)
    ctx.check()
    crisp = crispness(subject, marked, want.sigma)
    blur = blur_to_match(ctx.check, surface, crisp, have.sigma) if crisp > 0 else 0.0
    missing = _missing(want, have if blur == 0 else NO_GRAIN)
    return Matching(tones(back[outside]), tones(small[inside]), toning(small[inside]), blur, missing)


def grain_texture(grain: Grain, amount: float, seed: int) -> Floats | None:
    """That grain as (512, 512), continued by itself on every side; None where there is none."""
    if grain.sigma * amount <= 0:
        return None
    size = min(grain.size, LARGEST)
    white = np.random.default_rng(seed).standard_normal((REPEATS, REPEATS), dtype=np.float32)
    return np.float32(grain.sigma * amount) * grains(np.pad(white, grains_reach(size), mode="wrap"), size)


def _window(inside: np.ndarray, image: Image) -> tuple[slice, slice]:
    """A part of the photo of bounded size around the middle of what is marked on a small copy."""
    spans = []
    for axis, side in enumerate((image.height, image.width)):
        places = np.nonzero(inside)[axis]
        middle = round((float(np.median(places)) + 0.5) / inside.shape[axis] * side)
        start = int(np.clip(middle - SAMPLE // 2, 0, max(0, side - SAMPLE)))
        spans.append(slice(start, min(side, start + SAMPLE)))
    return spans[0], spans[1]


def _missing(want: Grain, have: Grain) -> Grain:
    """What both together have is wanted: variances add up."""
    sigma = max(0.0, min(want.sigma, MOST_GRAIN) ** 2 - have.sigma**2) ** 0.5
    return want._replace(sigma=sigma)
