"""Any picture file in. What it is, its first bytes say; a name can lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from graph.given import Given
from nodes.formats import bmp, heif, jpeg, jpeg2000, png, tiff, webp
from nodes.formats.decoding import PIXELS, check_size
from nodes.formats.loaded import Allocate, Loaded, Request, Size, never
from nodes.formats.refusal import READABLE, no_page, unknown
from nodes.formats.source import Source, bytes_source, file_source, source_of

__all__ = ["READABLE", "SUFFIXES", "Loaded", "Size", "measure", "read", "read_bytes"]

SUFFIXES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".jpe",
    ".tif",
    ".tiff",
    ".webp",
    ".bmp",
    ".heic",
    ".heif",
    ".hif",
    ".jp2",
    ".j2k",
    ".jpx",
)
"""What pictures that can be read are usually called."""

MAGIC: dict[bytes, ModuleType] = {
    b"\x89PNG\r\n\x1a\n": png,
    b"\xff\xd8\xff": jpeg,
    b"II*\0": tiff,
    b"MM\0*": tiff,
    b"II+\0": tiff,
    b"MM\0+": tiff,
    b"BM": bmp,
    b"\0\0\0\x0cjP  \r\n\x87\n": jpeg2000,
    jpeg2000.CODESTREAM: jpeg2000,
}


def read(
    photo: str | Path | Given,
    allocate: Allocate,
    *,
    page: int = 1,
    limit: int = PIXELS,
    check: Callable[[], None] = never,
    shrink: int = 1,
) -> Loaded:
    """The picture in a file, upright, with its alpha (1 where it has none) and the number of pages.

    The file lies on disk, or was given in memory. `allocate` makes the arrays and may place them in files. A picture of
    more than `limit` pixels is refused by its header. `check` is called now and then and may raise Cancelled. With
    `shrink` above 1 each pixel is the mean of so many a side. StepError for all that is not a whole picture.
    """
    return _read(source_of(photo), Request(allocate, page, check, shrink), limit)


def read_bytes(
    data: bytes,
    allocate: Allocate,
    *,
    page: int = 1,
    limit: int = PIXELS,
    check: Callable[[], None] = never,
    name: str = "The picture",
) -> Loaded:
    """As `read`, of a file's content; `name` is what errors call it."""
    return _read(bytes_source(data, name), Request(allocate, page, check), limit)


def measure(path: Path, *, page: int = 1) -> Size:
    """Height, width and number of pages from the header alone. StepError for what is no picture."""
    source = file_source(path)
    return format_of(source).measure(source, page)


def _read(source: Source, request: Request, limit: int) -> Loaded:
    chosen = format_of(source)
    size: Size = chosen.measure(source, request.page)
    check_size(source.name, size.height, size.width, limit)
    if not 1 <= request.page <= size.pages:
        raise no_page(source.name, request.page, size.pages)
    return chosen.read(source, request)


def format_of(source: Source) -> ModuleType:
    """The module that reads it, by its first bytes. StepError for what is no picture."""
    head = source.head
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return webp
    if head[4:8] == b"ftyp" and head[8:12] in heif.BRANDS:
        return heif
    found = next((reader for magic, reader in MAGIC.items() if head.startswith(magic)), None)
    if found is None:
        raise unknown(source.name)
    return found
