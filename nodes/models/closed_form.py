"""Alpha mattes through the package pymatting, solved so that they can be cancelled.

Closed-form matting: A. Levin, D. Lischinski and Y. Weiss, "A Closed-Form Solution to Natural Image Matting" (2008).
KNN matting: Q. Chen, D. Li and C.-K. Tang (2013).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.network import Check

LOOSE = 1e-5
"""Residual, in parts of the right side, at which the solver stops; pymatting's 1e-7 shows no difference in 8 bits."""

SHIFTS = (1e-3, 1e-2, 0.1, 1.0, 10.0)
"""Added to the diagonal, the first that makes the matrix positive definite. Without any it often is not, and pymatting
then prints a warning for programmers."""

ROOM = 8
"""Non-zeros of the preconditioner, in those of the matrix. Pymatting would reserve four gigabytes."""

METHODS = {"closed-form": ("estimate_alpha_cf", SHIFTS), "knn": ("estimate_alpha_knn", SHIFTS[2:])}
"""Ways of matting: what pymatting calls them, and the shifts that their matrices need."""


def alpha_matte(check: Check, pixels: Floats, trimap: Floats, method: str = "closed-form") -> Floats:
    """Coverage (H, W) in 0..1 of a picture (H, W, 3) in 0..1, where the trimap (H, W) is neither 0 nor 1.

    It takes about a kilobyte of memory per pixel. There must be some of 0 and some of 1.
    """
    import pymatting

    function, shifts = METHODS[method]
    try:
        alpha: Any = getattr(pymatting, function)(
            pixels.astype(np.float64),
            trimap.astype(np.float64),
            preconditioner=lambda matrix: pymatting.ichol(matrix, shifts=shifts, max_nnz=ROOM * matrix.nnz),
            cg_kwargs={"rtol": LOOSE, "callback": lambda *_: check()},
        )
    except ValueError as error:
        raise StepError(
            f"The matte cannot be worked out: {error}.", "Switch matting off, or bypass this step."
        ) from error
    return np.nan_to_num(alpha).clip(0, 1).astype(np.float32)
