"""Words that formats keep outside EXIF, put where every format keeps them: into the EXIF block.

A JPEG has its comment, a PNG its texts. Moving them is what lets them survive into another format.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType

from graph.errors import StepError
from nodes.formats.ifd import ASCII, EXIF, UNDEFINED, Reader, Tag, Tags, block_from_tags

DESCRIPTION, ARTIST, COPYRIGHT, USER_COMMENT = 270, 315, 33432, 37510

PLACES: Mapping[str, int] = MappingProxyType(
    {
        "Description": DESCRIPTION,
        "Title": DESCRIPTION,
        "Author": ARTIST,
        "Copyright": COPYRIGHT,
        "Comment": USER_COMMENT,
    }
)
"""The tag for each of PNG's registered keywords that EXIF has a place for; a JPEG's comment is a Comment."""


def with_captions(exif: bytes | None, captions: Mapping[str, bytes]) -> bytes | None:
    """The block with each caption (UTF-8, by PNG's keyword) that it has no words for yet."""
    found = _directory(exif)
    if found is None:
        # EXIF that cannot be read cannot be added to; it is kept as it is.
        return exif
    tags, order = found
    inner = tags.get(EXIF)
    details: Tags = inner if isinstance(inner, dict) else {}
    added = False
    for keyword, number in PLACES.items():
        words = captions.get(keyword, b"").strip(b"\0 \r\n")
        home = details if number == USER_COMMENT else tags
        if words and not _says_something(home.get(number)):
            home[number] = _comment(words, order) if number == USER_COMMENT else _line(words)
            added = True
    return block_from_tags({**tags, EXIF: details} if details else tags, order) if added else exif


def _directory(exif: bytes | None) -> tuple[Tags, str] | None:
    if not exif:
        return {}, "<"
    try:
        reader = Reader(io.BytesIO(exif), "EXIF")
        return reader.directory(reader.first)[0], reader.order
    except StepError:
        return None


def _says_something(tag: Tag | Tags | None) -> bool:
    """Whether there are words besides the name of their encoding."""
    return isinstance(tag, Tag) and bool(tag.data.strip(b"\0 ").removeprefix(b"ASCII").strip(b"\0 "))


def _line(words: bytes) -> Tag:
    return Tag(ASCII, len(words) + 1, words + b"\0")


def _comment(words: bytes, order: str) -> Tag:
    """EXIF 2.32, UserComment: eight bytes that name the encoding, then the words."""
    if words.isascii():
        data = b"ASCII\0\0\0" + words
    else:
        text = words.decode("utf-8", "replace")
        data = b"UNICODE\0" + text.encode("utf-16-le" if order == "<" else "utf-16-be")
    return Tag(UNDEFINED, len(data), data)
