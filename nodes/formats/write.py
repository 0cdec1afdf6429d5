"""A picture out, as PNG, JPEG, TIFF, WebP or BMP: under a temporary name first, so that no file is half there."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from graph.errors import StepError, nearest
from nodes.formats import bmp, jpeg, png_write, tiff_write, webp
from nodes.formats.loaded import never
from nodes.formats.replacing import replaced
from nodes.formats.samples import Samples, make_samples
from nodes.formats.workflow import read_workflow
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask

__all__ = ["FORMATS", "SUFFIXES", "encode", "read_workflow", "suffix_format", "write"]

SUFFIXES = {
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".webp": "webp",
    ".bmp": "bmp",
}
"""The format that each suffix of a file to be written names."""

FORMATS = ("png", "jpeg", "tiff", "webp", "bmp")
DEEP = ("png", "tiff")
"""The formats that hold 16 bits; into the others goes 8."""

QUALITY = 92


def write(
    path: Path,
    image: Image,
    alpha: Mask | None = None,
    *,
    format: str | None = None,
    quality: int = QUALITY,
    bits: int | None = None,
    workflow: str | None = None,
    keep_metadata: bool = True,
    check: Callable[[], None] = never,
) -> list[str]:
    """Write the picture to a file, replacing one of that name. What the format cannot carry is returned as sentences.

    The format is that of the suffix unless named. Bit depth, grey, profile, dpi and metadata stay as in the file the
    image came from; `bits` (8 or 16) and `keep_metadata=False` (no EXIF, XMP, IPTC) say otherwise. Quality, 1 to 100,
    counts for JPEG and for WebP, where 100 loses nothing. Alpha is written unless it is 1 everywhere, and where the
    format has none it is left out. StepError where the picture does not fit or the file cannot be written.
    """
    chosen = _format(format or suffix_format(path.suffix))
    samples, origin = _prepared(image, alpha, chosen, bits, keep_metadata, check)
    with replaced(path) as file:
        return _encode(file, chosen, samples, origin, quality, workflow)


def encode(
    image: Image,
    alpha: Mask | None = None,
    *,
    format: str,
    quality: int = QUALITY,
    bits: int | None = None,
    workflow: str | None = None,
    keep_metadata: bool = True,
) -> bytes:
    """The content of the file that `write` makes."""
    chosen = _format(format)
    samples, origin = _prepared(image, alpha, chosen, bits, keep_metadata, never)
    file = io.BytesIO()
    _encode(file, chosen, samples, origin, quality, workflow)
    return file.getvalue()


def suffix_format(suffix: str) -> str:
    """The format that a suffix such as ".png" names. StepError where none that is written has it."""
    if suffix.lower() not in SUFFIXES:
        raise StepError(f"Pictures cannot be written as {suffix[:20]!r}.", f"Use one of {', '.join(SUFFIXES)}.")
    return SUFFIXES[suffix.lower()]


def _format(name: str) -> str:
    if name not in FORMATS:
        raise StepError(f"Pictures cannot be written as {name!r}.", nearest(name, FORMATS))
    return name


def _prepared(
    image: Image, alpha: Mask | None, format: str, bits: int | None, keep_metadata: bool, check: Callable[[], None]
) -> tuple[Samples, Origin]:
    if alpha is not None and alpha.values.shape != image.pixels.shape[:2]:
        sizes = f"{alpha.width} × {alpha.height} and {image.width} × {image.height} pixels"
        raise StepError(f"The transparency and the photo differ in size: {sizes}.", "Give both the same steps.")
    origin = image.origin if keep_metadata else replace(image.origin, exif=None, xmp=None, iptc=None)
    wanted = bits or origin.bits
    if wanted not in (8, 16):
        raise StepError(f"A picture has 8 or 16 bits, not {wanted}.", "Choose one of them.")
    return make_samples(image, alpha, wanted if format in DEEP else 8, check), origin


def _encode(
    file: BinaryIO, format: str, samples: Samples, origin: Origin, quality: int, workflow: str | None
) -> list[str]:
    match format:
        case "png":
            return png_write.write(file, samples, origin, workflow)
        case "tiff":
            return tiff_write.write(file, samples, origin, workflow)
        case "jpeg":
            return jpeg.write(file, samples, origin, workflow, quality)
        case "webp":
            return webp.write(file, samples, origin, quality)
        case _:
            return bmp.write(file, samples, origin)
