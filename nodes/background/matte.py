"""Find the subject of a photo."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Slider, Toggle, Weights
from graph.spec import node
from nodes.background.grabcut import SIDE, subject
from nodes.background.trimap import trimap
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.closed_form import alpha_matte
from nodes.models.rembg_session import SubjectModel
from nodes.pixels.enlarging import enlarged
from nodes.pixels.guided import Guided
from nodes.pixels.profile import to_profile
from nodes.pixels.resample import resampled

GRABCUT = "grabcut"
"""The choice that needs no download."""

SEEN = 1024
"""Pixels a side of what is given to the network; none sees more."""

WORKED = 1_000_000
"""Pixels of the copy on which edges are refined and hair is matted: matting takes a kilobyte for each."""

NEAR, FLAT = 1 / 150, 0.03
"""Radius, in parts of the longer side, in which the network's edge is looked for in the photo: two of its own pixels;
and the contrast, of 1, that counts as flat."""

CLOSE, FINE = 1, 0.005
"""The same in pixels for a matte, whose edges are right already."""


@node(title="Find the Subject")
def matte(
    ctx: Context,
    image: Image,
    faces: Faces | None = None,
    *,
    model: Annotated[
        str,
        Weights(
            task="background",
            free=(GRABCUT,),
            help="The network that finds the subject; grabcut needs no download and wants to know where faces are.",
        ),
    ] = "isnet-general-use",
    refine: Annotated[
        float, Slider(0, 1, 0.05, help="How closely the edge of the mask follows the edges in the photo.")
    ] = 1.0,
    alpha_matting: Annotated[
        bool, Toggle(help="Works out hair and other fine edges strand by strand; takes much longer.")
    ] = False,
    foreground: Annotated[
        float,
        Slider(0.5, 1, 0.01, help="Matting: surer than this is the subject for certain.", advanced=True),
    ] = 0.94,
    background: Annotated[
        float,
        Slider(0, 0.5, 0.01, help="Matting: less sure than this is background for certain.", advanced=True),
    ] = 0.04,
    erode: Annotated[
        float,
        Slider(
            0,
            5,
            0.1,
            unit="%",
            help="Matting: how wide the uncertain edge is, in percent of the photo's longer side.",
            advanced=True,
        ),
    ] = 1.0,
) -> Mask:
    """Mark the person or thing a photo is about, with soft edges.

    It looks for whatever stands out, so in a group it takes the group, and in a landscape there may be nothing. Switch
    Alpha Matting on for loose hair, fur and lace, or wire Refine Mask Edge. The larger models see more: u2netp is the
    quickest, birefnet-general-lite the most careful.

    Grabcut needs no download. Wire the result of Find Faces to it, and it cuts out whoever these faces belong to: good
    on portraits, less so on hats and whole figures. Without faces it takes what stands out near the middle. Look at
    the mask, and correct it with Paint Mask.
    """
    pixels = to_profile(image, None, ctx).pixels
    found = _cut_out(ctx, pixels, faces) if model == GRABCUT else _found(ctx, pixels, model)
    if not found.any():
        ctx.say("No subject was found: the mask is empty.")
        return Mask(np.broadcast_to(np.float32(0), (image.height, image.width)))
    matting = (foreground, background, erode / 100) if alpha_matting else None
    return _refined(ctx, image, pixels, found, refine, matting)


def _found(ctx: Context, pixels: Floats, model: str) -> Floats:
    """What the network answers, at its own size."""
    height, width = (min(side, SEEN) for side in pixels.shape[:2])
    seen = resampled(ctx, pixels, height, width, "lanczos")
    with ctx.borrow(SubjectModel(model)) as subject:
        return subject.mask(ctx.check, seen)


def _cut_out(ctx: Context, pixels: Floats, faces: Faces | None) -> Floats:
    """What GrabCut finds, at its own size."""
    scale = min(1.0, SIDE / max(pixels.shape[:2]))
    height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    seen = resampled(ctx, pixels, height, width, "area")
    if faces is None or not len(faces):
        ctx.say("No face is known, so what stands out near the middle is taken for the subject: check the mask.")
    return subject(ctx.check, seen, None if faces is None else faces.resized(height, width))


def _refined(
    ctx: Context, image: Image, pixels: Floats, found: Floats, refine: float, matting: tuple[float, float, float] | None
) -> Mask:
    """The mask at full size: between what was found, enlarged, and what the photo's edges make of it.

    `matting` is above and below which it is certain, and how wide the edge is, in longer sides.
    """
    scale = min(1.0, (WORKED / (image.height * image.width)) ** 0.5)
    height, width = (max(1, round(side * scale)) for side in (image.height, image.width))
    small = resampled(ctx, pixels, height, width, "area")
    plain = resampled(ctx, found, height, width, "bicubic")
    near, flat = max(1, round(NEAR * max(height, width))), FLAT
    if matting is not None:
        certain = trimap(plain, matting[0], matting[1], round(matting[2] * max(height, width)))
        if (certain == 0).any() and (certain == 1).any():
            plain, near, flat = alpha_matte(ctx.check, small, certain), CLOSE, FINE
        else:
            ctx.say("The mask was nowhere sure enough for matting: the edges are only refined.")
    guided = Guided(ctx, small, plain[..., None], (image.height, image.width), near, flat)
    out = ctx.empty((image.height, image.width))
    for tile in ctx.tiles(image):
        rough = enlarged(plain[..., None], out.shape, tile)
        fine = guided.of(tile, pixels[tile.write])
        np.clip(rough + refine * (fine - rough), 0, 1, out=out[tile.write][..., None])
    return Mask(out)
