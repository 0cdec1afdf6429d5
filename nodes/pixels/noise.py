"""How much noise a picture has, measured where nothing else is: on its flattest blocks."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from nodes.kinds.arrays import Floats

BLOCK = 16
"""Pixels a side: 256 samples give a deviation to 4 %, and a photo has flat places of that size."""

WINDOW = 256
WINDOWS = 6
"""At most 6 × 6 windows of 256 × 256 pixels are looked at, spread evenly: 2.4 megapixels of any photo."""

CONSTANT = 0.15 / 255
"""Half the deviation that rounding to 8 bits leaves: what varies less was filled in by a program, as borders are."""

FLATTEST = 0.1
"""Share of the blocks that counts."""

ROOM = 2.5
"""Deviations a block keeps from black and from white: nearer to them its noise was clipped."""

FWHM = 2.3548
"""The width of a Gaussian at half its height, in its standard deviations."""

LARGEST = 8.0
"""Pixels. What a photo has that is larger is no grain."""

SAMPLE = 1536
"""Grain is measured on a part of a photo of at most this many pixels a side."""

STRONGEST = 0.1
"""Deviation of grain in midtones at full strength: that of a fast film enlarged from a small negative."""

MAD = 1.4826
"""A normal distribution's standard deviation over its median absolute deviation."""


class Grain(NamedTuple):
    """Noise and how far it hangs together."""

    sigma: float
    """Standard deviation, in the plane's units."""
    correlation: float
    """Of neighbouring pixels: 0 for white noise, about 0.6 to 0.9 for scanned film grain and resized photos."""

    @property
    def size(self) -> float:
        """Width of a grain at half its height, in pixels, 1 for white noise; right to a tenth up to 4."""
        return 1.0 + 1.6 * (_width(self.correlation) - 1.0)


def estimate_sigma(plane: Floats) -> float:
    """Standard deviation of the white noise in a plane (H, W), in its units; 0 where nothing can be measured.

    The Laplacian difference of J. Immerkær, "Fast Noise Variance Estimation" (1996), which cancels planes and
    straight edges, with the median absolute deviation for the mean, on the flattest blocks, so that texture
    does not count.
    """
    blocks = flattest_blocks(plane)
    if blocks.shape[0] == 0:
        return 0.0
    second = np.diff(np.diff(blocks, 2, axis=1), 2, axis=2)
    # The kernel's coefficients have a norm of 6.
    return float(np.median(np.abs(second)) * MAD / 6.0)


def estimate_grain(plane: Floats) -> Grain:
    """Noise that may be correlated, as film grain is: its whole deviation, not only the part between neighbours."""
    blocks = flattest_blocks(plane)
    if blocks.shape[0] == 0:
        return Grain(0.0, 0.0)
    residual = without_slope(blocks)
    energy = np.mean(residual**2, axis=(1, 2))
    # Noise is alike in all of them; what the upper half has more of is texture.
    residual = residual[energy <= np.median(energy)]
    variance = float(np.quantile(energy, 0.3))
    power = float(np.mean(residual**2))
    if variance <= 0.0 or power <= 0.0:
        return Grain(0.0, 0.0)
    beside = float(np.mean(residual[:, :, 1:] * residual[:, :, :-1]))
    below = float(np.mean(residual[:, 1:] * residual[:, :-1]))
    correlation = float(np.clip((beside + below) / (2.0 * power), 0.0, 1.0))
    # The flattest blocks are also those where coarse noise happened to be weak: measured on grain of sizes 1 to 4.
    return Grain(variance**0.5 * (1.04 + 0.27 * (_width(correlation) - 1.0)), correlation)


def _width(correlation: float) -> float:
    """White noise blurred by a Gaussian of deviation s has a neighbour correlation of exp(-1 / 4s²)."""
    near = min(max(correlation, 1e-3), 0.95)
    return max(1.0, FWHM * 0.5 / (-math.log(near)) ** 0.5)


def flattest_blocks(plane: Floats) -> Floats:
    """The flattest blocks (N, 16, 16) that are not clipped; N is 0 on a plane without any."""
    blocks = np.concatenate([_blocks(window) for window in _windows(plane)])
    means, spread = blocks.mean(axis=(1, 2)), blocks.std(axis=(1, 2))
    reach = spread * ROOM
    alive = (means - reach > 0.0) & (means + reach < 1.0) & (spread > CONSTANT)
    # A constant picture made by a program has no noise, and a few living blocks in it are its drawing.
    if np.count_nonzero(alive) < max(1, 0.02 * blocks.shape[0]):
        return blocks[:0]
    blocks = blocks[alive]
    count = max(1, int(FLATTEST * blocks.shape[0]))
    return blocks[np.argsort(_structure(blocks), kind="stable")[:count]]


def _windows(plane: Floats) -> list[Floats]:
    return [plane[y, x] for y in _spans(plane.shape[0]) for x in _spans(plane.shape[1])]


def _spans(length: int) -> list[slice]:
    if length <= WINDOW * WINDOWS:
        return [slice(0, length)]
    starts = np.linspace(0, length - WINDOW, WINDOWS).astype(int)
    return [slice(int(start), int(start) + WINDOW) for start in starts]


def _blocks(window: Floats) -> Floats:
    """(N, side, side), without the rest at the right and below; smaller blocks on a tiny picture."""
    side = min(BLOCK, *window.shape)
    if side < 3:
        return np.empty((0, BLOCK, BLOCK), np.float32)
    rows, columns = window.shape[0] // side, window.shape[1] // side
    cut = window[: rows * side, : columns * side].reshape(rows, side, columns, side)
    return np.ascontiguousarray(cut.swapaxes(1, 2)).reshape(-1, side, side)


def _structure(blocks: Floats) -> Floats:
    """How much happens in a block beyond noise: the spread between the means of its quarters' quarters."""
    cell = max(1, blocks.shape[1] // 4)
    side = blocks.shape[1] // cell * cell
    cells = blocks[:, :side, :side].reshape(-1, side // cell, cell, side // cell, cell).mean(axis=(2, 4))
    return cells.std(axis=(1, 2))


def without_slope(blocks: Floats) -> Floats:
    """The blocks less their mean and their slopes: light falls off evenly over a wall."""
    side = blocks.shape[1]
    ramp = np.arange(side, dtype=np.float32) - (side - 1) / 2
    norm = float(np.sum(ramp**2)) * side
    flat = blocks - blocks.mean(axis=(1, 2), keepdims=True)
    across = np.einsum("nyx,x->n", flat, ramp) / norm
    down = np.einsum("nyx,y->n", flat, ramp) / norm
    return flat - across[:, None, None] * ramp[None, None, :] - down[:, None, None] * ramp[None, :, None]
