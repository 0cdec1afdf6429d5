"""Bring a faded print back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import luma
from nodes.tone.curve import mixed, relit, stretch, through
from nodes.tone.sample import inside
from nodes.tone.skin import keep_skin
from nodes.tone.toning import Toning, toning

CLIP = 0.005
"""Of the pixels at either end, that may lie beyond black and white."""

SOUND, FADED = 1.4, 2.2
"""Evidence of fading below and above which nothing and everything is done. Of 126 sound photos of all kinds four in
five lie below the first; those above it are misty, or of one strong colour."""

VIVID = 0.28
"""More vivid colours than this have not faded; of seven faded prints none reached it."""

APART = 0.8
"""How far each colour follows its own ends, the rest being those of brightness: a red door is no faded cyan dye."""

OWN_BEND = 0.25
"""How far the midtones of each colour follow their own measure: a meadow is no faded magenta dye."""

LEAST_SPAN = 0.35
"""No colour is stretched further than from this span: it multiplies grain and stains as well."""

EMPTY = 0.04
"""A picture that spans less than this shows nothing to restore."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Black, white and middle of a picture in 0..1: of its brightness and of each colour."""

    light: Floats
    """(3,): black, middle, white."""
    channels: Floats
    """(3, 3): the same of red, green and blue, one row each."""
    vivid: float
    """How far apart the channels of its more colourful pixels lie."""

    def evidence(self, *, coloured: bool) -> float:
        """How faded it looks: black washed out, white dull and, in a colour picture, black of a colour; each 0 to 2."""
        black, _, white = (float(value) for value in self.light)
        washed = max(0.0, black - 0.08) / 0.08
        dull = min(1.0, max(0.0, 0.9 - white) / 0.15)
        if not coloured:
            # Of a toned print black and white have the tone's colour anyway; a dull white tells more there.
            return washed + 2.0 * dull
        tinted = max(0.0, float(np.ptp(self.channels[:, 0])) - 0.04) / 0.05
        return washed + 0.5 * dull + tinted - max(0.0, self.vivid - VIVID) / 0.1


@node(title="Restore Faded Colours")
def fade(
    ctx: Context,
    image: Image,
    *,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of the correction is made.")] = 0.8,
    tone: Annotated[
        str,
        Choice(("keep", "neutral"), help="A sepia or otherwise toned print keeps its tone or becomes grey."),
    ] = "keep",
    skin: Annotated[float, Slider(0, 1, 0.05, help="How much skin is kept from turning to another hue.")] = 0.5,
) -> Image:
    """Give a faded or yellowed print its depth and colours back.

    The dyes of a colour print fade at different rates, so its black turns brown or blue and its white yellow. Each
    colour gets its own black and white point again, measured inside the print, and the midtones follow.
    A toned black-and-white print gets its depth back and keeps its tone, or becomes neutral if you choose so.

    A sound photo is left as it is. A picture in mist, or of one colour throughout, may be taken for a faded one: then
    lower the strength.
    """
    sample = inside(image)
    kind = toning(sample)
    found = _ends(sample)
    evidence = found.evidence(coloured=kind == "colour")
    amount = strength * float(np.clip((evidence - SOUND) / (FADED - SOUND), 0.0, 1.0))
    if found.light[2] - found.light[0] < EMPTY:
        amount = 0.0
    neutral = kind == "toned" and tone == "neutral"
    if amount == 0.0 and not neutral:
        ctx.say("Not faded: left as it is.")
        return image
    curves = _curves(found, amount)
    ctx.say(_note(kind, found, neutral=neutral))
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        pixels = image.pixels[tile.read]
        if kind == "colour":
            stretched = np.stack([through(curves[side + 1], pixels[..., side]) for side in range(3)], axis=-1)
            result[tile.write] = keep_skin(pixels, stretched, skin * amount)
        else:
            result[tile.write] = relit(pixels, curves[0], 0.0 if neutral else 1.0)
    return image.like(result)


def _ends(sample: Floats) -> Ends:
    """Of pixels (N, 3)."""
    light = luma(sample[None])[0]
    shares = (CLIP, 0.5, 1.0 - CLIP)
    own = np.quantile(sample, shares, axis=0).T
    # The colour of what is darkest and brightest tells of dyes; a colour's own ends also of what was photographed.
    dark = sample[light <= np.quantile(light, 2 * CLIP)].mean(axis=0)
    bright = sample[light >= np.quantile(light, 1.0 - 2 * CLIP)].mean(axis=0)
    own[:, 0] = (own[:, 0] + dark) / 2
    own[:, 2] = (own[:, 2] + bright) / 2
    vivid = float(np.quantile(np.ptp(sample, axis=1), 0.9))
    return Ends(np.quantile(light, shares).astype(np.float32), own.astype(np.float32), vivid)


def _curves(found: Ends, amount: float) -> list[Floats]:
    """The curve of brightness, then those of red, green and blue."""
    rows = [found.light, *(found.light + APART * (found.channels - found.light))]
    common = _bend(found.light, _middle(found.light))
    bends = [common, *(common + OWN_BEND * (_bend(row, _middle(found.light)) - common) for row in rows[1:])]
    return [mixed(_curve(row, bend), amount) for row, bend in zip(rows, bends, strict=True)]


def _curve(row: Floats, bend: float) -> Floats:
    black, _, white = (float(value) for value in row)
    missing = max(0.0, LEAST_SPAN - (white - black))
    # Half of the way: what was photographed has a right to be bright or dark.
    gamma = float(np.exp(np.clip(bend / 2, -0.3, 0.3)))
    return stretch(max(0.0, black - missing / 2), min(1.0, white + missing / 2), gamma)


def _bend(row: Floats, goal: float) -> float:
    """The logarithm of the gamma that takes the middle to the goal."""
    black, middle, white = (float(value) for value in row)
    place = np.clip((middle - black) / max(white - black, LEAST_SPAN), 0.02, 0.98)
    return float(np.log(np.log(goal) / np.log(place)))


def _middle(light: Floats) -> float:
    """Where the midtones of the restored picture lie: where they were, within reason."""
    black, middle, white = (float(value) for value in light)
    return float(np.clip((middle - black) / max(white - black, EMPTY), 0.3, 0.6))


def _note(kind: Toning, found: Ends, *, neutral: bool) -> str:
    black, _, white = (float(value) for value in found.light)
    done = {"colour": "each colour stretched by itself", "toned": "the print's tone is kept", "grey": "stretched"}[kind]
    return f"Black was at {black:.0%}, white at {white:.0%}; {'made neutral' if neutral else done}."
