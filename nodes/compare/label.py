"""A line of text in the corner of a picture."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from nodes.kinds.arrays import Floats

SIZE = 1 / 28
"""Height of the letters, of the picture's shorter side: legible when the whole fits a screen."""

SHADE = 0.35
"""What is left of the picture under the text, so that white letters stand out on any."""


def write_label(pixels: Floats, text: str, *, at_right: bool) -> None:
    """Write white text on a dark strip into a lower corner, in place; nothing where there is no room."""
    ink = _drawn(text, max(10, round(min(pixels.shape[:2]) * SIZE)))
    height, width = ink.shape
    if not text.strip() or height > pixels.shape[0] or width > pixels.shape[1]:
        return
    corner = pixels[-height:, -width:] if at_right else pixels[-height:, :width]
    corner *= SHADE
    corner += (1 - corner) * ink[..., None]


def _drawn(text: str, size: int) -> Floats:
    """How much ink covers each pixel, with a margin around, (H, W) in 0..1."""
    font = ImageFont.load_default(size)
    left, top, right, bottom = font.getbbox(text)
    margin = size // 2
    canvas = Image.new("L", (round(right - left) + 2 * margin, round(bottom - top) + 2 * margin))
    ImageDraw.Draw(canvas).text((margin - left, margin - top), text, fill=255, font=font)
    return np.divide(np.asarray(canvas), 255, dtype=np.float32)
