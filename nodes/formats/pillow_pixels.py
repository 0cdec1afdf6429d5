"""Pixels out of Pillow's pictures and into them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from nodes.formats.canvas import STRIP, Canvas
from nodes.formats.cmyk import srgb_from_cmyk
from nodes.formats.samples import Samples

PLAIN = {"L": "L", "LA": "LA", "RGB": "RGB", "RGBA": "RGBA", "1": "L", "CMYK": "CMYK", "RGBX": "RGB"}
"""The mode whose bytes are samples, by the mode that Pillow opened."""


def plain_mode(picture: Pillow.Image) -> str:
    """The mode to convert to before the samples are taken; 16-bit grey stays what it is."""
    if picture.mode.startswith("I;16"):
        return picture.mode
    if picture.mode in ("P", "PA"):
        return "RGBA" if picture.has_transparency_data else "RGB"
    return PLAIN.get(picture.mode, "RGB")


def has_alpha(picture: Pillow.Image) -> bool:
    return plain_mode(picture) in ("LA", "RGBA")


def is_grey(picture: Pillow.Image) -> bool:
    return plain_mode(picture) in ("L", "LA") or picture.mode.startswith("I;16")


def put_picture(canvas: Canvas, picture: Pillow.Image, profile: bytes | None = None) -> None:
    """Decode the picture and put its samples, a strip at a time."""
    picture.load()
    mode = plain_mode(picture)
    step = max(1, STRIP // picture.width)
    for top in range(0, picture.height, step):
        strip = picture.crop((0, top, picture.width, min(top + step, picture.height)))
        samples = np.asarray(strip if strip.mode == mode else strip.convert(mode))
        canvas.put(srgb_from_cmyk(samples, profile) if mode == "CMYK" else samples, top)


def picture_from_samples(samples: Samples) -> Pillow.Image:
    """An 8-bit Pillow picture, made without a second full copy of the samples."""
    mode = ("L", "LA", "RGB", "RGBA")[samples.channels - 1]
    picture = Pillow.new(mode, (samples.width, samples.height))
    for start, stop in samples.strips():
        rows: NDArray[Any] = samples.rows(start, stop)
        picture.paste(Pillow.fromarray(rows[..., 0] if samples.channels == 1 else rows), (0, start))
    return picture
