"""Mark the faces in a photo."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from graph.context import Context
from graph.controls import FaceChoice, Slider
from graph.spec import node
from nodes.faces.align import SIDE, Affine, affine_from_landmarks, enlargement, inverse, sampled
from nodes.faces.choice import chosen
from nodes.faces.cover import ellipse_cover
from nodes.faces.paste import places
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Faces
from nodes.kinds.mask import Mask
from nodes.pixels.gaussian import gaussian

NYQUIST = 0.5
"""Deviation in output pixels of the blur before the ellipse is made smaller."""


@node(title="Mark Faces")
def mask(
    ctx: Context,
    faces: Faces,
    *,
    which: Annotated[Any, FaceChoice(help="All, the largest, or some by their numbers from left to right.")] = "all",
    size: Annotated[
        float,
        Slider(0.5, 3, 0.05, help="How large the marks are: 1 is a face without hair and ears, 1.8 the whole head."),
    ] = 1.0,
) -> Mask:
    """Mark faces with soft ellipses, as large as you like.

    Wire the result of Find Faces. The mask protects faces or acts on them alone: sharpen them more, denoise them less,
    or keep a filter away from them with the mask turned round.
    """
    out = ctx.empty((faces.height, faces.width))
    out[:] = 0.0
    wanted = chosen(ctx, faces, which, 0.0)
    if not wanted:
        ctx.say("No face to mark.")
    for _, face in ctx.track(wanted):
        if (matrix := affine_from_landmarks(face.landmarks)) is not None:
            _mark(ctx, out, _grown(inverse(matrix), size))
    return Mask(out)


def _grown(matrix: Affine, size: float) -> Affine:
    """The same place for a square that is `size` times as large, around its middle."""
    middle = (SIDE - 1) / 2 * (1 - size)
    return matrix @ np.array([[size, 0, middle], [0, size, middle], [0, 0, 1]])


def _mark(ctx: Context, out: Floats, matrix: Affine) -> None:
    cover, scale = ellipse_cover(), enlargement(matrix)
    if scale < 1.0:
        cover = gaussian(cover, NYQUIST * (1 / scale**2 - 1) ** 0.5)
    for rows, columns in places(matrix, *out.shape):
        ctx.check()
        there = matrix - np.array([[0, 0, columns.start], [0, 0, rows.start]])
        part = sampled(cover, there, rows.stop - rows.start, columns.stop - columns.start)
        np.maximum(out[rows, columns], np.clip(part, 0.0, 1.0), out=out[rows, columns])
