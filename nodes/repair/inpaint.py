"""Fill what is damaged from what surrounds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, NamedTuple

import numpy as np

from graph.context import Context, Tile, tiles
from graph.controls import Pixels, Slider, Weights
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.inpainting import InpaintModel
from nodes.pixels.extent import require_same_size
from nodes.pixels.ordered import in_order
from nodes.repair.filling.crops import Plan, cells_of, spread
from nodes.repair.filling.diffusion import membrane
from nodes.repair.filling.exemplar import SIDE as PIECE
from nodes.repair.filling.exemplar import exemplar
from nodes.repair.filling.holes import Holes, Marks
from nodes.repair.filling.learned import Work, mirrored
from nodes.repair.filling.learned import fill as fill_crops
from nodes.repair.filling.rays import across
from nodes.repair.filling.rim import with_rim
from nodes.repair.filling.waves import waves
from nodes.repair.filling.wide import fill_wide, wide_cells

METHODS = ("texture", "telea", "navier-stokes")
"""Those that need no model file."""

SIDE = 256
"""Pixels a side of the tiles in which holes are filled: a quarter of a second at most for one wholly damaged."""

MARGIN = 48
"""Pixels seen around a tile: more than any piece is fetched from, and enough for a smooth first guess."""

WIDEST = 256
"""Pixels seen around a tile where a photo has wide holes and they are filled smoothly."""

Filler = Callable[[Floats, Holes], Floats]
"""Pixels and their holes to pixels where all that is wanted is filled."""


@node(title="Fill Damage", version=2)
def inpaint(
    ctx: Context,
    image: Image,
    mask: Mask,
    *,
    method: Annotated[
        str,
        Weights(
            help="Texture copies pieces from around; telea and navier-stokes spread colours in; networks invent.",
            task="inpaint",
            free=METHODS,
        ),
    ] = "texture",
    radius: Annotated[
        float, Pixels(1, 30, 1, help="How far around a pixel telea and navier-stokes look.", advanced=True)
    ] = 3.0,
    margin: Annotated[
        float, Pixels(0, 20, 1, help="How far beyond the mask the damage's rim is filled too, where there is one.")
    ] = 2.0,
    grain: Annotated[
        float, Slider(0, 1, 0.05, help="How much of the photo's grain is put back on what a network fills smoothly.")
    ] = 1.0,
) -> Image:
    """Fill scratches, spots and holes from their surroundings.

    Wire the mask of Find Scratches, or one of your own: white is filled, black stays exactly as it is, and soft edges
    blend. Only within the margin, the rim of the damage is filled too: all of it around wide holes, and around narrow
    ones what looks like the damage beside it. With a margin of 0 nothing black is touched.

    `texture` keeps the texture and grain of the photo, and carries walls, cloth and outlines on into wide holes and
    torn corners. `telea` and `navier-stokes` are quicker and smooth; they suit hairlines in calm areas. These three
    repeat what the photo shows elsewhere and invent nothing: half a face cannot be rebuilt this way.

    Networks carry on lines and shapes: `lama` is the best for tears, stains and wide holes, `migan` is several times
    quicker and smaller. They need a download and take seconds for every piece of 512 × 512 pixels that holds damage.
    What they put into a large hole is invented, and softer than the photo: look whether it can be true.
    """
    require_same_size(image, mask, "the mask and the photo")
    if not mask.values.any():
        ctx.say("Nothing to fill.")
        return image
    if mask.values.all():
        raise StepError("The mask covers the whole photo.", "Mark only what is damaged: the rest is what fills it.")
    out = ctx.empty(image.pixels.shape)
    for tile in tiles(image.height, image.width):
        ctx.check()
        out[tile.write] = image.pixels[tile.write]
    grown = with_rim(ctx, image.pixels, mask.values, margin)
    if method in METHODS:
        _fill(ctx, out, _Damage(mask.values, grown, margin), method, radius)
    else:
        with ctx.borrow(InpaintModel(method)) as network:
            work = Work.on(image, grown, grown, out, margin, grain)
            fill_crops(ctx, work, Plan(grown, network.side), mirrored(network))
    return image.like(out)


class _Damage(NamedTuple):
    """What is to be filled."""

    mask: Floats
    grown: Floats
    """The mask with the rim of the damage."""
    margin: float


def _fill(ctx: Context, out: Floats, damage: _Damage, method: str, radius: float) -> None:
    """Fill `out` in place: first what is narrow, and with texture then the wide holes, which see the rest mended."""
    wide = wide_cells(damage.mask)
    if method == "texture":
        _fill_narrow(ctx, out, damage.grown, wide, MARGIN, _textured(ctx))
        fill_wide(ctx, out, damage.mask, damage.grown, wide, damage.margin)
    else:
        reach = WIDEST if wide.any() else MARGIN
        _fill_narrow(ctx, out, damage.grown, np.zeros_like(wide), reach, _smooth(method, radius))


def _fill_narrow(ctx: Context, out: Floats, mask: Floats, wide: Marks, reach: int, filler: Filler) -> None:
    """Fill all tiles; each sees what was filled before it in reading order, so that no seam shows."""

    def fill(tile: Tile) -> None:
        asked = (mask[tile.write] > 0) & ~spread(wide[cells_of(tile.write)], tile.write)
        if not asked.any():
            return
        later = spread(wide[cells_of(tile.read)], tile.read)
        ctx.check()
        made = filler(out[tile.read], _holes(tile, mask[tile.read] > 0, later))
        share = np.where(asked, mask[tile.write], np.float32(0))[..., None]
        before = out[tile.write]
        blended = before + share * (np.clip(made[tile.core], 0, 1) - before)
        out[tile.write] = np.where(share > 0, blended, before)

    height, width = mask.shape
    for wave in ctx.track(waves(tiles(height, width, reach, SIDE))):
        for _ in in_order(fill, wave):
            ctx.check()


def _holes(tile: Tile, marked: Marks, later: Marks) -> Holes:
    """The damage around a tile. What comes before the tile in reading order is filled already, or will be later."""
    rows, columns = tile.core
    filled = np.zeros_like(marked)
    filled[: rows.start] = True
    filled[rows, : columns.start] = True
    filled &= marked & ~later
    ahead = np.zeros_like(marked)
    # A piece that begins beyond the tile still reaches into it.
    ahead[rows.start : rows.stop + PIECE, max(0, columns.start - PIECE) : columns.stop + PIECE] = True
    return Holes(marked, filled, marked & ahead & ~filled & ~later)


def _textured(ctx: Context) -> Filler:
    def filler(pixels: Floats, holes: Holes) -> Floats:
        idea = across(pixels, holes, membrane(pixels, holes.known))
        ctx.check()
        return exemplar(pixels, holes, idea, ctx.check)

    return filler


def _smooth(method: str, radius: float) -> Filler:
    import cv2

    def filler(pixels: Floats, holes: Holes) -> Floats:
        # On 16-bit planes: colour is taken with 8 bits only, and floats in 0..1 come out as noise.
        planes = np.round(pixels * 65535).astype(np.uint16)
        unknown = (~holes.known).astype(np.uint8)
        flag = cv2.INPAINT_TELEA if method == "telea" else cv2.INPAINT_NS
        done = [cv2.inpaint(np.ascontiguousarray(planes[..., side]), unknown, radius, flag) for side in range(3)]
        return np.stack(done, axis=-1).astype(np.float32) / np.float32(65535)

    return filler
