"""A mask from a picture file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, PhotoFile
from graph.errors import StepError
from graph.given import Given
from graph.spec import node
from nodes.formats.loaded import Loaded
from nodes.formats.read import read
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.masks.marker import MARKER
from nodes.pixels.extent import require_same_size
from nodes.pixels.resample import resampled

SIGNS = ("guess", "white", "black", "opaque", "transparent", "red")

RED = 0.12
"""How much redder than the photo, or where none is wired than anything else, a pixel must be to count as painted: more
than the tint of most toned photos, and than what JPEG makes of an edge."""

TINT = 0.35
"""The same as a share of the strongest red in the picture, where no photo is wired: sepia under half transparent paint
still reaches a quarter."""

PAINTED = 1e-5
"""The least share of a picture that is painted on, for guessing."""

SAMPLE = 1024
"""Pixels a side of what is looked at for guessing, about."""


@node(title="Load Mask", version=2)
def load(
    ctx: Context,
    image: Image | None = None,
    *,
    file: Annotated[str | Given, PhotoFile(help="The picture file that holds the mask.")] = "",
    sign: Annotated[
        str,
        Choice(
            SIGNS,
            help="What means marked: white, black, what is opaque or transparent, or red paint over the photo; guess "
            "looks for it.",
        ),
    ] = "guess",
) -> Mask:
    """Open a mask that was made in a picture editor.

    It may be black and white, a layer that is transparent where nothing is marked, a copy of the photo in which the
    damage was erased, or one painted over in red. Wire the photo too: a mask of the same proportions is then brought to
    its size, and red paint is told from red in the photo.

    Guess takes whichever is rarer for marked. Where it is wrong, say what means marked.
    """
    if not str(file).strip():
        raise StepError("No file is chosen.", "Choose one.")
    found = read(file, ctx.empty, check=ctx.check)
    sign = _guessed(found, image) if sign == "guess" else sign
    out = ctx.empty(found.alpha.values.shape)
    paint = _Paint.of(found.image, image)
    for tile in ctx.tiles(found.image):
        pixels, alpha = found.image.pixels[tile.write], found.alpha.values[tile.write]
        out[tile.write] = paint.marked(tile.write) if sign == "red" else _marked(pixels, alpha, sign)
    ctx.say({"white": "White is marked.", "black": "Black is marked.", "opaque": "What is opaque is marked.",
             "transparent": "What is transparent is marked.", "red": "Red paint is marked."}[sign])  # fmt: skip
    return Mask(out) if image is None else _fitted(ctx, Mask(out), image)


def _guessed(found: Loaded, photo: Image | None) -> str:
    """Transparency says it, then red paint, then whichever of black and white is rarer."""
    if MARKER in (found.image.origin.xmp or b""):
        return "white"
    if found.alpha.values.min() < 1:
        return "opaque" if found.alpha.values.mean() <= 0.5 else "transparent"
    paint = _Paint.of(found.image, photo)
    sample = _thinned(found.image)
    red = paint.marked(sample)
    if (red > 0).mean() > PAINTED and paint.strongest > 2 * RED:
        return "red"
    return "white" if found.image.pixels[sample].mean() <= 0.5 else "black"


def _thinned(image: Image) -> tuple[slice, slice]:
    step = slice(None, None, max(1, max(image.height, image.width) // SAMPLE))
    return step, step


@dataclass(frozen=True)
class _Paint:
    """Red paint over a photo."""

    pixels: Floats
    photo: Floats | None
    """The same without the paint, if it is known."""
    strongest: float = 1.0
    """What full paint looks like: half transparent paint over a photo is never pure red."""

    @classmethod
    def of(cls, painted: Image, photo: Image | None) -> _Paint:
        same = photo is not None and photo.pixels.shape == painted.pixels.shape
        bare = cls(painted.pixels, photo.pixels if photo is not None and same else None)
        red = bare.share(_thinned(painted))
        red = red[red > RED]
        return replace(bare, strongest=float(np.percentile(red, 95)) if red.size else 1.0)

    def share(self, place: tuple[slice, slice]) -> Floats:
        """How much of each pixel is paint: of a photo that is not known, as if it were grey."""
        red = _redness(self.pixels[place])
        if self.photo is None:
            return red
        before = _redness(self.photo[place])
        return np.asarray((red - before) / np.maximum(1 - before, RED), np.float32)

    def marked(self, place: tuple[slice, slice]) -> Floats:
        """The mask, 0..1."""
        red = self.share(place)
        least = RED if self.photo is not None else max(RED, TINT * self.strongest)
        return np.where(red > least, np.clip(red / np.float32(self.strongest), 0, 1), 0).astype(np.float32)


def _redness(pixels: Floats) -> Floats:
    return pixels[..., 0] - np.maximum(pixels[..., 1], pixels[..., 2])


def _marked(pixels: Floats, alpha: Floats, sign: str) -> Floats:
    if sign in ("opaque", "transparent"):
        return alpha if sign == "opaque" else 1 - alpha
    light = pixels.mean(axis=2)
    return light if sign == "white" else 1 - light


def _fitted(ctx: Context, mask: Mask, image: Image) -> Mask:
    """The mask at the photo's size. StepError where the proportions differ by more than a pixel's rounding."""
    if (mask.height, mask.width) == (image.height, image.width):
        return mask
    if abs(mask.width * image.height - mask.height * image.width) > 2 * max(image.height, image.width):
        require_same_size(image, mask, "the mask and the photo")
    return Mask(resampled(ctx, mask.values, image.height, image.width, "bicubic"))
