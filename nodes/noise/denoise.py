"""Remove noise."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Number, Slider
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.noise.shrinkage import COARSE, FINE, REACH, shrink
from nodes.noise.spectrum import level, measure, white
from nodes.pixels.colour import merge, split

FLOOR = 2.5 / 255
"""Noise in brightness below this is not seen at full size, and what is measured there is often fine texture."""

CHROMA_FLOOR = 2.0 / 255
"""The same for colour."""

SAMPLE = 1536
"""Chroma is measured on a middle part of at most this many pixels a side, so that no full plane is made."""


@node(title="Reduce Noise", scale_free=False)
def denoise(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of the noise goes: 0 none, 1 all of it.")] = 0.7,
    luminance: Annotated[float, Slider(0, 1, 0.05, help="How much of it in brightness: grain.")] = 1.0,
    chroma: Annotated[float, Slider(0, 1, 0.05, help="How much of it in colour: coloured speckles.")] = 1.0,
    detail: Annotated[float, Slider(0, 1, 0.05, help="Higher keeps finer detail, and some noise with it.")] = 0.5,
    noise: Annotated[
        float, Number(0, 100, 0.5, help="The noise in steps of 255; 0 measures it in the photo.", advanced=True)
    ] = 0.0,
) -> Image:
    """Take out grain and speckles, keep edges.

    The photo's own noise is measured on its flattest places, in brightness and in colour apart, and only what looks
    like that noise is taken away. A photo with little noise is left as it is.

    Some grain belongs to an old photo: a strength below 1 leaves a little, which looks more natural, above all on
    faces. Fine fabric, hair and foliage suffer first: raise Detail, or brush a mask of where to act.
    """
    if mask is not None and (mask.height, mask.width) != (image.height, image.width):
        raise StepError("The mask has another size than the photo.", "Resize one of them first.")
    spectra = _Spectra(image, noise / 255, 1.6 - 1.2 * detail)
    light, colour = strength * luminance, strength * chroma
    acts = (light > 0 and spectra.noisy, colour > 0 and spectra.speckled)
    if not any(acts):
        ctx.say(f"Hardly any noise ({spectra.level * 255:.1f} of 255): left as it is.")
        return image
    ctx.say(f"Noise of {spectra.level * 255:.1f} of 255 in brightness, {spectra.chroma_level * 255:.1f} in colour.")
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, REACH):
        pixels = image.pixels[tile.read]
        planes, tints = split(pixels)
        if acts[0]:
            planes = _blend(planes, shrink(planes, spectra.luma, ctx.check, FINE), light)
        if acts[1]:
            tints = _blend(tints, _each(tints, spectra.chroma, ctx), colour)
        done = merge(planes, tints)[tile.core]
        if mask is not None:
            before = image.pixels[tile.write]
            done = before + mask.values[tile.write][..., None] * (done - before)
        np.clip(done, 0.0, 1.0, out=result[tile.write])
    return image.like(result)


def _blend(before: Floats, after: Floats, share: float) -> Floats:
    return (before + share * (after - before)).astype(np.float32, copy=False)


class _Spectra:
    """What was measured, or told, of a photo's noise."""

    def __init__(self, image: Image, told: float, factor: float) -> None:
        # Light and colour come from the same few windows, never from whole planes of a large scan.
        part = _sample(image.pixels)
        found, tints = split(part)
        spectra = [measure(found), *(measure(tints[..., side] * 0.5 + 0.5, textured=False) * 2 for side in (0, 1))]
        if told > 0:
            spectra = [white(told), *(white(told * np.sqrt(1.5)) if tints.any() else white(0.0) for _ in (0, 1))]
        self.level = level(spectra[0])
        self.chroma_level = max(level(spectra[1]), level(spectra[2]))
        self.noisy = self.level >= FLOOR or told > 0
        self.speckled = self.chroma_level >= CHROMA_FLOOR or (told > 0 and self.chroma_level > 0)
        self.luma = spectra[0] * np.float32(factor)
        self.chroma = [spectrum * np.float32(factor) for spectrum in spectra[1:]]


def _sample(pixels: Floats) -> Floats:
    height, width = (min(side, SAMPLE) for side in pixels.shape[:2])
    y, x = (pixels.shape[0] - height) // 2, (pixels.shape[1] - width) // 2
    return pixels[y : y + height, x : x + width]


def _each(tints: Floats, spectra: list[Floats], ctx: Context) -> Floats:
    return np.stack([shrink(tints[..., side], spectra[side], ctx.check, COARSE) for side in (0, 1)], axis=-1)
