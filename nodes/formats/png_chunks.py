"""The chunks of a PNG: walked, checked, read and built (W3C PNG, third edition, section 5)."""

from __future__ import annotations

import binascii
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from nodes.formats.refusal import damaged

MAGIC = b"\x89PNG\r\n\x1a\n"
TEXTS = (b"tEXt", b"zTXt", b"iTXt")

UNPACKED = 2**26
"""Bytes that a compressed text or profile may unpack to: 64 MiB, far above any real one."""

CHANNELS = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}
"""Samples per pixel by colour type, a palette counted as what it stands for."""


class Header(NamedTuple):
    """IHDR."""

    width: int
    height: int
    bits: int
    colour: int

    @property
    def grey(self) -> bool:
        return self.colour in (0, 4)


def header(data: bytes, name: str) -> Header:
    """The header. StepError where it is not one."""
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise damaged(name)
    width, height, bits, colour = struct.unpack_from(">IIBB", data, 16)
    if not width or not height or bits not in (1, 2, 4, 8, 16) or colour not in CHANNELS:
        raise damaged(name, "its header makes no sense")
    return Header(width, height, bits, colour)


def chunks(data: bytes, name: str) -> Iterator[tuple[bytes, memoryview]]:
    """Type and content of every chunk up to the last. StepError at the first that is cut off or garbled."""
    view, at = memoryview(data), len(MAGIC)
    while True:
        if at + 12 > len(data):
            raise damaged(name)
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 8 + length
        if end + 4 > len(data):
            raise damaged(name)
        if zlib.crc32(view[at + 4 : end]) != int.from_bytes(view[end : end + 4], "big"):
            raise damaged(name, "its checksums do not match its content")
        yield kind, view[at + 8 : end]
        if kind == b"IEND":
            return
        at = end + 4


def find(file: BinaryIO, wanted: bytes) -> bytes | None:
    """The first chunk of a type, without reading those before it. What is damaged is left to `chunks`."""
    at = len(MAGIC)
    while True:
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return None
        length = int.from_bytes(head[:4], "big")
        if head[4:] == wanted:
            return file.read(length)
        at += 12 + length


def chunk(kind: bytes, *content: bytes) -> bytes:
    """A chunk, ready to be written."""
    checksum = zlib.crc32(kind)
    for part in content:
        checksum = zlib.crc32(part, checksum)
    return b"".join((struct.pack(">I", sum(map(len, content))), kind, *content, struct.pack(">I", checksum)))


def unpacked(content: bytes) -> bytes:
    """A chunk's compressed content; nothing if it is garbled or swells without end."""
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(content, UNPACKED)
    except zlib.error:
        return b""
    return b"" if unpacker.unconsumed_tail else found


def text(kind: bytes, content: memoryview) -> tuple[str, bytes]:
    """Keyword and text of a tEXt, zTXt or iTXt chunk, the text in UTF-8."""
    keyword, _, rest = bytes(content).partition(b"\0")
    if kind == b"iTXt":
        compressed = rest[:1] == b"\1"
        found = rest[2:].split(b"\0", 2)[-1]
        found = unpacked(found) if compressed else found
    else:
        found = (unpacked(rest[1:]) if kind == b"zTXt" else rest).decode("latin-1").encode()
    return keyword.decode("latin-1"), found


def text_chunk(keyword: str, content: bytes) -> bytes:
    """An iTXt chunk of UTF-8 text, uncompressed, so that every program finds it."""
    return chunk(b"iTXt", keyword.encode("latin-1"), b"\0\0\0\0\0", content)


RAW_PROFILE = "Raw profile type "
"""ImageMagick's way to put EXIF and IPTC into text; ExifTool and Pillow read it too."""


def raw_profile(found: bytes) -> bytes:
    """The bytes that such a text spells in hexadecimal, after its name and its length."""
    try:
        return binascii.unhexlify(b"".join(found.split()[2:]))
    except binascii.Error:
        return b""


def raw_profile_chunk(name: str, content: bytes) -> bytes:
    """A zTXt chunk that spells bytes in hexadecimal."""
    spelled = binascii.hexlify(content)
    lines = b"\n".join(spelled[at : at + 72] for at in range(0, len(spelled), 72))
    body = f"\n{name}\n{len(content):8d}\n".encode() + lines + b"\n"
    return chunk(b"zTXt", (RAW_PROFILE + name).encode(), b"\0\0", zlib.compress(body))
