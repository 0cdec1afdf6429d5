"""Turn a scanned negative into a positive."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider, Toggle
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import linear_from_srgb, luma, srgb_from_linear
from nodes.pixels.sample import averaged, inside
from nodes.pixels.toning import toning
from nodes.tone.curve import STEPS, mixed, stretch, through

BASE = 0.995
"""Of the pixels, as bright as the film's base or darker: the rest is dust, which lets light through."""

CLEAR = 0.985
"""What is brighter in every colour is no film: the scanner's light, and perforation."""

MASKED = 1.6
"""Red over blue light through bare film: about 3 with the orange mask of colour negatives, 1 without."""

CLIP = 0.005
"""Of the pixels at either end, that may become black or white."""

LEAST = 0.002
"""Of the light: what lets less through is as dense as film can be."""

GAMMA = 0.65
"""How steeply the density of negative film rises with the logarithm of light."""

GENTLY = 0.8
"""How far black and white are taken to the ends of the range."""

EMPTY = 0.04
"""Film whose densities span less than this shows nothing."""


@node(title="Negative to Positive")
def negative(
    ctx: Context,
    image: Image,
    *,
    film: Annotated[
        str, Choice(("auto", "colour", "black and white"), help="The kind of film; black and white gives pure grey.")
    ] = "auto",
    contrast: Annotated[
        float, Slider(0.3, 2, 0.05, help="Above 1 is harder, below 1 softer, as with the grades of printing paper.")
    ] = 1.0,
    brightness: Annotated[
        float, Slider(-1, 1, 0.05, help="Above 0 prints the midtones lighter, below 0 darker.")
    ] = 0.0,
    balance: Annotated[
        float,
        Slider(0, 1, 0.05, help="How far the colour of the light is evened out; lower keeps an evening's glow."),
    ] = 0.6,
    levels: Annotated[bool, Toggle(help="Take black and white gently to the ends of the range afterwards.")] = True,
) -> Image:
    """Make a picture of a scanned negative.

    The colour of the bare film, orange for colour negatives, is measured at its unexposed rim or where it is
    clearest, and taken out. What is left is turned round as an enlarger does it, by density and not by subtraction,
    so shadows and lights keep their steps.

    Leave a little of the film's rim in the scan: then its base is known for certain. Scan with 16 bits, because
    negatives are stretched. Repair dust and scratches afterwards: they are white then.
    """
    sample = inside(image)
    bare = _bare(averaged(image.pixels))
    grey = film == "black and white" or (film == "auto" and not _coloured(sample, bare))
    if grey:
        sample, bare = _neutral(sample), _neutral(bare[None])[0]
    density = np.maximum(np.log10(bare) - np.log10(np.maximum(linear_from_srgb(sample), LEAST)), 0.0)
    white = np.quantile(density, 1.0 - CLIP, axis=0)
    if float(np.ptp(np.quantile(density, (CLIP, 1.0 - CLIP)))) < EMPTY:
        ctx.say("The film shows nothing: left as it is.")
        return image
    white = white.mean() + balance * (white - white.mean())
    curves = [_curve(float(base), float(top), contrast) for base, top in zip(bare, white, strict=True)]
    ends = _ends(sample, curves) if levels else (0.0, 1.0)
    finish = mixed(stretch(*ends, gamma=2.0**-brightness), GENTLY if levels and not brightness else 1.0)
    curves = [through(finish, curve) for curve in curves]
    ctx.say(f"{'Black-and-white' if grey else 'Colour'} film; its base lets through {_percents(bare)} of the light.")
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        pixels = _neutral(image.pixels[tile.read]) if grey else image.pixels[tile.read]
        turned = np.stack([through(curve, pixels[..., side]) for side, curve in enumerate(curves)], axis=-1)
        result[tile.write] = np.clip(turned, 0.0, 1.0)
    return image.like(result)


def _bare(small: Floats) -> Floats:
    """The light (3,) that bare film lets through."""
    pixels = small.reshape(-1, 3)
    film = pixels[pixels.min(axis=1) < CLEAR]
    found = np.quantile(film if film.size else pixels, BASE, axis=0).astype(np.float32)
    return np.maximum(linear_from_srgb(found), np.float32(LEAST))


def _coloured(sample: Floats, bare: Floats) -> bool:
    """Whether the film has an orange mask, or colours beside those of its base."""
    if bare[0] > MASKED * bare[2]:
        return True
    return toning(srgb_from_linear(np.minimum(linear_from_srgb(sample) / bare, 1.0))) == "colour"


def _neutral(pixels: Floats) -> Floats:
    """Pixels (..., 3) as grey of the same luma."""
    light = luma(pixels)
    return np.stack([light] * 3, axis=-1)


def _curve(base: float, white: float, contrast: float) -> Floats:
    """What becomes of each value of the scan (4097,), where `white` is the density that becomes white.

    Film of gamma 0.6 to 0.7 flattens the scene; printed with the inverse it has its contrast again (C. E. K. Mees,
    "The Theory of the Photographic Process"). White is what is densest, and light falls with density from there.
    """
    values = linear_from_srgb(np.linspace(0.0, 1.0, STEPS + 1, dtype=np.float32))
    density = np.log10(base) - np.log10(np.maximum(values, np.float32(LEAST)))
    light = 10.0 ** (np.float32(contrast / GAMMA) * np.minimum(density - white, 0.0))
    return srgb_from_linear(np.asarray(light, np.float32))


def _ends(sample: Floats, curves: list[Floats]) -> tuple[float, float]:
    turned = np.stack([through(curve, sample[:, side]) for side, curve in enumerate(curves)], axis=-1)
    black, white = np.quantile(luma(turned[None])[0], (CLIP, 1.0 - CLIP))
    return float(black), float(white)


def _percents(bare: Floats) -> str:
    return ", ".join(f"{value:.0%}" for value in bare)
