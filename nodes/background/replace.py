"""Put the subject before another background."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Protocol

import numpy as np

from graph.context import Context, Tile
from graph.controls import Choice, Colour, Seed, Slider, Toggle
from graph.errors import StepError
from graph.spec import node
from nodes.background.composite import Replaced, over
from nodes.background.placed import FITS, Placed
from nodes.background.plain import Gradient, Plain, colour_of
from nodes.background.studio import Studio
from nodes.background.surroundings import Surroundings
from nodes.background.toning import Toning, toning
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size
from nodes.pixels.profile import to_profile
from nodes.pixels.resample import resampled

KINDS = ("studio", "picture", "colour", "gradient", "blurred")

LIGHT, DARK = "#9a9184", "#2e2a27"
"""Of painted canvas in tungsten light."""

SEEN = 256
"""Pixels of the longer side on which the photo's tone and the subject's place are measured."""

ABOVE = 0.12
"""How far above the subject's middle a studio's lamp points, in parts of the height: behind head and shoulders."""


class Backdrop(Protocol):
    """A background that is made piece by piece, in the photo's encoding."""

    def of(self, tile: Tile) -> Floats: ...


@node(title="Replace Background")
def replace(
    ctx: Context,
    image: Image,
    mask: Mask,
    picture: Image | None = None,
    *,
    kind: Annotated[
        str, Choice(KINDS, help="A painted studio backdrop, the wired picture, a colour, two, or the old one blurred.")
    ] = "studio",
    colour: Annotated[str, Colour(help="The colour; the first of a gradient; where light falls in a studio.")] = LIGHT,
    second: Annotated[str, Colour(help="The end of a gradient; the dark corners of a studio.")] = DARK,
    angle: Annotated[
        float, Slider(-180, 180, 1, unit="°", help="Direction of a gradient; 0 runs from top to bottom.", advanced=True)
    ] = 0.0,
    fit: Annotated[str, Choice(FITS, help="A picture fills the frame, is shown whole, or is stretched.")] = "cover",
    across: Annotated[float, Slider(-100, 100, 1, unit="%", help="Moves a picture right, of the width.")] = 0.0,
    down: Annotated[float, Slider(-100, 100, 1, unit="%", help="Moves a picture down, of the height.")] = 0.0,
    scale: Annotated[float, Slider(0.1, 5, 0.05, help="How large a picture is; at 1 it fits.")] = 1.0,
    blur: Annotated[float, Slider(0, 10, 0.1, unit="%", help="How much the old background is blurred.")] = 1.5,
    one_tone: Annotated[
        bool, Toggle(help="A black-and-white or sepia photo gets a background of its own tone.")
    ] = True,
    seed: Annotated[int, Seed(help="Another seed paints another studio backdrop.", advanced=True)] = 1,
) -> Replaced:
    """Put the person or thing of a photo before another background.

    The mask says what stays: wire Find the Subject, better with Refine Mask Edge and Remove Colour Spill in between.
    What is wholly subject stays as it is to the last bit; along soft edges both are mixed as light.

    For a picture of your own, choose "picture", wire it, and move and scale it until it fits. Lengths are in percent.
    The background alone is given as well, for Throw a Shadow and for Harmonise Background, which gives it the tones
    and the grain of the photo: without that a sharp new picture behind an old face looks pasted.
    """
    require_same_size(image, mask, "the photo and the mask")
    if not mask.values.any():
        ctx.say("Nothing is marked as the subject: the photo is unchanged.")
        return Replaced(image, image)
    size, profile = (image.height, image.width), image.origin.profile
    one, two = colour_of(colour, profile), colour_of(second, profile)
    makers: dict[str, Callable[[], Backdrop]] = {
        "studio": lambda: Studio(size, one, two, _middle(ctx, mask), seed),
        "picture": lambda: Placed(ctx, _fitting(ctx, picture, image), size, fit, (down, across), scale, one),
        "colour": lambda: Plain(one),
        "gradient": lambda: Gradient(size, one, two, angle),
        "blurred": lambda: Surroundings(ctx, image, mask, blur / 100),
    }
    return _replaced(ctx, image, mask, makers[kind](), _tone(ctx, image, mask) if one_tone else None)


def _replaced(ctx: Context, image: Image, mask: Mask, made: Backdrop, tone: Toning | None) -> Replaced:
    out, behind = ctx.empty(image.pixels.shape), ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        pixels = made.of(tile)
        behind[tile.write] = np.clip(pixels if tone is None else tone.of(pixels), 0, 1)
        out[tile.write] = over(image.pixels[tile.write], behind[tile.write], mask.values[tile.write])
    return Replaced(image.like(out), image.like(behind))


def _fitting(ctx: Context, picture: Image | None, image: Image) -> Floats:
    """The picture in the photo's colour profile."""
    if picture is None:
        raise StepError("No picture is wired to Replace Background.", "Wire one to Picture, or choose another kind.")
    return to_profile(picture, image.origin.profile, ctx).pixels


def _small(ctx: Context, values: Floats) -> Floats:
    scale = min(1.0, SEEN / max(values.shape[:2]))
    height, width = (max(1, round(side * scale)) for side in values.shape[:2])
    return resampled(ctx, values, height, width, "area")


def _middle(ctx: Context, mask: Mask) -> tuple[float, float]:
    """Where the subject's upper part is, y and x in 0..1."""
    values = _small(ctx, mask.values)
    total = max(float(values.sum()), 1e-6)
    down, across = (
        float((values.sum(axis=1 - axis) * (np.arange(side) + 0.5) / side).sum()) / total
        for axis, side in enumerate(values.shape)
    )
    return down - ABOVE, across


def _tone(ctx: Context, image: Image, mask: Mask) -> Toning | None:
    """The one tone of the subject, if it has one."""
    return toning(_small(ctx, image.pixels)[_small(ctx, mask.values) > 0.5])
