"""Find what happened to a print after it was made."""

from __future__ import annotations

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.context import Context, tiles
from graph.controls import Choice, Pixels, Slider, Weights
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size
from nodes.repair.finding.components import FAINT, SURE, Components, Marks
from nodes.repair.finding.damage_map import CLASSICAL, FINDER, damage_map
from nodes.repair.finding.polarity import of_polarity
from nodes.repair.finding.shield import Shield

BEYOND = 2.0
"""A threshold that no probability reaches."""


class Found(NamedTuple):
    """What a search for damage gives."""

    mask: Mask
    """What to repair."""
    map: Mask
    """How likely each pixel is damaged: 0 sound, 1 surely damaged."""


@node(title="Find Scratches", version=2, scale_free=False)
def find_scratches(
    ctx: Context,
    image: Image,
    map: Mask | None = None,
    faces: Faces | None = None,
    *,
    threshold: Annotated[
        float, Slider(0.05, 0.95, 0.05, help="Lower finds more, also things that belong to the photo.")
    ] = 0.5,
    reach: Annotated[
        float, Slider(0, 0.9, 0.05, help="How far a sure find is followed into its fainter parts; 0 not at all.")
    ] = 0,
    polarity: Annotated[
        str, Choice(("both", "light", "dark"), help="Whether to mark light damage, dark damage or both.")
    ] = "both",
    smallest: Annotated[float, Pixels(0, 200, 0.5, help="What is smaller than a dot of this width is left alone.")] = 0,
    shortest: Annotated[float, Pixels(0, 400, 1, help="What is shorter than this is left alone.")] = 0,
    widest: Annotated[float, Pixels(1, 1000, 1, help="What is wider than this is left alone.")] = 1000,
    elongation: Annotated[
        float, Slider(0, 0.95, 0.05, help="0 marks things of any shape; more leaves only what is long and thin.")
    ] = 0,
    grow: Annotated[float, Pixels(0, 20, 1, help="Widen what was found by this much, for its soft rim.")] = 0,
    protect: Annotated[
        float, Slider(0, 1, 0.05, help="How much surer it must be within faces, if they are wired; 1 spares them.")
    ] = 0.5,
    finder: Annotated[
        str,
        Weights(
            task="scratches", free=(CLASSICAL,), advanced=True, help="What looks for damage where no map is wired."
        ),
    ] = FINDER,
) -> Found:
    """Find scratches, cracks, dust, spots and stains.

    Wire the map of Map Damage: then every setting here answers at once. Without a map this step makes one itself, which
    takes its time whenever something changes.

    The threshold says how sure it must be. Then pieces are left out by their size, their shape, and whether they are
    lighter or darker than what is around them. Wire Find Faces to go easy on wrinkles, lashes and whiskers.

    Hair, wires, fences, lace and handwriting look much like scratches: look at the mask, and correct it with Paint
    Mask.
    """
    require_same_size(image, map, "the photo and the map")
    likely = map or Mask(damage_map(ctx, image, finder))
    marks = _marked(ctx, likely.values, Shield(faces, image.height, image.width, protect), threshold, reach)
    if polarity != "both":
        marks = of_polarity(ctx, marks, image.pixels, polarity == "light")
    mask: Floats = ctx.empty(marks.shape)
    mask[:] = 0
    if marks.any():
        pieces = Components(ctx, marks)
        kept = pieces.sure & (pieces.area >= math.pi / 4 * smallest**2) & (pieces.elongation >= elongation)
        kept &= (pieces.length >= shortest) & (pieces.breadth <= widest)
        _mark(ctx, mask, pieces, kept, grow)
    _tell(ctx, mask)
    return Found(Mask(mask), likely)


def _marked(ctx: Context, likely: Floats, shield: Shield, threshold: float, reach: float) -> Marks:
    """SURE where the threshold is passed, FAINT where the lower one is: both rise where the shield is."""
    marks = np.zeros(likely.shape, np.uint8)
    for tile in tiles(*likely.shape):
        ctx.check()
        part, needed = likely[tile.write], np.float32(threshold)
        if (spared := shield.at(tile)) is not None:
            needed = np.where(spared < 1, threshold + (1 - threshold) * spared, BEYOND).astype(np.float32)
        sure = part >= needed
        faint = part >= needed * np.float32(1 - reach)
        marks[tile.write] = np.where(sure, SURE, np.where(faint, FAINT, 0))
    return marks


def _mark(ctx: Context, mask: Floats, pieces: Components, kept: NDArray[np.bool_], grow: float) -> None:
    """Set 1 within `grow` pixels of the pieces that are kept."""
    import cv2

    reach = math.ceil(grow)
    offsets = np.arange(-reach, reach + 1)
    disc = (np.hypot(offsets[:, None], offsets) <= grow + 0.5).astype(np.uint8)
    kept[0] = False
    for tile in ctx.tiles(Mask(mask, checked=True), reach):
        marked = pieces.only(kept, tile)
        if marked.any():
            mask[tile.write] = (np.asarray(cv2.dilate(marked, disc)) if reach else marked)[tile.core]


def _tell(ctx: Context, mask: Floats) -> None:
    share = float(np.mean([np.count_nonzero(row) for row in mask])) / mask.shape[1]
    if share == 0:
        ctx.say("No damage found.")
    else:
        ctx.say(f"Marked {max(share * 100, 0.01):.2f} % of the photo as damaged.")
