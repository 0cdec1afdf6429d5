"""Takes JPEG's rounding out of a picture, without a network.

The rounding error of a frequency is spread evenly over a step: that is noise of a known spectrum, which shrinkage takes
out on grids of blocks that are not JPEG's own. What comes out is held within the rounding: whatever the picture was,
its transform lay no further than half a step from what the file says (A. Zakhor, "Iterative Procedures for Reduction of
Blocking Effects in Transform Image Coding", 1992).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.noise.blocks import CHROMA, LUMA, Blocks, brightness, steps
from nodes.noise.shrinkage import COARSE, FINE, REACH, shrink
from nodes.noise.spectrum import SIDE, transform

STRENGTH = 0.7
"""Of the even error's deviation, a step over √12: of 0.6 to 1.3, about the most decibels on four photos at qualities of
10 to 75 (0.2 to 0.8), and a little more than that asks, because blocks catch the eye."""

AROUND = REACH + SIDE
"""Pixels around a pixel that take part."""


def deblocked(pixels: Floats, blocks: Blocks, corner: tuple[int, int], check: Callable[[], None]) -> Floats:
    """Pixels (H, W, 3), of which the first stands at that row and column of the photo, without the rounding's marks."""
    light = brightness(pixels)
    table = steps(LUMA, blocks.quality, blocks.turned) / np.float32(255)
    made = shrink(light, _spectrum(table), check, FINE)
    made = _within(light, made, table, [(first - at) % SIDE for first, at in zip(blocks.offset, corner, strict=True)])
    if not np.ptp(pixels, axis=2).any():
        return np.repeat(made[..., None], 3, axis=2)
    spectrum = _tint_spectrum(blocks.quality)
    # BT.601's Cr and Cb are these differences divided by 1.402 and 1.772, and it is those that were rounded.
    red = shrink(pixels[..., 0] - light, spectrum * np.float32(1.402), check, COARSE)
    blue = shrink(pixels[..., 2] - light, spectrum * np.float32(1.772), check, COARSE)
    # What red and blue have more than the brightness, green has less.
    green = -(0.299 * red + 0.114 * blue) / 0.587
    return (made[..., None] + np.stack([red, green, blue], axis=-1)).astype(np.float32, copy=False)


def _spectrum(table: Floats) -> Floats:
    """The deviation of an error that is even over each step; none in the mean, which shrinkage leaves alone."""
    found = table * np.float32(STRENGTH / 12**0.5)
    found[0] = 0.0
    return found


def _tint_spectrum(quality: float) -> Floats:
    """The same for colour, which most programs store at half the size: its errors lie in the lower frequencies."""
    table = (steps(CHROMA, quality) / np.float32(255)).reshape(SIDE, SIDE)
    found = np.zeros((SIDE, SIDE), np.float32)
    # A frequency of the small picture is half as high in the large one, and holds four times the energy.
    found[: SIDE // 2, : SIDE // 2] = 2 * table[::2, ::2]
    return _spectrum(found.ravel())


def _within(seen: Floats, made: Floats, table: Floats, first: list[int]) -> Floats:
    """What was made, brought within half a step of what was seen, on JPEG's own grid whose first block begins there."""
    lead = [SIDE - start if start else 0 for start in first]
    around = [(before, -(length + before) % SIDE) for before, length in zip(lead, seen.shape, strict=True)]
    known, found = (_cells(np.pad(plane, around, mode="edge")) @ transform() for plane in (seen, made))
    half = table * np.float32(0.5)
    held = np.clip(found, known - half, known + half).astype(np.float32, copy=False) @ transform().T
    rows, columns = (int(sum(pads)) + length for pads, length in zip(around, seen.shape, strict=True))
    plane = held.reshape(rows // SIDE, columns // SIDE, SIDE, SIDE).swapaxes(1, 2).reshape(rows, columns)
    return plane[lead[0] : lead[0] + seen.shape[0], lead[1] : lead[1] + seen.shape[1]]


def _cells(plane: Floats) -> Floats:
    rows, columns = plane.shape[0] // SIDE, plane.shape[1] // SIDE
    return np.ascontiguousarray(plane.reshape(rows, SIDE, columns, SIDE).swapaxes(1, 2)).reshape(-1, SIDE * SIDE)
