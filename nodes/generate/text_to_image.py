"""Draw a picture from words."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Number, Seed, Text, Weights
from graph.spec import node
from nodes.kinds.addons import Addons
from nodes.kinds.image import Image
from nodes.models.diffusion.diffuser import DiffusionModel
from nodes.models.diffusion.samplers import USUAL
from nodes.models.diffusion.settings import Guidance, Sampler, Steps
from nodes.models.diffusion.wish import Wish

LEAST, MOST, MULTIPLE = 64, 2048, 8
"""Pixels a side. One latent stands for 8 of them."""


@node(title="Picture from Words", scale_free=False)
def text_to_image(
    ctx: Context,
    addons: Addons | None = None,
    *,
    prompt: Annotated[
        str,
        Text(lines=4, help="What is to be seen, in English; (words:1.3) in brackets count more, [words] less."),
    ] = "a painted studio backdrop, mottled grey canvas, soft light from the left, photograph of 1900",
    negative: Annotated[str, Text(lines=2, help="What is not to be seen.")] = "text, watermark, frame",
    width: Annotated[int, Number(LEAST, MOST, MULTIPLE, unit="px", help="Pixels across.")] = 512,
    height: Annotated[int, Number(LEAST, MOST, MULTIPLE, unit="px", help="Pixels down.")] = 512,
    model: Annotated[
        str, Weights(task="diffusion", help="The diffusion model; checkpoints of your own can be chosen too.")
    ] = "stable-diffusion-1.5",
    steps: Steps = 30,
    guidance: Guidance = 7.0,
    sampler: Sampler = USUAL,
    seed: Annotated[int, Seed(help="Another seed draws another picture of the same words.")] = 1,
) -> Image:
    """Draw a picture that never was from a description in words.

    This restores nothing: all of it is invented. It is for backdrops, textures and props, which are then put behind or
    into a photo, and must not pass for a part of it. To put a subject before a new background, Background from Words
    takes fewer steps.

    Stay near the size that the model was trained on, 512 pixels for Stable Diffusion 1.5 and 1024 for XL: much smaller
    pictures fall apart, much larger ones repeat themselves. Draw at that size and enlarge. The same words and seed
    give the same picture on the same computer.
    """
    wish = Wish(prompt, negative, steps, guidance, 1.0, seed, sampler, addons or Addons())
    with ctx.borrow(DiffusionModel(model)) as diffuser:
        drawn = diffuser.draw(ctx, wish, height, width)
    ctx.say(f"Drawn with {model}, seed {seed}: all of it is invented.")
    return Image(drawn)
