"""How a large picture is cut into equal, overlapping tiles, and how their results are joined without a seam."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nodes.kinds.arrays import Floats


@dataclass(frozen=True, slots=True)
class Span:
    """One side of a picture, cut into equally long stretches. All in pixels."""

    length: int
    """Of the picture."""
    tile: int
    """Of each stretch; the last one may reach beyond the picture, where it is padded."""
    starts: tuple[int, ...]

    def read(self, index: int) -> tuple[slice, int]:
        """What of the picture lies in a stretch, and how much is missing after it."""
        start = self.starts[index]
        stop = min(start + self.tile, self.length)
        return slice(start, stop), start + self.tile - stop

    def shared(self, index: int) -> int:
        """How many pixels a stretch shares with the one before it."""
        return self.starts[index - 1] + self.tile - self.starts[index] if index else 0


def span(length: int, most: int, overlap: int, multiple: int = 1, minimum: int = 0) -> Span:
    """Stretches of at most `most` pixels that share at least `overlap`.

    They start and end at multiples of `multiple`, so that a network that first halves the picture sees the same
    halves as in the whole, and are at least `minimum` long. They are no longer than they need be: the work is shared
    out evenly.
    """
    # Counted in units of `multiple` from here on.
    whole, shared, least = -(-length // multiple), -(-overlap // multiple), max(1, -(-minimum // multiple))
    longest = max(most // multiple, least, 2 * shared + 1)
    if whole <= longest:
        return Span(length, max(whole, least) * multiple, (0,))
    count = -(-(whole - shared) // (longest - shared))
    tile = max(-(-(whole + (count - 1) * shared) // count), least)
    return Span(length, tile * multiple, tuple(i * (whole - tile) // (count - 1) * multiple for i in range(count)))


def padded(values: Floats, below: int, right: int) -> Floats:
    """(H, W, C) continued by its mirror image; a side of one pixel by that pixel."""
    return np.pad(values, ((0, below), (0, right), (0, 0)), mode="reflect") if below or right else values


def ramp(length: int) -> Floats:
    """Weights 0..1 of the later of two neighbours over the pixels they share.

    Near its border a tile has seen too little around it: there the other one counts alone.
    """
    place = (np.arange(length, dtype=np.float32) + 0.5) / max(1, length)
    rise = np.clip(2 * place - 0.5, 0, 1)
    return (rise * rise * (3 - 2 * rise)).astype(np.float32)


def join(before: Floats, after: Floats, weights: Floats) -> None:
    """Blend `after` into `before` in place, weights along the first axis: both (N, …), weights (N,)."""
    weights = weights.reshape(-1, *(1,) * (after.ndim - 1))
    before += weights * (after - before)
