"""Large sparse systems of linear equations on the pixels of a picture, solved by iteration.

Conjugate gradients, preconditioned with one V-cycle of algebraic multigrid by smoothed aggregation (P. Vaněk, J. Mandel
and M. Brezina, "Algebraic Multigrid by Smoothed Aggregation for Second and Fourth Order Elliptic Problems", 1996). The
aggregates are blocks of the picture; smoothing their edges with the matrix itself makes them follow the photo.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats

BLOCK = 3
"""Pixels a side of an aggregate: what smoothing reaches in one step, as in the paper."""

SMALL = 2500
"""Unknowns that are solved for directly."""

DAMPING = 0.7
"""Of Jacobi's steps, for smoothing aggregates and errors; the paper has 2/3."""

TOLERANCE = 2e-5
"""The residual, in the norm of the preconditioner, at which iterating ends: colours are then
right to 0.1 CIE units on average."""

MOST = 100
"""Iterations; 30 are usual."""


class Level(NamedTuple):
    """One level of the hierarchy; the matrices are scipy's, in rows."""

    matrix: Any
    inverse: Floats
    """Of the diagonal (N, 1)."""
    up: Any
    """From the next coarser level to this one."""
    down: Any


class Hierarchy:
    """Approximates the inverse of a symmetric positive definite matrix over the pixels of a picture."""

    def __init__(self, ctx: Context, matrix: Any, height: int, width: int) -> None:
        from scipy.sparse.linalg import splu

        self.levels: list[Level] = []
        while height * width > SMALL:
            ctx.check()
            inverse = (1 / matrix.diagonal())[:, None].astype(np.float32)
            up = _blocks(height, width)
            up = up - (matrix @ up).multiply(np.float32(DAMPING) * inverse).tocsr()
            self.levels.append(Level(matrix, inverse, up, up.T.tocsr()))
            matrix = (self.levels[-1].down @ (matrix @ up)).tocsr()
            height, width = -(-height // BLOCK), -(-width // BLOCK)
        # In doubles: the coarsest matrix may be nearly singular.
        self.coarsest = splu(matrix.astype(np.float64).tocsc())

    def cycle(self, right: Floats, at: int = 0) -> Floats:
        """A rough solution for the right-hand sides (N, k)."""
        if at == len(self.levels):
            return self.coarsest.solve(right.astype(np.float64)).astype(np.float32)
        matrix, inverse, up, down = self.levels[at]
        step = np.float32(DAMPING) * inverse
        found = step * right
        found += up @ self.cycle(down @ (right - matrix @ found), at + 1)
        found += step * (right - matrix @ found)
        return found


def solve(ctx: Context, matrix: Any, right: Floats, height: int, width: int) -> Floats:
    """The (N, k) that the matrix (N, N), in float32, takes to `right` (N, k); N is height × width."""
    hierarchy = Hierarchy(ctx, matrix, height, width)
    found, rest = np.zeros_like(right), right.copy()
    towards: Floats = hierarchy.cycle(rest)
    size = first = _products(rest, towards)
    for _ in range(MOST):
        if (size <= TOLERANCE**2 * first).all():
            break
        ctx.check()
        image = matrix @ towards
        length = _ratio(size, _products(towards, image))
        found += length * towards
        rest -= length * image
        near = hierarchy.cycle(rest)
        before, size = size, _products(rest, near)
        towards *= _ratio(size, before)
        towards += near
    return found


def _blocks(height: int, width: int) -> Any:
    """The matrix (pixels, blocks) that says which block a pixel lies in."""
    from scipy.sparse import csr_matrix

    across = -(-width // BLOCK)
    block = (np.arange(height) // BLOCK * across)[:, None] + np.arange(width) // BLOCK
    count = height * width
    shape = (count, -(-height // BLOCK) * across)
    return csr_matrix((np.ones(count, np.float32), block.ravel(), np.arange(count + 1)), shape)


def _products(first: Floats, second: Floats) -> np.ndarray:
    """Of each column with its own, in doubles: a sum over a picture is too long for float32."""
    return np.einsum("nk,nk->k", first, second, dtype=np.float64)


def _ratio(above: np.ndarray, below: np.ndarray) -> Floats:
    """A column that is solved already, or zero throughout, has no way to go."""
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0).astype(np.float32)
