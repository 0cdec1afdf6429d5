"""A restored face back into its photo."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np

from nodes.faces.align import Affine, bounds, enlargement, sampled
from nodes.faces.regrain import Regrain
from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma
from nodes.pixels.gaussian import gaussian

Place = tuple[slice, slice]

TILE = 1024
"""Pixels a side worked on at a time, however large the face is."""

NYQUIST = 0.35
"""Deviation in output pixels of the blur before shrinking: as sharp as pixels that are means, with less aliasing."""


def paste(
    out: Floats,
    face: Floats,
    cover: Floats,
    matrix: Affine,
    *,
    smooth: bool = True,
    grey: bool = False,
    grain: Regrain | None = None,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Lay a face (512, 512, 3) over `out` (H, W, 3), in place, as far as `cover` (512, 512) goes.

    `matrix` leads from the face's pixels to those of `out`; only the region it covers is touched, tile by tile. With
    `smooth` a face that gets smaller is averaged and one that gets larger is interpolated by cubics; without, both are
    sampled linearly in one piece, which gives what GFPGAN's code gives. With `grey` only light is laid over, and the
    colours of `out` stay.
    """
    scale = enlargement(matrix)
    if smooth and scale < 1.0:
        sigma = NYQUIST * (1 / scale**2 - 1) ** 0.5
        face, cover = gaussian(face, sigma), gaussian(cover, sigma)
    for place in places(matrix, *out.shape[:2]) if smooth else [(slice(0, out.shape[0]), slice(0, out.shape[1]))]:
        check()
        _paste_tile(out, place, face, cover, matrix, cubic=smooth and scale > 1.0, grey=grey, grain=grain)


def places(matrix: Affine, height: int, width: int) -> list[Place]:
    """The tiles of the region that the face covers."""
    rows, columns = bounds(matrix, height, width)
    down, across = range(rows.start, rows.stop, TILE), range(columns.start, columns.stop, TILE)
    return [
        (slice(top, min(top + TILE, rows.stop)), slice(left, min(left + TILE, columns.stop)))
        for top, left in product(down, across)
    ]


def _paste_tile(
    out: Floats,
    place: Place,
    face: Floats,
    cover: Floats,
    matrix: Affine,
    *,
    cubic: bool,
    grey: bool,
    grain: Regrain | None,
) -> None:
    rows, columns = place
    height, width = rows.stop - rows.start, columns.stop - columns.start
    there = matrix - np.array([[0, 0, columns.start], [0, 0, rows.start]])
    share = np.clip(sampled(cover, there, height, width), 0.0, 1.0)
    if not share.any():
        return
    before = out[place]
    above = np.clip(sampled(face, there, height, width, cubic=cubic), 0.0, 1.0)
    noise = grain.of(rows, columns, share) if grain else 0.0
    after = laid(before, above, share, grey=grey) + np.expand_dims(noise, -1)
    out[place] = np.where(share[..., None] > 0, np.clip(after, 0.0, 1.0), before)


def laid(before: Floats, above: Floats, share: Floats, *, grey: bool) -> Floats:
    """One picture (H, W, 3) over another, as far as `share` (H, W) goes."""
    # One difference for all three channels keeps a grey photo exactly grey, and the colours of another.
    change = (luma(above) - luma(before))[..., None] if grey else above - before
    return np.asarray(before + share[..., None] * change, np.float32)
