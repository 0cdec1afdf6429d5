"""Directories of tags, as TIFF files and EXIF blocks hold them (TIFF 6.0, section 2; BigTIFF in files).

Tags are copied as raw bytes in the byte order they have, so that nothing in them needs to be understood.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

from nodes.formats.refusal import damaged

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
"""Bytes per value by type; 16 to 18 are BigTIFF's."""

WIDTHS = {3: 2, 4: 4, 5: 4, 8: 2, 9: 4, 10: 4, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
"""Bytes that a byte order turns round, by type: a fraction is two numbers."""

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 1, 2, 3, 4, 5, 7
WHOLE = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}

EXIF, GPS, INTEROP = 34665, 34853, 40965
CHILDREN = (EXIF, GPS, INTEROP)
"""Tags whose value is where another directory stands."""


class Tag(NamedTuple):
    """Type, number of values, and the values' bytes."""

    kind: int
    length: int
    data: bytes


SHARED = 2**26
"""Bytes beyond its own length that all of a file's directories may take: pages may share a profile, but a few thousand
tags that each claim the whole file would be as many copies of it in memory."""

Tags = dict[int, "Tag | Tags"]
"""A directory: its tags by number; those in CHILDREN hold directories themselves."""


class Reader:
    """Reads directories from a file or a block; a place outside it is damage."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file, self.name = file, name
        self.length = file.seek(0, io.SEEK_END)
        self._left = self.length + SHARED
        head = self.bytes_at(0, 8)
        self.order = {b"II": "<", b"MM": ">"}.get(head[:2], "")
        self.magic = struct.unpack(self.order + "H", head[2:4])[0] if self.order else 0
        if self.magic not in (42, 43):
            raise damaged(name, "its header makes no sense")
        self.big = self.magic == 43
        self.first = self._whole("Q", 8) if self.big else self._whole("I", 4)

    def bytes_at(self, at: int, count: int) -> bytes:
        if at < 0 or at + count > self.length:
            raise damaged(self.name)
        self._left -= count
        if self._left < 0:
            raise damaged(self.name, "its tags overlap without end")
        self.file.seek(at)
        return self.file.read(count)

    def directory(self, at: int, depth: int = 2) -> tuple[Tags, int]:
        """The tags of the directory at a place, with children that deep, and where the next one stands (0: nowhere)."""
        head, entry, field, word = ("Q", 20, 8, "Q") if self.big else ("H", 12, 4, "I")
        start = at + struct.calcsize(head)
        count = self._whole(head, at)
        entries = self.bytes_at(start, count * entry)
        tags: Tags = {}
        for offset in range(0, len(entries), entry):
            number, kind, values = struct.unpack_from(f"{self.order}HH{word}", entries, offset)
            inline = entries[offset + entry - field : offset + entry]
            size = values * SIZES.get(kind, 0)
            data = inline[:size] if size <= field else self.bytes_at(struct.unpack(self.order + word, inline)[0], size)
            tag = Tag(kind, values, data)
            if number not in CHILDREN:
                tags[number] = tag
            elif depth and number not in tags and (child := whole_values(tag, self.order)):
                tags[number] = self.directory(child[0], depth - 1)[0]
        return tags, self._whole(word, start + count * entry)

    def _whole(self, code: str, at: int) -> int:
        return struct.unpack(self.order + code, self.bytes_at(at, struct.calcsize(code)))[0]

    def chain(self) -> list[Tags]:
        """All directories in their order. StepError where the chain leaves the file or bites its tail."""
        found: list[Tags] = []
        seen: set[int] = set()
        at = self.first
        while at:
            if at in seen:
                raise damaged(self.name, "its pages go round in a circle")
            seen.add(at)
            tags, at = self.directory(at)
            found.append(tags)
        if not found:
            raise damaged(self.name)
        return found


def whole_values(tag: Tag | Tags | None, order: str) -> tuple[int, ...]:
    """The values of a tag of whole numbers; none for any other."""
    if not isinstance(tag, Tag) or tag.kind not in WHOLE:
        return ()
    return struct.unpack(f"{order}{tag.length}{WHOLE[tag.kind]}", tag.data)


def fractions(tag: Tag | Tags | None, order: str) -> list[float]:
    """The values of a tag of fractions; one over zero is left out."""
    if not isinstance(tag, Tag) or tag.kind != RATIONAL:
        return []
    parts = struct.unpack(f"{order}{2 * tag.length}I", tag.data)
    return [top / bottom for top, bottom in zip(parts[::2], parts[1::2], strict=True) if bottom]


def packed(tags: Mapping[int, Tag | Tags], order: str, at: int) -> bytes:
    """The directory and its children as they stand from an (even) place on. No next directory follows."""
    size = 2 + 12 * len(tags) + 4
    entries: list[bytes] = []
    behind = b""
    for number in sorted(tags):
        tag = tags[number]
        place = at + size + len(behind)
        if isinstance(tag, dict):
            behind += packed(tag, order, place)
            tag = Tag(LONG, 1, struct.pack(order + "I", place))
        elif len(tag.data) > 4:
            behind += tag.data + bytes(len(tag.data) % 2)
            tag = tag._replace(data=struct.pack(order + "I", place))
        entries.append(struct.pack(order + "HHI", number, tag.kind, tag.length) + tag.data.ljust(4, b"\0"))
    return struct.pack(order + "H", len(entries)) + b"".join(entries) + bytes(4) + behind


def reordered(tags: Tags, source: str, target: str) -> Tags:
    """The tags in the other byte order; those of no known type are bytes and stay as they are."""
    if source == target:
        return tags
    found: Tags = {}
    for number, tag in tags.items():
        if isinstance(tag, dict):
            found[number] = reordered(tag, source, target)
        else:
            width = WIDTHS.get(tag.kind, 1)
            swapped = b"".join([tag.data[at : at + width][::-1] for at in range(0, len(tag.data), width)])
            found[number] = tag if width == 1 else tag._replace(data=swapped)
    return found


def block_from_tags(tags: Mapping[int, Tag | Tags], order: str) -> bytes:
    """An EXIF block of these tags."""
    return {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(order + "I", 8) + packed(tags, order, 8)
