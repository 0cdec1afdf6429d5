"""Undo blur with a network."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Slider, Weights
from graph.spec import node
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.cleaning import Shares, cleaned
from nodes.models.restoration import RestorationModel
from nodes.pixels.extent import require_same_size

TILE = 384
"""Pixels a side of the tiles. NAFNet weighs its channels by their means over all it sees, which over a whole photo say
nothing of the place: it was trained on 256. X. Chu et al., "Improving Image Restoration by Revisiting Global
Information Aggregation" (2022), found means over 1.5 times that size the best, and tiles of that size give them."""

OVERLAP = 96
"""Pixels that neighbouring tiles share: their means differ, so that they are blended over a wide strip."""


@node(title="Remove Blur", scale_free=False)
def deblur(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    model: Annotated[str, Weights(help="The network that does it.", task="deblur")] = "nafnet-gopro-w64",
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of its result is mixed in.")] = 1.0,
) -> Image:
    """Sharpen a photo that was shaken or moved, with a network.

    It was trained on motion blur of hand-held cameras: a slightly shaken snapshot gains most. It does little for a
    lens out of focus, and takes film grain for something to keep or to smear: reduce noise first, and resize a large
    soft scan until single pixels differ from their neighbours. For a mere lack of crispness use Sharpen.

    The photo is worked on in pieces that are blended into each other. Look at even areas such as sky: where pieces
    differ, a lower strength hides it.
    """
    require_same_size(image, mask, "the mask and the photo")
    if strength == 0.0 or (mask is not None and not mask.values.any()):
        ctx.say("Nothing is to change: left as it is.")
        return image
    with ctx.borrow(RestorationModel(model)) as network:
        return cleaned(ctx, image, mask, network, Shares(strength, strength), overlap=OVERLAP, most=TILE)
