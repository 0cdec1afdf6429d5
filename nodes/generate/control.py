"""Hold a diffusion model to the lines of a picture."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, NamedTuple, cast, get_args

from graph.context import Context
from graph.controls import Choice, Slider, Weights
from graph.spec import node
from nodes.kinds.addons import STRONGEST, Addons, Control, Sees
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin
from nodes.models.diffusion.edges import edges
from nodes.pixels.profile import convert
from nodes.pixels.resample import resampled

SEEN = 768
"""Pixels of the longer side of the picture that shows the lines: about what is drawn at a time."""


class Controlled(NamedTuple):
    """The add-ons with the ControlNet among them, and what it is shown."""

    addons: Addons
    lines: Image


@node(title="Follow Lines (ControlNet)")
def control(
    ctx: Context,
    image: Image,
    addons: Addons | None = None,
    *,
    model: Annotated[
        str, Weights(task="controlnet", help="The ControlNet; it has to be made for the model's family.")
    ] = "controlnet-sd15-canny",
    sees: Annotated[
        str,
        Choice(get_args(Sees), help="The edges of a photo, or a picture of lines as it is."),
    ] = "edges",
    strength: Annotated[
        float, Slider(0, STRONGEST, 0.05, help="How firmly the lines are followed; 0 leaves them out.")
    ] = 1.0,
    until: Annotated[
        float, Slider(0, 1, 0.05, help="For which share of the steps; less leaves fine detail free.")
    ] = 0.8,
) -> Controlled:
    """Make a diffusion model draw along the lines of a picture.

    For a fill, wire the photo: what is drawn follows edges that run through the damage. It helps with tears across a
    dress or a window frame, and not where the edges in the hole are those of the damage itself: there wire the result
    of Fill Damage instead, or draw the lines yourself, white on black, and choose "picture".

    A ControlNet that was trained on filling ("inpaint" is in its name) looks at what surrounds the hole instead. The
    lines are given as a picture as well: look whether they are those you want.
    """
    before = addons or Addons()
    shown = _shown(ctx, image, cast("Sees", sees))
    if strength == 0 or until == 0:
        ctx.say("No lines are to be followed: nothing is added.")
        return Controlled(before, shown)
    made = Control(model, image, strength, until, cast("Sees", sees))
    return Controlled(replace(before, controls=(*before.controls, made)), shown)


def _shown(ctx: Context, image: Image, sees: Sees) -> Image:
    """What the network is shown, on a copy of bounded size."""
    small = _small(ctx, image)
    if sees != "edges":
        return image.like(small)
    ctx.check()
    return Image(edges(convert(small, image.origin.profile, None)), Origin(mode="L"))


def _small(ctx: Context, image: Image) -> Floats:
    scale = min(1.0, SEEN / max(image.height, image.width))
    height, width = (max(1, round(side * scale)) for side in (image.height, image.width))
    return image.pixels if scale == 1 else resampled(ctx, image.pixels, height, width, "area")
