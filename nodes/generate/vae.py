"""Give a diffusion model another VAE."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from graph.controls import Weights
from graph.spec import node
from nodes.kinds.addons import Addons


@node(title="Choose a VAE")
def vae(
    addons: Addons | None = None,
    *,
    model: Annotated[
        str, Weights(task="vae", help="The VAE; those for Stable Diffusion 1 and 2 fit both, XL has its own.")
    ] = "sd-vae-ft-mse",
) -> Addons:
    """Give a diffusion model another last stage, for finer small things or truer colours.

    The VAE turns what the model has worked out into pixels. The one that comes with a model is good enough for most
    pictures. Another one helps where faces and letters come out frayed, or colours pale. Wire it to the add-ons of a
    step that draws. Of several in a row the last one counts.
    """
    return replace(addons or Addons(), vae=model)
