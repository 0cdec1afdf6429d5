"""Take the colour of the light out of a picture."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider, Toggle
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import linear_from_srgb, srgb_from_linear
from nodes.pixels.sample import inside
from nodes.pixels.toning import toning
from nodes.tone.curve import STEPS, through
from nodes.tone.illuminant import METHODS, agreed, measurable, neutral_share

UNSEEN = 0.1
"""The ratio of red to blue gain, as a logarithm, below which a careful measure finds nothing to correct."""

LEAST = 1e-3
"""A gain of a thousandth is a quarter of an 8-bit step."""

STRONGEST = 0.7
"""The largest gain, as a logarithm: a factor of 2."""

CAREFUL = 0.25
"""The same where nobody chose the method: a picture with more of a cast is of one colour by intent, as sunsets are."""

NEUTRAL = 0.15
"""Where this share of a picture is grey already there is no cast: the light was white there."""

WARM, GREEN = 0.5, 0.35
"""What a whole turn of the temperature and tint settings does, as a logarithm of the gains."""

KNEE = 0.9
"""Above it a channel bends towards white instead of clipping, and what was white stays white."""


@node(title="White Balance")
def white_balance(
    ctx: Context,
    image: Image,
    *,
    method: Annotated[
        str,
        Choice(
            ("careful", *METHODS, "manual"),
            help="How the light's colour is found; careful corrects only what several methods agree on.",
        ),
    ] = "careful",
    temperature: Annotated[float, Slider(-1, 1, 0.05, help="Below 0 makes it bluer, above 0 warmer.")] = 0.0,
    tint: Annotated[float, Slider(-1, 1, 0.05, help="Below 0 makes it greener, above 0 pinker.")] = 0.0,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of the measured cast is taken out.")] = 0.8,
    keep_tone: Annotated[bool, Toggle(help="Leave sepia and other toned black-and-white prints as they are.")] = True,
) -> Image:
    """Take out a colour cast.

    The colour of the light is measured inside the print and divided out, so that grey becomes grey again.
    Temperature and tint come on top, or alone with the method manual. A toned black-and-white print is left alone
    unless you switch that off; without a cast nothing is changed.

    A picture that is mostly of one colour, a lawn or a sunset, can be mistaken for a cast: careful then does little
    or nothing, the other methods take it out.
    """
    told = np.array([WARM * temperature + GREEN * tint, -GREEN * tint, -WARM * temperature + GREEN * tint])
    sample = inside(image)
    kept = keep_tone and method != "manual" and toning(sample) != "colour"
    gains = told if kept else told + strength * _measured(sample, method)
    if np.abs(gains).max() < LEAST:
        ctx.say("A black-and-white print: its tone is kept." if kept else "No colour cast: left as it is.")
        return image
    ctx.say(f"Gains of red, green and blue: {', '.join(f'{gain:.2f}' for gain in np.exp(gains))}.")
    curves = [_curve(float(gain)) for gain in np.exp(gains)]
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        pixels = image.pixels[tile.read]
        result[tile.write] = np.stack([through(curves[side], pixels[..., side]) for side in range(3)], axis=-1)
    return image.like(result)


def _measured(sample: Floats, method: str) -> Floats:
    """Logarithms of the gains that make the light white; zeros where there is nothing to correct."""
    linear = measurable(sample)
    if method == "manual" or linear.shape[0] == 0:
        return np.zeros(3, np.float32)
    if method != "careful":
        gains, limit = -np.log(METHODS[method](linear)), STRONGEST
    else:
        trust = max(0.0, 1.0 - neutral_share(sample) / NEUTRAL)
        gains, limit = -trust * np.log(agreed(linear)), CAREFUL
        gains = gains if np.ptp(gains) >= UNSEEN else np.zeros(3)
    return np.clip(gains, -limit, limit).astype(np.float32)


def _curve(gain: float) -> Floats:
    """The encoded curve of a gain in linear light, bent into the corner above the knee."""
    values = np.linspace(0.0, 1.0, STEPS + 1, dtype=np.float32)
    scaled = srgb_from_linear(linear_from_srgb(values) * np.float32(gain))
    knee = float(np.interp(KNEE, np.maximum.accumulate(scaled), values)) if gain > 1.0 else KNEE
    start = float(np.interp(knee, values, scaled))
    share = (values - knee) / max(1.0 - knee, 1e-6)
    # A quadratic that leaves the knee at the curve's own slope where it can and ends in the corner (1, 1).
    slope = min(gain * (1.0 - knee) / max(1.0 - start, 1e-6), 2.0)
    bend = start + (1.0 - start) * (slope * share + (1.0 - slope) * share**2)
    return np.clip(np.where(values > knee, bend, scaled), 0.0, 1.0).astype(np.float32)
