"""Work out the edge of a mask strand by strand."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context, Tile
from graph.controls import Choice, Slider
from graph.spec import node
from nodes.background.trimap import band, widened_at_heads
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.closed_form import METHODS, alpha_matte
from nodes.pixels.enlarging import enlarged
from nodes.pixels.extent import require_same_size
from nodes.pixels.guided import Guided
from nodes.pixels.profile import to_profile
from nodes.pixels.resample import resampled

WORKED = 400_000
"""Pixels of the copy on which the edge is worked out: matting takes a kilobyte for each."""

WINDOW = 3
"""Pixels a side that matting looks at together."""

CLOSE, FINE = 1, 0.005
"""Radius in pixels of that copy, and contrast of 1, of the guided filter that brings the matte to full size."""

HAZE = 0.05
"""What differs less from nothing or from everything is meant to be it, and the rest is stretched: matting leaves a
haze around hair. On rendered hair the sum of all errors falls by a twentieth, their squares rise by a fortieth."""


@node(title="Refine Mask Edge")
def refine(
    ctx: Context,
    image: Image,
    mask: Mask,
    faces: Faces | None = None,
    *,
    method: Annotated[
        str, Choice(tuple(METHODS), help="Closed-form follows smooth edges; knn looks for like colours further away.")
    ] = "closed-form",
    inside: Annotated[float, Slider(0, 5, 0.1, unit="%", help="How far inside the mask its edge may be wrong.")] = 0.7,
    outside: Annotated[
        float, Slider(0, 10, 0.1, unit="%", help="How far outside; more reaches loose strands and fringes.")
    ] = 0.7,
    hair: Annotated[
        float,
        Slider(0, 1, 0.05, help="How far hair stands out from a head, in widths of its face; needs Find Faces."),
    ] = 0.12,
) -> Mask:
    """Turn a rough mask into a fine one: hair, fur, lace, and the exact edge everywhere.

    The mask says where subject and background certainly are; in between, on a band along its edge, each pixel is
    compared with both, and gets the share that the subject has of it. Widths are in percent of the photo's longer
    side. Make the band just wide enough to hold all that is uncertain: a needlessly wide one lets in what only looks
    like the subject. Wire faces too, and the band is wider around the hair.

    Follow it with Remove Colour Spill. Where subject and background have the same colour no method finds the edge.
    """
    require_same_size(image, mask, "the photo and the mask")
    scale = min(1.0, (WORKED / (image.height * image.width)) ** 0.5)
    height, width = (max(1, round(side * scale)) for side in (image.height, image.width))
    longer = max(height, width)
    rough = resampled(ctx, mask.values, height, width, "area")
    certain = band(rough, inside / 100 * longer, outside / 100 * longer)
    if faces is not None:
        certain = widened_at_heads(certain, rough, faces.resized(height, width), hair)
    if min(height, width) < WINDOW or not all((certain == value).any() for value in (0, 0.5, 1)):
        ctx.say("The mask has no edge between subject and background to work out: it is unchanged.")
        return mask
    pixels = to_profile(image, None, ctx).pixels
    small = resampled(ctx, pixels, height, width, "area")
    matte = alpha_matte(ctx.check, small, certain, method)[..., None]
    guided = Guided(ctx, small, matte, (image.height, image.width), CLOSE, FINE)
    out = ctx.empty((image.height, image.width))
    for tile in ctx.tiles(image):
        out[tile.write] = _at_full_size(guided, pixels, certain, tile)
    return Mask(out)


def _at_full_size(guided: Guided, pixels: Floats, certain: Floats, tile: Tile) -> Floats:
    found = guided.of(tile, pixels[tile.write])[..., 0]
    known = enlarged(certain[..., None], guided.size, tile)[..., 0]
    found = np.clip((found - HAZE) / (1 - 2 * HAZE), 0, 1)
    return np.where((known == 0) | (known == 1), known, found).astype(np.float32)
