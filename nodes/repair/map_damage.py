"""Look for damage all over a photo."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Toggle, Weights
from graph.spec import node
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.repair.finding.damage_map import CLASSICAL, FINDER, damage_map


@node(title="Map Damage", scale_free=False)
def map_damage(
    ctx: Context,
    image: Image,
    *,
    finder: Annotated[
        str,
        Weights(
            task="scratches",
            free=(CLASSICAL,),
            help="The network trained for this comes with Heirloom; classical looks for lines and specks without one.",
        ),
    ] = FINDER,
    wide: Annotated[
        bool, Toggle(help="Have the network look at half the size too, which fills wide creases and stains.")
    ] = True,
    doubt: Annotated[
        bool,
        Toggle(
            help="Judge each find of the network once more as a whole: sound photos stay whole, faint damage stays."
        ),
    ] = False,
) -> Mask:
    """Look for scratches, cracks, dust and stains, and map how likely each spot is damaged.

    Wire the map to Find Scratches, which makes a mask of it. This step takes its time once and is remembered; the
    threshold and all else there can then be changed at once. Black is sound, white is surely damaged.

    It works at the photo's own size, so that a hair-thin scratch on a large scan counts as well. Hair, wires, fences,
    lace and handwriting look much like scratches: look at the mask before you trust it, and correct it with Paint Mask.
    Where nobody looks, as with a folder of photos, switch Doubt on: much less of sound pictures is taken for damage,
    and on badly damaged prints more than half of the damage is missed that is found without.
    """
    return Mask(damage_map(ctx, image, finder, wide, doubt))
