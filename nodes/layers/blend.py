"""One photo over another."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.layers.modes import MODES, Mode
from nodes.pixels.extent import require_same_size
from nodes.pixels.profile import to_profile
from nodes.pixels.resample import resampled


@node(title="Blend")
def blend(
    ctx: Context,
    base: Image,
    top: Image,
    mask: Mask | None = None,
    *,
    mode: Annotated[
        str,
        Choice(
            tuple(MODES),
            help="How the upper photo acts on the lower one: normal covers it, multiply darkens, screen lightens, "
            "luminosity takes its light and dark, colour its tint.",
        ),
    ] = "normal",
    opacity: Annotated[float, Slider(0, 1, 0.05, help="0 shows only the lower photo, 1 blends fully.")] = 1.0,
) -> Image:
    """Lay one photo over another, like layers in an image editor.

    Useful to mix a step with what came before it, to limit it to the masked part, or to keep the light and dark of
    the original under new colours. The result has the lower photo's size and colour profile: the upper one is
    converted to it.
    """
    require_same_size(base, mask, "the lower photo and the mask")
    if opacity <= 0 or (mask is not None and not mask.values.any()):
        ctx.say("The upper photo does not show; the lower one passes unchanged.")
        return base
    over = _fitted(ctx, to_profile(top, base.origin.profile, ctx), base)
    out = ctx.empty(base.pixels.shape)
    for tile in ctx.tiles(base, side=512):
        marked = None if mask is None else mask.values[tile.write]
        out[tile.write] = _mixed(base.pixels[tile.write], over[tile.write], MODES[mode], opacity, marked)
    return base.like(out)


def _fitted(ctx: Context, top: Image, base: Image) -> Floats:
    if (top.width, top.height) == (base.width, base.height):
        return top.pixels
    ctx.say(f"The upper photo was resized from {top.width} × {top.height} to {base.width} × {base.height} pixels.")
    return resampled(ctx, top.pixels, base.height, base.width)


def _mixed(base: Floats, top: Floats, mode: Mode, opacity: float, marked: Floats | None) -> Floats:
    import cv2

    blended = mode(base, top)
    if marked is None:
        mixed = blended if opacity == 1 else np.asarray(cv2.addWeighted(blended, opacity, base, 1 - opacity, 0))
    else:
        mixed = base + (blended - base) * (marked[..., None] * np.float32(opacity))
    return np.clip(mixed, 0, 1, dtype=np.float32)
