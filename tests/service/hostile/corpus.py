"""Files that mean harm, each made by a few lines: what they claim, and what they are."""

from __future__ import annotations

import gzip
import io
import re
import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image as Pillow

from tests.service.files import HTML, huge_header, picture, zip_bomb

SWELLING = 48 * 2**20
"""Bytes that a bomb unpacks to: far more than one of these tests may take."""

FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "JPEG2000", "HEIF")


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    """Of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunks(*chunks: bytes) -> bytes:
    """A good PNG with more behind its header."""
    whole = picture()
    return whole[:33] + b"".join(chunks) + whole[33:]


def png(width: int, height: int, bits: int, samples: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(samples)) + chunk(b"IEND")


def directory(*tags: tuple[int, int, int, int], next: int = 0) -> bytes:
    """Of a TIFF: number, type, count and value (or place) of each tag."""
    entries = b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
    return struct.pack("<H", len(tags)) + entries + struct.pack("<I", next)


def tiff(*tags: tuple[int, int, int, int], next: int = 0, behind: bytes = b"") -> bytes:
    """A grey TIFF of a strip at the file's end, except as the tags say."""
    known = {tag[0] for tag in tags}
    usual = [
        *((256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)),
        *((273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 8), (279, 4, 1, 64)),
    ]
    whole = [*tags, *(tag for tag in usual if tag[0] not in known)]
    return b"II*\0" + struct.pack("<I", 8) + directory(*whole, next=next) + bytes(64) + behind


def everything_in_every_tag(count: int) -> bytes:
    """A TIFF whose tags all claim the whole file: read as they stand, they would be as many copies of it."""
    size = 2 + 12 * count + 4
    return b"II*\0" + struct.pack("<I", 8) + directory(*((number, 1, size, 8) for number in range(1000, 1000 + count)))


def jpeg_with(marker: int, content: bytes) -> bytes:
    """A good JPEG with one more segment."""
    whole = picture("JPEG")
    return whole[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + whole[2:]


def jpeg_claiming(width: int, height: int) -> bytes:
    """A good JPEG whose frame header (ITU-T T.81, B.2.2) lies."""
    whole = picture("JPEG")
    frame = whole.index(b"\xff\xc0") + 5
    return whole[:frame] + struct.pack(">HH", height, width) + whole[frame + 4 :]


def webp_claiming() -> bytes:
    """An extended WebP (RFC 9649, 2.7) with the largest canvas there is, and nothing on it."""
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + b"\xff" * 6
    return b"RIFF" + struct.pack("<I", len(body)) + body


def bmp_claiming(width: int, height: int) -> bytes:
    whole = bytearray(picture("BMP"))
    struct.pack_into("<ii", whole, 18, width, height)
    return bytes(whole)


def jpeg2000_claiming() -> bytes:
    """A good file whose size (ITU-T T.800, A.5.1 and I.5.3.1) was made enormous."""
    whole = bytearray(picture("JPEG2000"))
    for place in (whole.index(b"\xff\x4f\xff\x51") + 8, whole.index(b"ihdr") + 4):
        struct.pack_into(">II", whole, place, 2**32 - 1, 2**32 - 1)
    return bytes(whole)


def gif() -> bytes:
    return picture("GIF")


def heif(width: int = 40, height: int = 30) -> bytes:
    import pillow_heif

    pixels = np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8)
    file = io.BytesIO()
    pillow_heif.from_pillow(Pillow.fromarray(pixels)).save(file, quality=50)
    return file.getvalue()


def heif_claiming() -> bytes:
    whole = bytearray(heif())
    for box in re.finditer(b"ispe", bytes(whole)):  # of the picture, and of it as it is coded
        struct.pack_into(">II", whole, box.start() + 8, 65_535, 65_535)
    return bytes(whole)


def made(format: str) -> bytes:
    """A good file."""
    return heif() if format == "HEIF" else picture(format)


