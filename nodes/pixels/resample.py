"""A picture at another size, any size, strip by strip, without aliasing.

Each output pixel is a weighted sum of the input pixels under the kernel, which widens when shrinking (the classical
separable resampling of Turkowski, "Filters for Common Resampling Tasks", 1990). The weights of a few neighbouring
outputs form a small dense matrix, and products of matrices are what a processor does fastest.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.context import Context
from nodes.kinds.arrays import Floats

METHODS = ("lanczos", "bicubic", "area", "nearest")

Kernel = Callable[[NDArray[np.float64]], NDArray[np.float64]]

ROWS, COLUMNS = 16, 24
"""Output rows and columns of one product. More would multiply mostly zeros, fewer would call too often."""
STRIP = 8
"""Products of rows that are turned on their side together."""
INPUTS = 512
"""Input rows of one product when shrinking, at most: a mapped file is never pulled in whole."""
ONE_THREAD = 2**18
"""Multiplications of a product that OpenBLAS does not spread over threads. Spread, each of these many small products
waits for a thread that another process may keep from running: ten times as slow on a busy machine."""


class Band(NamedTuple):
    """Outputs `start` to `stop` as `weights` (outputs, inputs) times the inputs `first` to `last`."""

    start: int
    stop: int
    first: int
    last: int
    weights: Floats


def resampled(ctx: Context, values: Floats, height: int, width: int, method: str = "lanczos") -> Floats:
    """(H, W) or (H, W, C) in 0..1 as (height, width) or (height, width, C), clipped to 0..1.

    `method` is one of METHODS: lanczos with three lobes, bicubic of Catmull and Rom, area (the mean of what a pixel
    covers) or nearest. The work goes by strips, with progress and cancellation; strips do not show.
    """
    if method == "nearest":
        return _nearest(ctx, values, height, width)
    out = ctx.empty((height, width, *values.shape[2:]))
    across = _bands(values.shape[1], width, method, COLUMNS)
    down = _bands(values.shape[0], height, method, max(1, min(ROWS, INPUTS * height // values.shape[0])))
    for start in ctx.track(range(0, len(down), STRIP)):
        strip = down[start : start + STRIP]
        rows = _across(across, _down(strip, values), width)
        np.clip(rows, 0.0, 1.0, out=out[strip[0].start : strip[-1].stop])
    return out


def _down(bands: list[Band], values: Floats) -> Floats:
    """What the bands make of (H, W) or (H, W, C), at the same width."""
    top = bands[0].start
    out = np.empty((bands[-1].stop - top, *values.shape[1:]), np.float32)
    for band in bands:
        inputs = values[band.first : band.last].reshape(band.last - band.first, -1)
        _multiply(band.weights, inputs, out[band.start - top : band.stop - top].reshape(-1, inputs.shape[1]))
    return out


def _across(bands: list[Band], rows: Floats, width: int) -> Floats:
    """Rows (H, W) or (H, W, C) at another width. They are turned on their side, so that samples to add lie in rows."""
    import cv2

    height, tail = rows.shape[0], rows.shape[2:]
    columns = np.asarray(cv2.transpose(rows), np.float32).reshape(rows.shape[1], -1)
    out = np.empty((width, columns.shape[1]), np.float32)
    for band in bands:
        _multiply(band.weights, columns[band.first : band.last], out[band.start : band.stop])
    return np.asarray(cv2.transpose(out.reshape(width, height, *tail)), np.float32)


def _multiply(weights: Floats, inputs: Floats, out: Floats) -> None:
    """The product of matrices, by as many columns at a time as one thread takes on."""
    step = max(16, ONE_THREAD // weights.size)
    for start in range(0, inputs.shape[1], step):
        np.matmul(weights, inputs[:, start : start + step], out=out[:, start : start + step])


def _bands(inputs: int, outputs: int, method: str, side: int) -> list[Band]:
    return [_band(inputs, outputs, method, start, min(start + side, outputs)) for start in range(0, outputs, side)]


def _band(inputs: int, outputs: int, method: str, start: int, stop: int) -> Band:
    kernel, support = _KERNELS[method]
    scale = inputs / outputs
    spread = max(scale, 1.0)
    centres = (np.arange(start, stop) + 0.5) * scale - 0.5
    first = max(0, math.floor(centres[0] - support * spread))
    last = min(inputs, math.ceil(centres[-1] + support * spread) + 1)
    distance = np.arange(first, last)[None, :] - centres[:, None]
    weights = _cover(distance, scale) if method == "area" else kernel(distance / spread)
    # Beyond the picture there is nothing: the weights inside count for all.
    weights /= weights.sum(axis=1, keepdims=True)
    return Band(start, stop, first, last, weights.astype(np.float32))


def _lanczos(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """C. Duchon, "Lanczos Filtering in One and Two Dimensions" (1979), with three lobes."""
    return np.where(np.abs(x) < 3, np.sinc(x) * np.sinc(x / 3), 0.0)


def _cubic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """E. Catmull and R. Rom's spline: R. Keys, "Cubic Convolution Interpolation" (1981), with a = -1/2."""
    x = np.abs(x)
    near = (1.5 * x - 2.5) * x * x + 1
    far = ((-0.5 * x + 2.5) * x - 4) * x + 2
    return np.where(x < 1, near, np.where(x < 2, far, 0.0))


def _cover(distance: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """How much of each input pixel lies under the output pixel, which is `scale` wide."""
    left = np.maximum(distance - 0.5, -scale / 2)
    right = np.minimum(distance + 0.5, scale / 2)
    return np.maximum(right - left, 0.0)


_KERNELS: dict[str, tuple[Kernel, float]] = {
    "lanczos": (_lanczos, 3.0),
    "bicubic": (_cubic, 2.0),
    "area": (np.abs, 1.0),
}


def _nearest(ctx: Context, values: Floats, height: int, width: int) -> Floats:
    import cv2

    out = ctx.empty((height, width, *values.shape[2:]))
    rows = ((np.arange(height) + 0.5) * values.shape[0] / height).astype(np.intp)
    for start in ctx.track(range(0, height, ROWS * STRIP)):
        strip = values[rows[start : start + ROWS * STRIP]]
        size = (width, strip.shape[0])
        out[start : start + strip.shape[0]] = cv2.resize(strip, size, interpolation=cv2.INTER_NEAREST_EXACT)
    return out
