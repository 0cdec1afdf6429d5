"""The segments of a JPEG: walked and built (ITU-T T.81, annex B)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
APP0, APP1, APP2, APP10, APP13, APP14 = 0xE0, 0xE1, 0xE2, 0xEA, 0xED, 0xEE
STANDALONE = (0x01, SOI, *range(0xD0, 0xD8))
"""Markers without a length: TEM, SOI, RST0 to RST7."""

LONGEST = 65533
"""Bytes of content that a segment's 16-bit length, which counts itself, leaves."""

XMP = b"http://ns.adobe.com/xap/1.0/\0"
PROFILE = b"ICC_PROFILE\0"
RESOURCES = b"Photoshop 3.0\0"
WORKFLOW = b"Heirloom\0"
"""Our own APP10 segments: this, number and count of the piece (16 bits each, from 1), the piece of UTF-8."""


def segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Marker, content and end of every segment up to the first scan."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in STANDALONE:
            at += 2
            continue
        if marker == EOI:
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, data[at + 4 : end], end
        if marker == SOS:
            return
        at = end


def is_complete(data: bytes) -> bool:
    """Whether an end marker follows the first scan: a copy that broke off is often filled up with zeros."""
    start = next((end for marker, _, end in segments(data) if marker == SOS), None)
    return start is not None and data.find(b"\xff\xd9", start) >= 0


def segment(marker: int, content: bytes) -> bytes:
    """A segment, ready to be written."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def split(marker: int, label: bytes, content: bytes, numbers: str) -> list[bytes]:
    """Numbered segments for content longer than one can hold; `numbers` is how number and count are packed."""
    room = LONGEST - len(label) - struct.calcsize(numbers)
    pieces = [content[at : at + room] for at in range(0, len(content), room)]
    heads = (label + struct.pack(numbers, index, len(pieces)) for index in range(1, len(pieces) + 1))
    return [segment(marker, head + piece) for head, piece in zip(heads, pieces, strict=True)]


def joined_workflow(data: bytes) -> bytes | None:
    """The workflow's pieces in their order, or None where one is missing."""
    pieces: dict[int, bytes] = {}
    count = 0
    for marker, content, _ in segments(data):
        if marker == APP10 and content.startswith(WORKFLOW) and len(content) > len(WORKFLOW) + 4:
            index, count = struct.unpack_from(">HH", content, len(WORKFLOW))
            pieces[index] = content[len(WORKFLOW) + 4 :]
    wanted = range(1, count + 1)
    return b"".join(pieces[index] for index in wanted) if count and all(i in pieces for i in wanted) else None
