"""A box around a face, with a tag."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.lettering import lettered

LINE = 1 / 300
"""Width of the lines, of the picture's longer side: seen when the whole fits a screen."""

LETTERS, SMALLEST, LARGEST = 1 / 8, 10, 1 / 32
"""Height of the letters: of the box's width, at least that many pixels, at most of the picture's longer side."""

WHITE = np.ones(3, np.float32)

Colour = tuple[float, float, float]


def draw_tag(pixels: Floats, box: tuple[float, float, float, float], text: str, colour: Colour) -> None:
    """Draw the box (left, top, right, bottom) and the text above it, in place, as far as they are in the picture."""
    height, width = pixels.shape[:2]
    left, right = (round(min(max(x, 0), width - 1)) for x in box[::2])
    top, bottom = (round(min(max(y, 0), height - 1)) for y in box[1::2])
    thick = max(1, round(max(height, width) * LINE))
    for rows, columns in (
        (slice(top, top + thick), slice(left, right + 1)),
        (slice(max(top, bottom + 1 - thick), bottom + 1), slice(left, right + 1)),
        (slice(top, bottom + 1), slice(left, left + thick)),
        (slice(top, bottom + 1), slice(max(left, right + 1 - thick), right + 1)),
    ):
        pixels[rows, columns] = colour
    size = round(min((right - left) * LETTERS, max(height, width) * LARGEST))
    _write(pixels, left, top, lettered(text, max(SMALLEST, size)), colour)


def _write(pixels: Floats, left: int, top: int, ink: Floats, colour: Colour) -> None:
    """White letters on a strip of the colour that ends at `top`, or begins there where there is no room above."""
    height, width = ink.shape
    if height > pixels.shape[0] or width > pixels.shape[1]:
        return
    above = top - height if top >= height else min(top, pixels.shape[0] - height)
    across = min(left, pixels.shape[1] - width)
    ground = np.asarray(colour, np.float32)
    pixels[above : above + height, across : across + width] = ground + ink[..., None] * (WHITE - ground)
