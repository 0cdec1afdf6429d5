"""Values known in a few places of a picture, spread over all of it: like pixels that touch get like values.

A. Levin, D. Lischinski and Y. Weiss, "Colorization using Optimization" (2004): a pixel takes the mean of its
neighbours, weighted by how like they are. Three things are different here. The weight between two pixels is the same
both ways, so that the equations are symmetric and conjugate gradients solve them. Only neighbours that share a side
count: colour does not slip through a diagonal line. And likeness is measured by the grain of the whole picture, not by
the variance around a pixel, which lets colour pass wherever an outline is soft: with twenty strokes of the true colours
on 17 photos the error was 13.3 ΔE2000 without colour, 5.7 with the variance, 5.2 with the grain.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from graph.context import Context
from nodes.colour.multigrid import solve
from nodes.kinds.arrays import Floats

FINEST = 0.7
"""CIE units: a step between two pixels that counts even where a picture has no grain."""

LEAST = 1e-3
"""Weight across the hardest edge: what would be cut off altogether takes its colour from beyond. With a tenth of it
the same 17 photos came 0.1 ΔE2000 nearer to the truth, and colouring them took a third longer."""

FIRM = 100.0
"""Weight of what is known, where two like neighbours have 1."""


def diffused(ctx: Context, guide: Floats, known: Floats, certain: Floats, pull: float) -> Floats:
    """`known` (h, w, k), which holds where `certain` (h, w) is 1, spread along the guide (h, w, c) in CIE units.

    `pull` draws every pixel towards 0, as 1 / reach² in pixels: on an even area values fade with that reach.
    """
    height, width = certain.shape
    matrix, right = equations(guide, known, certain, pull)
    ctx.check()
    return solve(ctx, matrix, right, height, width).reshape(known.shape)


def equations(guide: Floats, known: Floats, certain: Floats, pull: float) -> tuple[Any, Floats]:
    """The matrix (h · w, h · w) and the right-hand sides (h · w, k) whose solution `diffused` gives."""
    from scipy.sparse import coo_array

    place = np.arange(certain.size, dtype=np.int32).reshape(certain.shape)
    one = np.concatenate([place[:-1].ravel(), place[:, :-1].ravel()])
    two = np.concatenate([place[1:].ravel(), place[:, 1:].ravel()])
    weight = np.concatenate([each.ravel() for each in _likeness(guide)])
    firm = np.float32(FIRM) * certain.ravel()
    middle = firm + np.float32(pull)
    middle += np.bincount(one, weight, place.size) + np.bincount(two, weight, place.size)
    rows, columns = np.concatenate([one, two, place.ravel()]), np.concatenate([two, one, place.ravel()])
    values = np.concatenate([-weight, -weight, middle])
    matrix: Any = coo_array((values, (rows, columns)), (place.size, place.size)).tocsr()
    return matrix, firm[:, None] * known.reshape(place.size, -1)


def _likeness(guide: Floats) -> tuple[Floats, Floats]:
    """The weight between each pixel and the one below (h - 1, w), and the one to its right (h, w - 1)."""
    import cv2

    smooth = cv2.medianBlur(np.ascontiguousarray(guide), 3).reshape(guide.shape)
    down, right = (np.linalg.norm(np.diff(smooth, axis=axis), axis=-1) for axis in (0, 1))
    steps = np.concatenate([down.ravel(), right.ravel()])
    grain = max(FINEST, float(np.median(steps))) if steps.size else FINEST
    return np.maximum(np.exp(-down / grain), LEAST), np.maximum(np.exp(-right / grain), LEAST)
