"""The picture under construction while a file is decoded piece by piece."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodes.formats.loaded import Loaded, Request
from nodes.formats.means import Means
from nodes.formats.orientation import shown_size, stored_view
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask

STRIP = 2**18
"""Pixels converted at a time: 3 MB of floats stay in a processor's cache."""


def opaque(height: int, width: int) -> Mask:
    """The alpha of a picture without one: a single sample seen everywhere."""
    return Mask(np.broadcast_to(np.float32(1), (height, width)), checked=True)


class Canvas:
    """Takes samples where they stand in the file and turns them the right way up.

    Responsibilities:
    - samples to floats: value / 255 or value / 65535, grey into three channels
    - orientation 1 to 8, applied once
    - alpha only where the file has it
    - smaller by a whole number, where that is asked for, without ever holding the whole
    """

    def __init__(self, height: int, width: int, request: Request, *, orientation: int = 1, alpha: bool = False) -> None:
        channels = 4 if alpha else 3
        self._means = Means(height, width, channels, request.shrink) if request.shrink > 1 else None
        shape = shown_size(*(self._means.size if self._means else (height, width)), orientation)
        self.check = request.check
        self.pixels = request.allocate((*shape, 3))
        self.alpha = request.allocate(shape) if alpha else None
        self._colour = stored_view(self.pixels, orientation)
        self._alpha = None if self.alpha is None else stored_view(self.alpha, orientation)

    def put(self, samples: NDArray[Any], top: int = 0, left: int = 0) -> int:
        """Place (h, w) or (h, w, 1 to 4) samples: grey, grey and alpha, RGB, or RGBA. Returns how many pixels."""
        samples = samples[..., None] if samples.ndim == 2 else samples
        height, width, channels = samples.shape
        columns = slice(left, left + width)
        step = max(1, STRIP // width)
        for start in range(0, height, step):
            self.check()
            piece = samples[start : start + step]
            if self._means:
                self._means.add(self._together(piece), top + start, left)
                continue
            rows = slice(top + start, top + start + len(piece))
            self._put_colour(piece[..., :3] if channels >= 3 else piece[..., :1], rows, columns)
            if self._alpha is not None:
                _floats(piece[..., -1], self._alpha[rows, columns])
        return height * width

    def _put_colour(self, piece: NDArray[Any], rows: slice, columns: slice) -> None:
        target = self._colour[rows, columns]
        if piece.shape[2] == 3:
            _floats(piece, target)
        else:
            target[...] = _floats(piece, np.empty(piece.shape, np.float32))

    def _together(self, piece: NDArray[Any]) -> Floats:
        """The piece with all channels of the canvas, as floats."""
        whole = np.empty((*piece.shape[:2], 3 if self._alpha is None else 4), np.float32)
        colour = piece[..., :3] if piece.shape[2] >= 3 else piece[..., :1]
        whole[..., :3] = _floats(colour, np.empty(colour.shape, np.float32))
        if self._alpha is not None:
            _floats(piece[..., -1], whole[..., 3])
        return whole

    def loaded(self, origin: Origin, pages: int = 1) -> Loaded:
        """What was put, as image and alpha. Every sample was scaled into 0..1, so nothing is checked again."""
        if self._means:
            values = self._means.values()
            self._colour[...] = values[..., :3]
            if self._alpha is not None:
                self._alpha[...] = values[..., 3]
        alpha = opaque(*self.pixels.shape[:2]) if self.alpha is None else Mask(self.alpha, checked=True)
        return Loaded(Image(self.pixels, origin, checked=True), alpha, pages)


def _floats(samples: NDArray[Any], out: Floats) -> Floats:
    if samples.dtype.kind == "f":
        clipped = np.nan_to_num(np.clip(samples, 0, 1), nan=0.0)
        np.copyto(out, clipped, casting="same_kind")
        return out
    return np.divide(samples, np.float32(np.iinfo(samples.dtype).max), out=out, dtype=np.float32)
