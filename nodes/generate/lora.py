"""Bend a diffusion model towards a style or a subject."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from graph.context import Context
from graph.controls import Slider, Weights
from graph.spec import node
from nodes.kinds.addons import STRONGEST, Addons, Lora

NONE = "none"


@node(title="Add a LoRA")
def lora(
    ctx: Context,
    addons: Addons | None = None,
    *,
    model: Annotated[
        str, Weights(task="lora", free=(NONE,), help="The LoRA file; it has to be made for the model's family.")
    ] = NONE,
    strength: Annotated[
        float,
        Slider(
            -STRONGEST,
            STRONGEST,
            0.05,
            help="1 is what its maker meant, 0 leaves it out, below 0 leads away from what it shows.",
        ),
    ] = 1.0,
) -> Addons:
    """Bend a diffusion model towards a style or a subject with a small file.

    A LoRA has learned one thing: the look of studio portraits, hand-tinted prints, a kind of dress. Wire it to the
    add-ons of a step that draws, such as Background from Words or Fill Damage by Diffusion. Several may follow one
    another; wire the first to the add-ons of the second.

    LoRA files come as .safetensors: put yours into the weights folder, and it can be chosen here. One for Stable
    Diffusion 1.5 fits no other family. Some need a word of their own in the prompt, which their maker tells.
    """
    before = addons or Addons()
    if model == NONE or strength == 0:
        ctx.say("No LoRA is added.")
        return before
    return replace(before, loras=(*before.loras, Lora(model, strength)))