def in_a_circle() -> bytes:
    """An EXIF block whose directories lead to themselves: the next one, and the one inside."""
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + directory((34665, 4, 1, 8), (274, 3, 1, 1), next=8)


def deep_exif(levels: int) -> bytes:
    """An EXIF block of a directory in a directory in a directory."""
    size = 2 + 12 + 4
    block = b"".join(directory((34665, 4, 1, 8 + size * (level + 1))) for level in range(levels))
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + block + directory((274, 3, 1, 1))


def many_pages(count: int) -> bytes:
    """A TIFF of a long chain of empty pages."""
    size = 2 + 12 + 4
    chain = (directory((256, 4, 1, 8), next=8 + size * (at + 1) if at < count - 1 else 0) for at in range(count))
    return b"II*\0" + struct.pack("<I", 8) + b"".join(chain)


def swelling(kind: bytes, about: bytes) -> bytes:
    return chunk(kind, about + zlib.compress(bytes(SWELLING)))


REFUSED: dict[str, Callable[[], bytes]] = {
    # Nothing, and nothing that is a picture
    "nothing.png": lambda: b"",
    "one byte.jpg": lambda: b"\xff",
    "zeros.jpg": lambda: bytes(5000),
    "magic alone.png": lambda: b"\x89PNG\r\n\x1a\n",
    "words.txt": lambda: b"Dear Sir or Madam,\n" * 50,
    "page.html": lambda: HTML,
    "page.jpg": lambda: HTML,
    "drawing.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "drawing.png": lambda: b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "entities.svg": lambda: b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><svg>&c;</svg>',
    "paper.pdf": lambda: b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF",
    "program.exe": lambda: b"MZ" + bytes(200),
    "program.png": lambda: b"\x7fELF" + bytes(200),
    "shell.jpg": lambda: b"#!/bin/sh\necho no\n",
    "moving.gif": gif,
    "script.gif": lambda: b"GIF89a/*" + bytes(6) + b"*/=1;alert(document.cookie)//",
    "archive.zip": zip_bomb,
    "archive.png": zip_bomb,
    "bomb.gz": lambda: gzip.compress(bytes(SWELLING), 1),
    "pickle.tif": lambda: b"\x80\x04cos\nsystem\n(S'true'\ntR.",
    "picture behind a page.png": lambda: HTML + picture(),
    # Headers that claim what is not there
    "65535.png": huge_header,
    "4294967295.png": lambda: huge_header(2**32 - 1),
    "0.png": lambda: huge_header(0),
    "many pixels.png": lambda: png(24_000, 24_000, 1, bytes(3001 * 24_000)),
    "65535.jpg": lambda: jpeg_claiming(65_535, 65_535),
    "largest canvas.webp": webp_claiming,
    "31 bits.bmp": lambda: bmp_claiming(2**31 - 1, 2**31 - 1),
    "upside down.bmp": lambda: bmp_claiming(100_000, -(2**31)),
    "32 bits.jp2": jpeg2000_claiming,
    "65535.tif": lambda: tiff((256, 4, 1, 65_535), (257, 4, 1, 65_535), (259, 3, 1, 8)),
    "32 bits.tif": lambda: tiff((256, 4, 1, 2**32 - 1), (257, 4, 1, 2**32 - 1)),
    "no pixels.tif": lambda: tiff((256, 4, 1, 0)),
    # Directories that lead astray
    "values far outside.tif": lambda: tiff((273, 4, 2**32 - 1, 8)),
    "circle.tif": lambda: tiff(next=8),
    "nowhere.tif": lambda: tiff(next=2**32 - 1),
    "no directory.tif": lambda: b"II*\0" + bytes(4),
    "promises.tif": lambda: b"II*\0" + struct.pack("<I", 8) + b"\xff\xff",
    "children of themselves.tif": lambda: b"II*\0" + struct.pack("<I", 8) + directory(*[(34665, 4, 1, 8)] * 5000),
    "everything in every tag.tif": lambda: everything_in_every_tag(30_000),
}
"""None of these is kept, whatever it is called; each is answered by a sentence."""

