"""The noise of a plane, frequency by frequency: grain and JPEG noise are anything but white."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.pixels.noise import MAD, flattest_blocks, without_slope

SIDE = 8
"""Pixels a side of a transform block."""

QUIET = (0.1, 0.5)
"""Of the flattest blocks, ordered by what is left in them, those that count: real noise is in all of them alike,
texture only in the upper half, and the lowest were blackened or whitened by a retoucher."""

QUIETEST, ALIKE = 0.05, 1.15
"""Noise fills every block about alike: on ten photos with noise added, the quietest twentieth of the flat blocks held
1 / 1.15 of it or more. Where they hold less, the rest is texture and does not count."""

SLOW, MIDDLE = 2.0, 5.5
"""Radial frequencies (0..9.9) between which noise is told from picture: below lies shading, above what JPEG removes."""

TRUSTED = 1.25
"""Slow frequencies hold the picture's own shading as well: they count at most this times the next ones."""


@lru_cache(maxsize=1)
def transform() -> Floats:
    """(64, 64): a row of 64 samples times this gives the orthonormal DCT-II coefficients of the 8 × 8 block."""
    places = np.arange(SIDE)
    basis = np.sqrt(2 / SIDE) * np.cos(np.pi * np.outer(places, 2 * places + 1) / (2 * SIDE))
    basis[0] /= np.sqrt(2.0)
    return np.ascontiguousarray(np.kron(basis, basis).T.astype(np.float32))


@lru_cache(maxsize=1)
def radii() -> Floats:
    """The radial frequency of each of the 64 coefficients."""
    squares = np.arange(SIDE, dtype=np.float32) ** 2
    return np.sqrt(np.add.outer(squares, squares)).reshape(-1)


@lru_cache(maxsize=1)
def middle() -> NDArray[np.bool_]:
    """Which of the 64 coefficients tell noise from picture."""
    return (radii() >= SLOW) & (radii() < MIDDLE)


def white(sigma: float) -> Floats:
    """The spectrum of white noise of that deviation."""
    return np.where(radii() > 0, np.float32(sigma), np.float32(0.0))


def measure(plane: Floats, *, textured: bool = True) -> Floats:
    """The noise's standard deviation in each of the 64 coefficients, in the plane's units; zeros if there is none.

    `textured` is False for a plane of colour, which holds hardly any texture that could be taken for noise.
    """
    blocks = flattest_blocks(plane)
    if blocks.shape[0] == 0 or blocks.shape[1] % SIDE:
        return white(0.0)
    cells = _cells(without_slope(blocks)) @ transform()
    energy = np.sqrt(np.mean(cells[..., middle()] ** 2, axis=(1, 2)))
    low, high = (int(share * energy.size) for share in QUIET)
    quiet = cells[np.argsort(energy, kind="stable")[low : max(high, low + 1)]]
    found = (np.median(np.abs(quiet), axis=(0, 1)) * MAD).astype(np.float32)
    found = _trusted(found)
    return _stationary(found, float(np.quantile(energy, QUIETEST))) if textured else found


def _cells(blocks: Floats) -> Floats:
    """(N, M, 64): the 8 × 8 cells of each block as rows of samples."""
    count = blocks.shape[1] // SIDE
    return blocks.reshape(-1, count, SIDE, count, SIDE).swapaxes(2, 3).reshape(blocks.shape[0], -1, SIDE * SIDE)


def level(spectrum: Floats) -> float:
    """One figure for a spectrum: the deviation of white noise that is as strong at middle frequencies."""
    return float(np.sqrt(np.mean(spectrum[middle()] ** 2)))


def _trusted(spectrum: Floats) -> Floats:
    slow, next_ones = radii() < SLOW, (radii() >= SLOW) & (radii() < SLOW + 1.5)
    limit = TRUSTED * float(np.mean(spectrum[next_ones]))
    spectrum[slow] = np.minimum(spectrum[slow], limit)
    spectrum[0] = 0.0
    return spectrum


def _stationary(spectrum: Floats, quietest: float) -> Floats:
    found = level(spectrum)
    return spectrum * np.float32(min(1.0, ALIKE * quietest / found)) if found > 0 else spectrum
