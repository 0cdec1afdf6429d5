"""Colour a black-and-white photo."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context, Tile
from graph.controls import Number, Pixels, Slider, Weights
from graph.spec import node
from nodes.colour.chroma import within_reason, without_blotches
from nodes.colour.lab import lab_from_srgb, lightness, srgb_from_lab
from nodes.colour.spreading import spread
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.ddcolor import MULTIPLE, ColourModel
from nodes.pixels.colour import is_grey, linear_from_srgb
from nodes.pixels.enlarging import enlarged
from nodes.pixels.extent import require_same_size
from nodes.pixels.gaussian import Gaussian
from nodes.pixels.profile import convert
from nodes.pixels.resample import resampled

GUIDE = 1536
"""Pixels of the longer side of the copy on which colours are drawn back to their edges: finer than the network sees."""

BLEED = 1 / 256
"""How far the network's colours run over an edge, in parts of the longer side: half a cell of its finest features,
which are 4 pixels wide."""

GREY = 2 / 255
"""Channels that differ by less are grey: a scanner's noise and JPEG leave that much."""

SIGMAS = 2.0
"""The softness of a mask is the width of its ramp on one side: two standard deviations of the Gaussian."""


@node(title="Colour a Black-and-White Photo")
def colorize(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    model: Annotated[str, Weights(task="colorize", help="The network that guesses the colours.")] = (
        "ddcolor-modelscope"
    ),
    strength: Annotated[float, Slider(0, 1, 0.05, help="0 keeps the photo, 1 takes the new colours fully.")] = 1.0,
    saturation: Annotated[float, Slider(0, 2, 0.05, help="How vivid the new colours are; 1 is as guessed.")] = 1.0,
    edges: Annotated[float, Slider(0, 1, 0.05, help="How firmly colours stop at the edges in the photo.")] = 1.0,
    blur: Annotated[
        float,
        Slider(0, 5, 0.1, unit="%", help="How far colours are evened out, in percent of the photo's longer side."),
    ] = 0.3,
    blotches: Annotated[
        float, Slider(0, 1, 0.05, help="How firmly small spots of colour that nothing explains are taken out.")
    ] = 0.7,
    mask_blur: Annotated[float, Pixels(0, 500, 1, help="How softly the colours fade at the edge of the mask.")] = 10.0,
    size: Annotated[
        int,
        Number(
            256,
            1024,
            MULTIPLE,
            advanced=True,
            help="The side of the picture the network sees; smaller is bolder, larger is finer and slower.",
        ),
    ] = 512,
) -> Image:
    """Give a black-and-white photo natural colours, all over or where a mask says.

    The colours are guesses: grass and skin come out well, the colour of a dress or a wall nobody can know. Only
    colour is added: the photo keeps its brightness, its sharpness and its grain at full size.

    Repair scratches and even out fading first, because they mislead the guess. If colours run over an outline, lower
    Blur; if they are patchy, raise it. A photo in colour or in sepia is coloured anew from its brightness.
    """
    require_same_size(image, mask, "the mask and the photo")
    if strength == 0 or (mask is not None and not mask.values.any()):
        ctx.say("No colour is wanted: left as it is.")
        return image
    grey = is_grey(image.pixels, GREY)
    if not grey:
        ctx.say("The photo was not grey: new colours take the place of its own.")
    light = _lightness(ctx, image)
    tint = _Tint(ctx, light, _guessed(ctx, light, model, size, blotches) * np.float32(saturation), edges, blur)
    weight = None if mask is None else Gaussian(ctx, mask.values, mask_blur / SIGMAS)
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, weight.overlap if weight else 0):
        share = np.float32(strength) if weight is None else strength * weight.of(tile)[..., None]
        result[tile.write] = _painted(image, tile, tint, share)
    return image.like(result)


def _lightness(ctx: Context, image: Image) -> Floats:
    """L* / 100 as (H, W)."""
    light = ctx.empty((image.height, image.width))
    for tile in ctx.tiles(image):
        pixels = convert(image.pixels[tile.write], image.origin.profile, None)
        np.clip(lightness(linear_from_srgb(pixels)) / 100, 0, 1, out=light[tile.write])
    return light


def _guessed(ctx: Context, light: Floats, model: str, size: int, blotches: float) -> Floats:
    """What the network makes of L* / 100: a*, b* (S, S, 2) of the photo squeezed into a square, as it was trained."""
    side = -(-size // MULTIPLE) * MULTIPLE
    small = resampled(ctx, light, side, side, "bicubic") * 100
    none = np.zeros((*small.shape, 2), np.float32)
    with ctx.borrow(ColourModel(model)) as colourist:
        tint = colourist.chroma(ctx.check, srgb_from_lab(small, none)[..., 0])
    return without_blotches(within_reason(tint), small, blotches)


class _Tint:
    """The new a*, b* at the full size of the photo, tile by tile."""

    def __init__(self, ctx: Context, light: Floats, guess: Floats, edges: float, blur: float) -> None:
        import cv2

        self.size = light.shape
        longer = min(GUIDE, max(self.size))
        height, width = (max(1, round(side * longer / max(self.size))) for side in self.size)
        small = resampled(ctx, light, height, width, "area") * 100
        plain = np.asarray(cv2.resize(guess, (width, height), interpolation=cv2.INTER_AREA), np.float32)
        tint = spread(ctx, plain, small, blur / 100 * longer, max(1, round(BLEED * longer)))
        self.small = np.asarray(plain + np.float32(edges) * (tint - plain), np.float32)

    def of(self, tile: Tile) -> Floats:
        """What belongs to `tile.write`."""
        return enlarged(self.small, self.size, tile)


def _painted(image: Image, tile: Tile, tint: _Tint, share: Floats | np.float32) -> Floats:
    """A tile with that share of its own colours given up for the new ones."""
    before = image.pixels[tile.write]
    light, own = lab_from_srgb(convert(before, image.origin.profile, None))
    painted = srgb_from_lab(light, np.asarray(own + (tint.of(tile) - own) * share, np.float32))
    # Where nothing is wanted the photo is kept to the last bit.
    return np.where(share > 0, convert(painted, None, image.origin.profile), before)
