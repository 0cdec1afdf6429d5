"""Text as ink."""

from __future__ import annotations

import string
import unicodedata

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from nodes.kinds.arrays import Floats

DRAWN = frozenset(string.printable[:95] + "©«°±´·»‘’“”…‹›™")
"""The characters of the typeface that comes with Pillow."""

ALIKE = str.maketrans(
    {"×": "x", "–": "-", "—": "-", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)
UNKNOWN = "?"

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def drawable(text: str) -> str:
    """The text without what the typeface lacks: letters lose their accents, other scripts become question marks."""
    letters = [each if each in DRAWN else _plain(each) for each in text.translate(ALIKE)]
    return " ".join("".join(letters).split())


def _plain(letter: str) -> str:
    parts = " " if letter.isspace() else unicodedata.normalize("NFKD", letter)
    return "".join([part if part in DRAWN else UNKNOWN for part in parts if not unicodedata.combining(part)])


def lettered(text: str, size: int) -> Floats:
    """How much ink of one line of text covers each pixel, with a margin around, (H, W) in 0..1.

    `size` is the height of the letters in pixels. All lines of one size are equally high.
    """
    font, line = ImageFont.load_default(size), drawable(text)
    left, _, _, _ = font.getbbox(line)
    above, below = font.getbbox("[y")[1::2]
    margin = size // 2
    canvas = Image.new("L", (_width(font, line) + 2 * margin, round(below - above) + 2 * margin))
    ImageDraw.Draw(canvas).text((margin - left, margin - above), line, fill=255, font=font)
    return np.divide(np.asarray(canvas), 255, dtype=np.float32)


def shortened(text: str, size: int, width: int) -> str:
    """The text, cut off with an ellipsis where its ink would be wider than `width` pixels."""
    font, room, line = ImageFont.load_default(size), width - 2 * (size // 2), drawable(text)
    if _width(font, line) <= room:
        return line
    kept = len(line)
    while kept and _width(font, f"{line[:kept].rstrip()}…") > room:
        kept -= 1
    return f"{line[:kept].rstrip()}…" if kept else ""


def _width(font: Font, text: str) -> int:
    left, _, right, _ = font.getbbox(text)
    return round(right - left)
