"""The tags of a TIFF's page: what they say of its pixels and besides."""

from __future__ import annotations

import math
import struct
from typing import Any

from nodes.formats.ifd import CHILDREN, Reader, Tag, Tags, block_from_tags, fractions, whole_values
from nodes.formats.metadata import INCHES_PER_CENTIMETRE, valid_dpi
from nodes.formats.source import Source

SUBFILE, WIDTH, HEIGHT, DESCRIPTION, ORIENTATION = 254, 256, 257, 270, 274
ACROSS, DOWN, UNIT = 282, 283, 296
XMP, IPTC, PROFILE = 700, 33723, 34675
WORKFLOW = 65111
"""In the range 65000 to 65535, which TIFF 6.0 leaves to private use: the workflow as UTF-8."""

REDUCED, MASK = 1, 4
"""Bits of the subfile type: a thumbnail or a transparency mask is not a page."""

WORDS = (269, DESCRIPTION, 271, 272, 285, 305, 306, 315, 316, 33432, 18246, 18249, *range(40091, 40096), *CHILDREN)
"""Names, makers, dates, people, ratings, EXIF, GPS: tags about the picture, which do not depend on how it is stored."""

IN_CENTIMETRES = 3


def pages(source: Source) -> tuple[list[tuple[int, Tags]], str]:
    """Index in the file and tags of each page, and the byte order. StepError for a file that ends too early."""
    with source.stream() as file:
        reader = Reader(file, source.name)
        chain = list(enumerate(reader.chain()))
    full = [(index, tags) for index, tags in chain if not first(tags, SUBFILE, reader.order) & (REDUCED | MASK)]
    return full or chain, reader.order


def first(tags: Tags, number: int, order: str, usual: int = 0) -> int:
    """A tag's only whole number."""
    return next(iter(whole_values(tags.get(number), order)), usual)


def notes(tags: Tags, order: str) -> dict[str, Any]:
    """Profile, EXIF, XMP, IPTC and dpi, as `make_origin` takes them."""
    words = {number: tags[number] for number in WORDS if number in tags and _portable(tags[number])}
    return {
        "profile": _data(tags, PROFILE),
        "exif": block_from_tags(words, order) if words else None,
        "xmp": _data(tags, XMP),
        "iptc": _iptc(tags.get(IPTC), order),
        "dpi": _dpi(tags, order),
    }


def _portable(tag: Tag | Tags) -> bool:
    """Whether its type exists outside BigTIFF and its values are really there."""
    return isinstance(tag, dict) or (tag.kind <= 13 and bool(tag.data))


def _data(tags: Tags, number: int) -> bytes | None:
    tag = tags.get(number)
    return tag.data if isinstance(tag, Tag) else None


def _iptc(tag: Tag | Tags | None, order: str) -> bytes | None:
    """The records; some writers call them LONGs, and then each four bytes stand in the file's byte order."""
    if not isinstance(tag, Tag):
        return None
    if tag.kind == 4 and order == "<" and not tag.data.startswith(b"\x1c"):
        return struct.pack(f">{tag.length}I", *struct.unpack(f"<{tag.length}I", tag.data))
    return tag.data


def _dpi(tags: Tags, order: str) -> tuple[float, float] | None:
    unit = first(tags, UNIT, order, usual=2)
    pair = fractions(tags.get(ACROSS), order)[:1] + fractions(tags.get(DOWN), order)[:1]
    if unit == 1 or len(pair) < 2 or not all(map(math.isfinite, pair)):
        return None
    return valid_dpi([value / INCHES_PER_CENTIMETRE if unit == IN_CENTIMETRES else value for value in pair])
