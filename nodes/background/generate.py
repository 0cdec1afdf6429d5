"""Put the subject before a background that is drawn from words."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Seed, Text, Toggle, Weights
from graph.spec import node
from nodes.background.backdrop import Backdrop, replaced
from nodes.background.composite import Replaced
from nodes.background.placed import Placed
from nodes.background.plain import colour_of
from nodes.background.studio import DARK, LIGHT, Studio, lamp
from nodes.kinds.addons import Addons
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.diffusion.diffuser import DiffusionModel
from nodes.models.diffusion.samplers import USUAL
from nodes.models.diffusion.settings import Guidance, Sampler, Steps
from nodes.models.diffusion.wish import Wish
from nodes.pixels.extent import require_same_size
from nodes.pixels.profile import convert

STUDIO = "studio"
"""The backdrop that Replace Background paints: what can be had without a model."""

LONGEST = 2.0
"""Times the shorter side. Longer pictures show everything twice: models were trained on squares and little else."""

BLACK = np.zeros(3, np.float32)


@node(title="Background from Words", scale_free=False)
def generate(
    ctx: Context,
    image: Image,
    mask: Mask,
    addons: Addons | None = None,
    *,
    prompt: Annotated[
        str,
        Text(lines=4, help="The background, in English; (words:1.3) in brackets count more, [words] less."),
    ] = "a painted studio backdrop, mottled grey canvas, soft light from the left, photograph of 1900",
    negative: Annotated[str, Text(lines=2, help="What is not to be seen in it.")] = (
        "people, person, face, text, watermark, frame"
    ),
    model: Annotated[
        str,
        Weights(
            task="diffusion",
            free=(STUDIO,),
            help="The diffusion model; studio paints a plain backdrop and needs neither download nor words.",
        ),
    ] = "stable-diffusion-1.5",
    steps: Steps = 30,
    guidance: Guidance = 7.0,
    sampler: Sampler = USUAL,
    one_tone: Annotated[
        bool, Toggle(help="A black-and-white or sepia photo gets a background of its own tone.")
    ] = True,
    seed: Annotated[int, Seed(help="Another seed draws another background of the same words.")] = 1,
) -> Replaced:
    """Put the person or thing of a photo before a background described in words.

    The mask says what stays: wire Find the Subject, better with Refine Mask Edge and Remove Colour Spill in between.
    What is wholly subject stays as it is to the last bit; along soft edges both are mixed as light. All of the
    background is invented, and it hides where the photo was taken: keep the original.

    Name a place and its light, and keep it plain: "a garden wall with ivy, overcast". The model draws without seeing
    the subject, at the size that it was trained on, and the result is enlarged: behind an old portrait that passes for
    a background out of focus. Wire both results and the same mask to Harmonise Background, which gives it the tones
    and the grain of the photo.
    """
    require_same_size(image, mask, "the photo and the mask")
    if not mask.values.any():
        ctx.say("Nothing is marked as the subject: the photo is unchanged.")
        return Replaced(image, image)
    if mask.values.min() == 1:
        ctx.say("All of the photo is marked as the subject: it is unchanged.")
        return Replaced(image, image)
    if model != STUDIO and not prompt.strip():
        ctx.say("No words say what the background is: the photo is unchanged.")
        return Replaced(image, image)
    wish = Wish(prompt, negative, steps, guidance, 1.0, seed, sampler, addons or Addons())
    backdrop = _studio(ctx, image, mask, seed) if model == STUDIO else _drawn(ctx, image, model, wish)
    return replaced(ctx, image, mask, backdrop, one_tone)


def _studio(ctx: Context, image: Image, mask: Mask, seed: int) -> Backdrop:
    light, dark = (colour_of(each, image.origin.profile) for each in (LIGHT, DARK))
    return Studio((image.height, image.width), light, dark, lamp(ctx, mask), seed)


def _drawn(ctx: Context, image: Image, model: str, wish: Wish) -> Backdrop:
    """At the size that the model was trained on, then as large as the photo."""
    size = image.height, image.width
    with ctx.borrow(DiffusionModel(model)) as diffuser:
        made = diffuser.draw(ctx, wish, *drawn_size(size, diffuser.family.side, diffuser.multiple))
    height, width = made.shape[:2]
    ctx.say(f"Background drawn with {model}, seed {wish.seed}, at {width} × {height} pixels: it is invented.")
    return Placed(ctx, convert(made, None, image.origin.profile), size, "cover", (0, 0), 1.0, BLACK)


def drawn_size(frame: tuple[int, int], side: int, multiple: int) -> tuple[int, int]:
    """Height and width in the frame's proportions, of about side² pixels, in multiples; see LONGEST."""
    shape = float(np.clip(frame[0] / frame[1], 1 / LONGEST, LONGEST))
    height, width = side * math.sqrt(shape), side / math.sqrt(shape)
    return multiple * round(height / multiple), multiple * round(width / multiple)
