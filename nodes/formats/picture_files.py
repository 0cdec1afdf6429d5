"""Picture files as a server keeps them: what they are, and small pictures of them."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import numpy as np

from graph.given import Given
from graph.pictures import Facts
from nodes.formats import bmp, heif, jpeg, jpeg2000, png, tiff, webp, workflow
from nodes.formats.decoding import PIXELS
from nodes.formats.loaded import Allocate, Loaded
from nodes.formats.read import format_of, read
from nodes.formats.source import Source, source_of
from nodes.formats.write import QUALITY as WRITTEN
from nodes.formats.write import encode, suffix_format
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.profile import convert

QUALITY = 80
"""Of a thumbnail: a small picture that is looked at for a moment."""

GROUND = np.float32(0.75)
"""What shows through: both black ink and white paint stand out from it."""

TYPES: dict[ModuleType, tuple[str, str]] = {
    png: (".png", "image/png"),
    jpeg: (".jpg", "image/jpeg"),
    tiff: (".tif", "image/tiff"),
    webp: (".webp", "image/webp"),
    bmp: (".bmp", "image/bmp"),
    heif: (".heic", "image/heic"),
    jpeg2000: (".jp2", "image/jp2"),
}
"""Suffix and media type by the module that reads the format."""


class PictureFiles:
    """Answers about picture files, on disk or in memory; decodes none of more than `pixels`."""

    def __init__(self, pixels: int = PIXELS, allocate: Allocate | None = None) -> None:
        """`allocate` makes the arrays of whole pictures; they lie in memory unless given."""
        self.pixels, self._allocate = pixels, allocate or _floats

    def measure(self, photo: Path | Given) -> Facts:
        """From the header alone, however large it claims to be. StepError for what is no picture that can be read."""
        source = source_of(photo)
        format = format_of(source)
        height, width, pages = format.measure(source, 1)
        return Facts(*_type(source, format), width, height, pages)

    def thumbnail(self, photo: Path | Given, side: int) -> bytes:
        """A WebP picture in sRGB, its longer side at most `side` pixels. StepError where the file is damaged.

        What is transparent is light grey. No more memory is taken than the decoder itself needs: samples are averaged
        as they come, and a JPEG is decoded smaller.
        """
        facts = self.measure(photo)
        # Twice as large as it will be: squares cut off at the border then shift nothing by more than half a pixel.
        shrink = max(1, max(facts.width, facts.height) // max(1, 2 * side))
        loaded = read(photo, _floats, limit=self.pixels, shrink=shrink)
        return encode(Image(_small(loaded, max(1, side))), format="webp", quality=QUALITY)

    def convert(self, photo: Path, suffix: str, quality: int | None) -> bytes:
        """The same picture as a file of another format, with whatever that can hold of what the file says of it."""
        loaded = read(photo, self._allocate, limit=self.pixels)
        format, carried = suffix_format(suffix), workflow.read_workflow(photo)
        return encode(loaded.image, loaded.alpha, format=format, quality=quality or WRITTEN, workflow=carried)

    def workflow(self, photo: Path | Given) -> str | None:
        """The text of the workflow that a saved PNG, JPEG or TIFF carries. StepError where the file is damaged."""
        return workflow.read_workflow(photo.data if isinstance(photo, Given) else photo)


def _type(source: Source, format: ModuleType) -> tuple[str, str]:
    # A JPEG 2000 without its container has a type of its own (RFC 3745, RFC 9828).
    bare = format is jpeg2000 and source.head.startswith(jpeg2000.CODESTREAM)
    return (".j2k", "image/j2c") if bare else TYPES[format]


def _small(loaded: Loaded, side: int) -> Floats:
    import cv2

    pixels, alpha = loaded.image.pixels, loaded.alpha.values[..., None]
    seen = pixels * alpha + GROUND * (1 - alpha)
    height, width = seen.shape[:2]
    scale = min(1.0, side / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(seen, size, interpolation=cv2.INTER_AREA) if scale < 1 else seen
    # Weights that sum to one only nearly can leave the range by a rounding error.
    shown = np.clip(small, 0, 1).astype(np.float32, copy=False)
    return convert(shown, loaded.image.origin.profile, None)


def _floats(shape: tuple[int, ...]) -> Floats:
    return np.empty(shape, np.float32)
