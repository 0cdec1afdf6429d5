"""A picture as the whole numbers that files hold, made strip by strip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.profile import convert

STRIP_BYTES = 2**20
"""Of samples converted and compressed at a time: enough for a deflate window, little to hold a few of."""

ROWS = 256
"""Rows looked at together, so that a photo mapped from a file is never pulled in whole."""

Check = Callable[[], None]
"""Raises Cancelled when somebody asked to stop: `Context.check`."""


@dataclass(frozen=True)
class Samples:
    """An image on its way into a file: grey or RGB, with or without alpha, 8 or 16 bits."""

    image: Image
    alpha: Mask | None
    bits: int
    grey: bool
    check: Check

    @property
    def height(self) -> int:
        return self.image.height

    @property
    def width(self) -> int:
        return self.image.width

    @cached_property
    def channels(self) -> int:
        return (1 if self.grey else 3) + (self.alpha is not None)

    @cached_property
    def profile(self) -> bytes | None:
        """The profile that the file's samples have."""
        return None if self._leaves_grey else self.image.origin.profile

    @cached_property
    def _leaves_grey(self) -> bool:
        """A grey photo that was given colour: three channels cannot carry the profile of one."""
        profile = self.image.origin.profile
        return not self.grey and profile is not None and profile[16:20] == b"GRAY"

    @cached_property
    def dtype(self) -> np.dtype[Any]:
        return np.dtype(np.uint16 if self.bits == 16 else np.uint8)

    @cached_property
    def row_bytes(self) -> int:
        return self.width * self.channels * self.dtype.itemsize

    def without_alpha(self) -> Samples:
        return replace(self, alpha=None)

    def strips(self) -> Iterator[tuple[int, int]]:
        """First and last row + 1 of strips of about a megabyte."""
        rows = max(1, STRIP_BYTES // self.row_bytes)
        for start in range(0, self.height, rows):
            self.check()
            yield start, min(start + rows, self.height)

    def rows(self, start: int, stop: int) -> NDArray[Any]:
        """(rows, width, channels) of uint8 or uint16."""
        colour = self.image.pixels[start:stop]
        if self._leaves_grey:
            colour = convert(colour, self.image.origin.profile, None)
        out = np.empty((stop - start, self.width, self.channels), self.dtype)
        if self.grey:
            _round(colour[..., 0], out[..., 0])
        else:
            _round(colour, out[..., :3])
        if self.alpha is not None:
            _round(self.alpha.values[start:stop], out[..., -1])
        return out

    def whole(self) -> NDArray[Any]:
        """All of it; (height, width) where there is one channel."""
        out = np.empty((self.height, self.width, self.channels), self.dtype)
        for start, stop in self.strips():
            out[start:stop] = self.rows(start, stop)
        return out[..., 0] if self.channels == 1 else out


def make_samples(image: Image, alpha: Mask | None, bits: int, check: Check) -> Samples:
    """The image in its file's mode: grey only if it was and still is, alpha only where it says something."""
    grey = image.origin.mode == "L" and is_grey(image.pixels)
    return Samples(image, None if alpha is None or is_opaque(alpha) else alpha, bits, grey, check)


def is_grey(pixels: Floats) -> bool:
    """Whether the three channels are the same everywhere."""
    for start in range(0, len(pixels), ROWS):
        strip = pixels[start : start + ROWS]
        if not (np.array_equal(strip[..., 0], strip[..., 1]) and np.array_equal(strip[..., 0], strip[..., 2])):
            return False
    return True


def is_opaque(alpha: Mask) -> bool:
    values = alpha.values[tuple(slice(0, 1) if stride == 0 else slice(None) for stride in alpha.values.strides)]
    return all(bool((values[start : start + ROWS] == 1).all()) for start in range(0, len(values), ROWS))


def _round(values: Floats, out: NDArray[Any]) -> None:
    scaled = np.multiply(values, np.float32(np.iinfo(out.dtype).max))
    scaled += np.float32(0.5)
    np.copyto(out, scaled, casting="unsafe")
