"""A line of text in the corner of a picture."""

from __future__ import annotations

from nodes.kinds.arrays import Floats
from nodes.pixels.lettering import lettered

SIZE = 1 / 28
"""Height of the letters, of the picture's shorter side: legible when the whole fits a screen."""

SHADE = 0.35
"""What is left of the picture under the text, so that white letters stand out on any."""


def write_label(pixels: Floats, text: str, *, at_right: bool) -> None:
    """Write white text on a dark strip into a lower corner, in place; nothing where there is no room."""
    ink = lettered(text, max(10, round(min(pixels.shape[:2]) * SIZE)))
    height, width = ink.shape
    if not text.strip() or height > pixels.shape[0] or width > pixels.shape[1]:
        return
    corner = pixels[-height:, -width:] if at_right else pixels[-height:, :width]
    corner *= SHADE
    corner += (1 - corner) * ink[..., None]
