"""Colour a black-and-white photo."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Number, Pixels, Slider, Toggle, Weights
from graph.spec import node
from nodes.colour.chroma import within_reason, without_blotches
from nodes.colour.evening import copy_size, evened
from nodes.colour.lab import srgb_from_lab
from nodes.colour.recolour import GREY, SIGMAS, lab_of, lightness_of, recoloured
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.ddcolor import MULTIPLE, ColourModel
from nodes.pixels.colour import is_grey
from nodes.pixels.enlarging import enlarged
from nodes.pixels.extent import require_same_size
from nodes.pixels.gaussian import Gaussian
from nodes.pixels.resample import resampled
from nodes.pixels.sample import inside
from nodes.pixels.toning import toning


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
    keep_colours: Annotated[
        bool, Toggle(help="Leaves a photo alone that has colours of its own; sepia is none.")
    ] = False,
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
    Blur; if they are patchy, raise it. A photo in colour or in sepia is coloured anew from its brightness;
    with Keep Colours one in colour stays as it is.
    """
    require_same_size(image, mask, "the mask and the photo")
    if strength == 0 or (mask is not None and not mask.values.any()):
        ctx.say("No colour is wanted: left as it is.")
        return image
    if keep_colours and toning(inside(image)) == "colour":
        ctx.say("The photo has colours: left as it is.")
        return image
    if not is_grey(image.pixels, GREY):
        ctx.say("The photo was not grey: new colours take the place of its own.")
    light = lightness_of(ctx, image)
    guess = _guessed(ctx, light, model, size, blotches) * np.float32(saturation)
    tint = _fitted(ctx, light, guess, edges, blur)
    weight = None if mask is None else Gaussian(ctx, mask.values, mask_blur / SIGMAS)
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, weight.overlap if weight else 0):
        share = np.float32(strength) if weight is None else strength * weight.of(tile)[..., None]
        bright, own = lab_of(image, tile)
        new = enlarged(tint, (image.height, image.width), tile)
        result[tile.write] = recoloured(image, tile, bright, own + share * (new - own), share)
    return image.like(result)


def _guessed(ctx: Context, light: Floats, model: str, size: int, blotches: float) -> Floats:
    """What the network makes of L* / 100: a*, b* (S, S, 2) of the photo squeezed into a square, as it was trained."""
    side = -(-size // MULTIPLE) * MULTIPLE
    small = resampled(ctx, light, side, side, "bicubic") * 100
    none = np.zeros((*small.shape, 2), np.float32)
    with ctx.borrow(ColourModel(model)) as colourist:
        tint = colourist.chroma(ctx.check, srgb_from_lab(small, none)[..., 0])
    return without_blotches(within_reason(tint), small, blotches)


def _fitted(ctx: Context, light: Floats, guess: Floats, edges: float, blur: float) -> Floats:
    """The guess, in the photo's proportions and evened out along the edges of L* / 100 (H, W)."""
    import cv2

    height, width = copy_size(*light.shape)
    small = resampled(ctx, light, height, width, "area") * 100
    plain = np.asarray(cv2.resize(guess, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    return evened(ctx, plain, small, edges, blur)
