"""Read the prompt less literally."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from graph.controls import Number
from graph.spec import node
from nodes.kinds.addons import DEEPEST_SKIP, Addons


@node(title="Clip Skip")
def clip_skip(
    addons: Addons | None = None,
    *,
    layer: Annotated[
        int, Number(1, DEEPEST_SKIP, 1, help="1 reads the words to the end, 2 stops one layer before it, and so on.")
    ] = 2,
) -> Addons:
    """Read the words of a prompt less literally.

    The text encoder reads a prompt in twelve layers, each deeper than the one before. Some models were trained on what
    the last but one understands, and their makers say "clip skip 2". Set what yours asks for, and leave this step out
    otherwise: further up little is left of the words. Stable Diffusion 2 and XL stop at the last but one by themselves.
    Wire it to the add-ons of a step that draws.
    """
    return replace(addons or Addons(), clip_skip=layer)
