"""Two masks as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Choice
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size

WAYS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "add": np.maximum,
    "subtract": lambda first, second: np.maximum(first - second, 0),
    "intersect": np.minimum,
    "difference": lambda first, second: np.abs(first - second),
}


@node(title="Combine Masks")
def combine(
    ctx: Context,
    mask: Mask,
    other: Mask | None = None,
    *,
    how: Annotated[
        str,
        Choice(
            tuple(WAYS),
            help="Add: marked in either. Subtract: the second is taken away. Intersect: marked in both. "
            "Difference: marked in only one.",
        ),
    ] = "add",
) -> Mask:
    """Add a mask to another one, take it away, or keep what both share.

    For instance: add what was painted by hand to the scratches that were found, or take the faces away from them.
    With nothing wired to the second socket the first mask passes unchanged.
    """
    if other is None:
        ctx.say("There is no second mask; the first one passes unchanged.")
        return mask
    require_same_size(mask, other, "the two masks")
    out = ctx.empty(mask.values.shape)
    for tile in ctx.tiles(mask):
        out[tile.write] = WAYS[how](mask.values[tile.write], other.values[tile.write])
    return Mask(out)
