"""A mask from a picture file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, PhotoFile
from graph.errors import StepError
from graph.spec import node
from nodes.formats.loaded import Loaded
from nodes.formats.read import read
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size
from nodes.pixels.resample import resampled

SIGNS = ("guess", "white", "black", "opaque", "red")

RED = 0.12
"""How much redder than anything else a pixel must be to count as painted: more than the tint of a toned photo."""


@node(title="Load Mask")
def load(
    ctx: Context,
    image: Image | None = None,
    *,
    file: Annotated[str, PhotoFile(help="The picture file that holds the mask.")] = "",
    sign: Annotated[
        str,
        Choice(
            SIGNS,
            help="What means marked: white, black, what is opaque, or red paint over the photo; guess looks for it.",
        ),
    ] = "guess",
) -> Mask:
    """Open a mask that was made in a picture editor.

    It may be black and white, a layer that is transparent where nothing is marked, or a copy of the photo painted over
    in red. Wire the photo too: a mask of the same proportions is then brought to its size.
    """
    if not file.strip():
        raise StepError("No file is chosen.", "Choose one.")
    found = read(Path(file), ctx.empty, check=ctx.check)
    sign = _guessed(found) if sign == "guess" else sign
    out = ctx.empty(found.alpha.values.shape)
    strongest = _strongest_red(found.image.pixels) if sign == "red" else 1.0
    for tile in ctx.tiles(found.image):
        pixels, alpha = found.image.pixels[tile.write], found.alpha.values[tile.write]
        out[tile.write] = _marked(pixels, alpha, sign, strongest)
    ctx.say({"white": "White is marked.", "black": "Black is marked.", "opaque": "What is opaque is marked.",
             "red": "Red paint is marked."}[sign])  # fmt: skip
    return Mask(out) if image is None else _fitted(ctx, Mask(out), image)


def _guessed(found: Loaded) -> str:
    """Transparency says it, then red paint, then whichever of black and white is rarer."""
    if found.alpha.values.min() < 1:
        return "opaque"
    step = max(1, max(found.image.height, found.image.width) // 1024)
    sample = found.image.pixels[::step, ::step]
    if (_redness(sample) > RED).mean() > 1e-5 and _redness(sample).max() > 2 * RED:
        return "red"
    return "white" if sample.mean() <= 0.5 else "black"


def _redness(pixels: Floats) -> Floats:
    return pixels[..., 0] - np.maximum(pixels[..., 1], pixels[..., 2])


def _strongest_red(pixels: Floats) -> float:
    """What full paint looks like: half transparent paint over a photo is never pure red."""
    red = _redness(pixels[:: max(1, pixels.shape[0] // 1024), :: max(1, pixels.shape[1] // 1024)])
    painted = red[red > RED]
    return float(np.percentile(painted, 95)) if painted.size else 1.0


def _marked(pixels: Floats, alpha: Floats, sign: str, strongest: float) -> Floats:
    if sign == "opaque":
        return alpha
    if sign == "red":
        red = _redness(pixels)
        return np.where(red > RED, np.clip(red / np.float32(strongest), 0, 1), 0).astype(np.float32)
    light = pixels.mean(axis=2)
    return light if sign == "white" else 1 - light


def _fitted(ctx: Context, mask: Mask, image: Image) -> Mask:
    """The mask at the photo's size. StepError where the proportions differ by more than a pixel's rounding."""
    if (mask.height, mask.width) == (image.height, image.width):
        return mask
    if abs(mask.width * image.height - mask.height * image.width) > 2 * max(image.height, image.width):
        require_same_size(image, mask, "the mask and the photo")
    return Mask(resampled(ctx, mask.values, image.height, image.width, "bicubic"))
