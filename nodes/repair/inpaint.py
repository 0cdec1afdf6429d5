"""Fill what is damaged from what surrounds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import numpy as np

from graph.context import Context, Tile, tiles
from graph.controls import Pixels, Slider, Weights
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size
from nodes.repair.diffusion import membrane
from nodes.repair.exemplar import SIDE as PIECE
from nodes.repair.exemplar import exemplar
from nodes.repair.holes import Holes, Marks, widened
from nodes.repair.learned import fill as fill_learned
from nodes.repair.rays import across

METHODS = ("texture", "telea", "navier-stokes")
"""Those that need no model file."""

SIDE = 256
"""Pixels a side of the tiles in which holes are filled: a quarter of a second at most for one wholly damaged."""

MARGIN = 48
"""Pixels seen around a tile: more than any piece is fetched from, and enough for a smooth first guess."""

WIDE = 40
"""Pixels: what lies deeper inside a hole is first filled on a smaller picture, where the hole is narrow."""

WIDEST = 256
"""Pixels seen around a tile where a photo has such holes."""

SMALLER = 4
"""How many times smaller that picture is."""

Filler = Callable[[Floats, Holes, Floats], Floats]
"""Pixels, their holes and a smooth skin over those, to pixels where all that is wanted is filled."""


@node(title="Fill Damage")
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
        float, Pixels(0, 20, 1, help="How far the damage's soft rim reaches beyond the mask; nothing is taken from it.")
    ] = 1.0,
    grain: Annotated[
        float, Slider(0, 1, 0.05, help="How much of the photo's grain is put back on what a network fills smoothly.")
    ] = 1.0,
) -> Image:
    """Fill scratches, spots and holes from their surroundings.

    Wire the mask of Find Scratches, or one of your own: white is filled, black stays exactly as it is, and soft edges
    blend. `texture` keeps the texture and grain of the photo and is right for nearly everything narrow. `telea` and
    `navier-stokes` are quicker and smooth; they suit hairlines in calm areas. These three repeat what the photo shows
    elsewhere and invent nothing: half a face cannot be rebuilt this way.

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
    if method in METHODS:
        _fill(ctx, out, mask.values, margin, _filler(ctx, method, radius))
    else:
        fill_learned(ctx, image, mask, out, method, margin, grain)
    return image.like(out)


def _fill(ctx: Context, out: Floats, mask: Floats, margin: float, filler: Filler) -> None:
    """Fill `out` in place, tile after tile; each sees what was filled before it, so that no seam shows."""
    coarse = _coarse(ctx, out, mask, margin, filler)
    # A wide hole has its pieces from beyond its rim, however far that is, within what a tile can hold.
    reach = MARGIN if coarse is None else WIDEST
    height, width = mask.shape
    for tile in ctx.track(tiles(height, width, reach, SIDE)):
        if not mask[tile.write].any():
            continue
        pixels, marked = out[tile.read], mask[tile.read]
        holes = _holes(tile, marked > 0, margin)
        skin = membrane(pixels, holes.known)
        if coarse is not None:
            skin = np.where(_deep(holes.hole)[..., None], _part(coarse, tile, mask.shape), skin)
        ctx.check()
        made = filler(pixels, holes, skin)
        share = mask[tile.write][..., None]
        before = out[tile.write]
        blended = before + share * (np.clip(made[tile.core], 0, 1) - before)
        out[tile.write] = np.where(share > 0, blended, before)


def _coarse(ctx: Context, out: Floats, mask: Floats, margin: float, filler: Filler) -> Floats | None:
    """The whole picture, smaller and filled, if it has holes too wide to fill from their rims; else None."""
    import cv2

    height, width = (max(1, side // SMALLER) for side in mask.shape)
    sound = (mask <= 0).astype(np.uint8) * np.uint8(255)
    weight = np.asarray(cv2.resize(sound, (width, height), interpolation=cv2.INTER_AREA)).astype(np.float32) / 255
    if min(height, width) < 2 or not _deep(weight < 0.5, WIDE / SMALLER).any():
        return None
    small = np.empty((height, width, 3), np.float32)
    for side in range(3):
        plane = np.where(sound > 0, out[..., side], np.float32(0))
        small[..., side] = cv2.resize(plane, (width, height), interpolation=cv2.INTER_AREA)
    small /= np.maximum(weight, 1 / 255)[..., None]
    np.clip(small, 0, 1, out=small)
    _fill(ctx, small, (weight < 0.5).astype(np.float32), margin / SMALLER, filler)
    return small


def _part(coarse: Floats, tile: Tile, shape: tuple[int, ...]) -> Floats:
    """What the small picture shows of a tile, at full size."""
    import cv2

    rows, columns = tile.read
    down = (np.arange(rows.start, rows.stop, dtype=np.float32) + 0.5) * (coarse.shape[0] / shape[0]) - 0.5
    across = (np.arange(columns.start, columns.stop, dtype=np.float32) + 0.5) * (coarse.shape[1] / shape[1]) - 0.5
    y, x = np.meshgrid(down, across, indexing="ij")
    return cv2.remap(coarse, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32, copy=False)


def _deep(hole: Marks, depth: float = WIDE) -> Marks:
    import cv2

    return np.asarray(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3)) > depth


def _holes(tile: Tile, marked: Marks, margin: float) -> Holes:
    """The damage around a tile. What comes before the tile in reading order is filled already."""
    hole = widened(marked, margin)
    rows, columns = tile.core
    filled = np.zeros_like(hole)
    filled[: rows.start] = True
    filled[rows, : columns.start] = True
    filled &= marked
    ahead = np.zeros_like(hole)
    # A piece that begins beyond the tile still reaches into it.
    ahead[rows.start : rows.stop + PIECE, max(0, columns.start - PIECE) : columns.stop + PIECE] = True
    return Holes(hole, filled, marked & ahead & ~filled)


def _filler(ctx: Context, method: str, radius: float) -> Filler:
    import cv2

    def texture(pixels: Floats, holes: Holes, skin: Floats) -> Floats:
        idea = across(pixels, holes, skin)
        ctx.check()
        return exemplar(pixels, holes, idea, ctx.check)

    def smooth(pixels: Floats, holes: Holes, _: Floats) -> Floats:
        # On 16-bit planes: colour is taken with 8 bits only, and floats in 0..1 come out as noise.
        planes = np.round(pixels * 65535).astype(np.uint16)
        unknown = (~holes.known).astype(np.uint8)
        flag = cv2.INPAINT_TELEA if method == "telea" else cv2.INPAINT_NS
        done = [cv2.inpaint(np.ascontiguousarray(planes[..., side]), unknown, radius, flag) for side in range(3)]
        return np.stack(done, axis=-1).astype(np.float32) / np.float32(65535)

    return texture if method == "texture" else smooth