DOUBTFUL: dict[str, Callable[[], bytes]] = {
    **{f"half.{format.lower()}": lambda format=format: made(format)[: len(made(format)) // 2] for format in FORMATS},
    **{f"cut.{format.lower()}": lambda format=format: made(format)[:-7] for format in FORMATS},
    "small header, many pixels.png": lambda: png(16, 16, 8, bytes(SWELLING)),
    "few pixels.png": lambda: png(1000, 1000, 8, b"\0" * 20),
    "swelling text.png": lambda: with_chunks(swelling(b"zTXt", b"workflow\0\0")),
    "many swelling texts.png": lambda: with_chunks(*[swelling(b"iTXt", b"Comment\0\1\0\0\0")] * 12),
    "swelling profile.png": lambda: with_chunks(swelling(b"iCCP", b"icc\0\0")),
    "wrong checksum.png": lambda: picture().replace(b"IDAT", b"IDAT\0", 1),
    "65535.heic": heif_claiming,  # libheif believes the stream, which is small
    "deflate bomb.tif": lambda: _deflated(bytes(SWELLING)),
    "strips elsewhere.tif": lambda: tiff((273, 4, 1, 2**31), (279, 4, 1, 2**31)),
    "many samples.tif": lambda: tiff((277, 3, 1, 65_535)),
    "many bits.tif": lambda: tiff((258, 3, 1, 65_535)),
    "no rows in a strip.tif": lambda: tiff((278, 4, 1, 0)),
    "unknown compression.tif": lambda: tiff((259, 3, 1, 60_000)),
    "many pages.tif": lambda: many_pages(3000),
    "circle in EXIF.jpg": lambda: jpeg_with(0xE1, in_a_circle()),
    "deep EXIF.jpg": lambda: jpeg_with(0xE1, deep_exif(2000)),
    "EXIF that promises.jpg": lambda: jpeg_with(0xE1, b"Exif\0\0II*\0\x08\0\0\0\xff\xff"),
    "circle in EXIF.png": lambda: with_chunks(chunk(b"eXIf", in_a_circle()[6:])),
    "circle in EXIF.tif": lambda: tiff((34665, 4, 1, 8)),
    "profile of nothing.jpg": lambda: jpeg_with(0xE2, b"ICC_PROFILE\0\x01\xff" + bytes(200)),
    "nested XMP.jpg": lambda: jpeg_with(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<a>" * 15_000),
    "workflow of a stranger.png": lambda: with_chunks(chunk(b"iTXt", b"workflow\0\0\0\0\0" + b"[" * 5000)),
}
"""Damaged, or stuffed: a right header may be taken, and then every use is answered by the picture or a sentence."""

HARMLESS: dict[str, tuple[Callable[[], bytes], str]] = {
    "page behind.html": (lambda: picture("JPEG") + HTML, "image/jpeg"),
    "page within.html": (lambda: jpeg_with(0xFE, HTML), "image/jpeg"),
    "archive behind.zip": (lambda: picture() + zip_bomb(), "image/png"),
    "page within.svg": (lambda: with_chunks(chunk(b"tEXt", b"Comment\0" + HTML)), "image/png"),
    "script.js": (lambda: picture("BMP") + b"*/=1;alert(1)", "image/bmp"),
    "wrong.jpg": (picture, "image/png"),
    "program.exe": (lambda: picture("WEBP"), "image/webp"),
    "program.png.sh": (lambda: picture("TIFF"), "image/tiff"),
}
"""Pictures that are something else besides: they are served as the pictures they are."""


def _deflated(content: bytes) -> bytes:
    packed = zlib.compress(content)
    place = 8 + 2 + 9 * 12 + 4 + 64
    return tiff((259, 3, 1, 8), (273, 4, 1, place), (279, 4, 1, len(packed)), behind=packed)


def all_files() -> dict[str, Any]:
    """Every file of the corpus that is refused or doubtful."""
    return {**REFUSED, **DOUBTFUL}
