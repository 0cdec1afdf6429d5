"""Small pictures at the size of a photo, a tile at a time, so that nothing of that size is ever held whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph.context import Tile
from nodes.kinds.arrays import Floats

Indices = NDArray[np.intp]


def enlarged(values: Floats, size: tuple[int, int], tile: Tile) -> Floats:
    """What a small picture (h, w, k), enlarged linearly to `size` (H, W), has at `tile.write`."""
    top, bottom, down = _between(values.shape[0], size[0], tile.write[0])
    left, right, across = _between(values.shape[1], size[1], tile.write[1])
    first, last = int(left[0]), int(right[-1]) + 1
    part = values[:, first:last]
    rows = part[top] + (part[bottom] - part[top]) * down[:, None, None]
    before = rows[:, left - first]
    return np.asarray(before + (rows[:, right - first] - before) * across[None, :, None], np.float32)


def _between(small: int, large: int, span: slice) -> tuple[Indices, Indices, Floats]:
    """The small pixels before and after each large one of the span, and how far it lies on the way."""
    places = ((np.arange(span.start, span.stop) + 0.5) * small / large - 0.5).clip(0, small - 1)
    before = np.floor(places).astype(np.intp)
    return before, np.minimum(before + 1, small - 1), (places - before).astype(np.float32)
