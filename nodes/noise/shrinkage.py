"""Noise removal by shrinking the coefficients of overlapping 8 × 8 cosine transforms, in float32.

Two passes, as in the second half of BM3D (K. Dabov et al., "Image denoising by sparse 3-D transform-domain
collaborative filtering", 2007), without its search for similar blocks: a hard threshold gives a first picture,
whose spectrum then steers a Wiener filter. The threshold follows G. Yu and G. Sapiro, "DCT image denoising" (2011),
the weights O. G. Guleryuz (2007): a block that needs few coefficients is trusted more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.noise.spectrum import SIDE, transform

THRESHOLD = 2.7
"""Standard deviations; Dabov's λ for the hard threshold."""

REACH = 16
"""Pixels around a pixel that take part: two passes of 7, rounded up to whole blocks so that tiles share one grid."""

COARSE = [(y, x) for y in (0, 4) for x in (0, 4)]
FINE = [*COARSE, *[(y, x) for y in (2, 6) for x in (2, 6)]]
"""Where the grids of blocks begin. 8 grids come within 0.1 dB of 16."""

Grids = Sequence[tuple[int, int]]
Check = Callable[[], None]


def shrink(plane: Floats, spectrum: Floats, check: Check, grids: Grids = FINE) -> Floats:
    """The plane (H, W) without noise of that spectrum (64 deviations, 0 for the mean).

    A tile that begins at a multiple of 8 and is read with `REACH` pixels around it gives what the whole gives.
    """
    height, width = plane.shape
    padded = np.pad(plane, SIDE, mode="symmetric")
    padded = np.pad(padded, ((0, SIDE + -height % SIDE), (0, SIDE + -width % SIDE)), mode="edge")
    pilot = _thresholded(padded, spectrum * np.float32(THRESHOLD), COARSE, check)
    result = _filtered(padded, pilot, spectrum**2, grids, check)
    return result[SIDE : SIDE + height, SIDE : SIDE + width]


def _thresholded(plane: Floats, limits: Floats, grids: Grids, check: Check) -> Floats:
    total = _Total(plane)
    for grid in grids:
        check()
        found = _cut(plane, grid) @ transform()
        kept = np.abs(found) >= limits
        found *= kept
        count = np.maximum(kept @ np.ones(SIDE * SIDE, np.float32), 1.0)
        total.add(found, np.reciprocal(count), grid)
    return total.mean()


def _filtered(plane: Floats, pilot: Floats, noise: Floats, grids: Grids, check: Check) -> Floats:
    total = _Total(plane)
    for grid in grids:
        check()
        gain = _cut(pilot, grid) @ transform()
        gain *= gain
        gain /= gain + np.maximum(noise, np.float32(1e-12))
        gain[:, 0] = 1.0
        weight = np.reciprocal(np.einsum("nk,nk->n", gain, gain))
        gain *= _cut(plane, grid) @ transform()
        total.add(gain, weight, grid)
    return total.mean()


class _Total:
    """The weighted sum of overlapping blocks."""

    def __init__(self, plane: Floats) -> None:
        self.plane = plane
        self.sum = np.zeros_like(plane)
        self.weight = np.zeros_like(plane)

    def add(self, coefficients: Floats, weight: Floats, grid: tuple[int, int]) -> None:
        coefficients *= weight[:, None]
        target, scale = _blocks(self.sum, grid), _blocks(self.weight, grid)
        rows, _, columns, _ = target.shape
        target += (coefficients @ transform().T).reshape(rows, columns, SIDE, SIDE).swapaxes(1, 2)
        scale += weight.reshape(rows, 1, columns, 1)

    def mean(self) -> Floats:
        """Where no block lay, in the outermost padding, the plane as it was."""
        return np.divide(self.sum, self.weight, out=self.plane.copy(), where=self.weight > 0)


def _blocks(plane: Floats, grid: tuple[int, int]) -> Floats:
    """A view (rows, 8, columns, 8) of the plane's whole blocks from that corner on."""
    y, x = grid
    rows, columns = (plane.shape[0] - y) // SIDE, (plane.shape[1] - x) // SIDE
    part = plane[y : y + rows * SIDE, x : x + columns * SIDE]
    # A reshape of a cut would copy; strides do not.
    down, across = plane.strides
    return np.lib.stride_tricks.as_strided(
        part, (rows, SIDE, columns, SIDE), (down * SIDE, down, across * SIDE, across), writeable=plane.flags.writeable
    )


def _cut(plane: Floats, grid: tuple[int, int]) -> Floats:
    """The blocks from that corner on as rows of 64 samples."""
    return _blocks(plane, grid).swapaxes(1, 2).reshape(-1, SIDE * SIDE)
