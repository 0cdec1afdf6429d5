"""A picture made smaller while it is decoded: every pixel the mean of the square it stands for."""

from __future__ import annotations

import threading

import numpy as np

from nodes.kinds.arrays import Floats


class Means:
    """Takes a picture of `height` × `width` in pieces, in any order and from several threads.

    Each square of `side` × `side` pixels becomes one; those at the right and the bottom may be cut off.
    """

    def __init__(self, height: int, width: int, channels: int, side: int) -> None:
        self.side = side
        self.size = -(-height // side), -(-width // side)
        self._sums = np.zeros((*self.size, channels), np.float32)
        self._lengths = _lengths(height, side), _lengths(width, side)
        self._lock = threading.Lock()

    def add(self, piece: Floats, top: int, left: int) -> None:
        """Count in a piece (h, w, channels) that stands there."""
        sums = _summed(_summed(piece, top, self.side, 0), left, self.side, 1)
        row, column = top // self.side, left // self.side
        with self._lock:
            self._sums[row : row + sums.shape[0], column : column + sums.shape[1]] += sums

    def values(self) -> Floats:
        """The means, 0..1."""
        down, across = self._lengths
        return np.clip(self._sums / (down[:, None] * across)[..., None], 0, 1).astype(np.float32, copy=False)


def _lengths(whole: int, side: int) -> Floats:
    """How many pixels each square has along an axis."""
    starts = np.arange(0, whole, side)
    return np.minimum(side, whole - starts).astype(np.float32)


def _summed(piece: Floats, first: int, side: int, axis: int) -> Floats:
    """Sums along an axis of what falls into each square, where the piece begins at `first`."""
    starts = np.arange(-(first % side), piece.shape[axis], side).clip(0)
    return np.add.reduceat(piece, starts, axis)
