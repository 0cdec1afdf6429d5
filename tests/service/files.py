"""Files to upload: good ones and hostile ones, small."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from urllib.parse import quote

import numpy as np
from PIL import Image as Pillow


def picture(format: str = "PNG", width: int = 40, height: int = 30, seed: int = 1) -> bytes:
    """A noisy photo."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    file = io.BytesIO()
    Pillow.fromarray(pixels).save(file, format)
    return file.getvalue()


def huge_header(side: int = 65_535) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0" * 100)) + _chunk(b"IEND")
    )


def _chunk(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def zip_bomb() -> bytes:
    """A megabyte of nothing, small."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("photo.png", b"\0" * 2**20)
    return file.getvalue()


HTML = b"<!doctype html><script>alert(1)</script>"

POLYGLOT = picture("JPEG") + HTML
"""A JPEG with a page behind it."""

HOSTILE: dict[str, bytes] = {
    "nothing.png": b"",
    "zeros.jpg": b"\0" * 5000,
    "cut.png": picture("PNG")[:20],
    "cut.jpg": picture("JPEG")[:40],
    "cut.webp": picture("WEBP")[:60],
    "cut.tif": picture("TIFF")[:9],
    "bomb.png": zip_bomb(),
    "page.html": HTML,
    "page.png": HTML,
    "drawing.svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "drawing.jpg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "paper.pdf": b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF",
    "moving.gif": picture("GIF"),
    "shell.jpg": b"#!/bin/sh\necho no\n",
}
"""None of these is kept."""

TRAVERSAL = (
    "..",
    "../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\windows\\win.ini",
    "....//....//etc/passwd",
    "%2e%2e%2fetc%2fpasswd",
    "..%c0%af..%c0%afetc",
    "a\0b",
    "\u202egpj.exe",
    "con",
    "~root",
    "file:///etc/passwd",
)
"""Names that want to lead somewhere else."""

ADDRESSES = [quote(name, safe="") for name in TRAVERSAL if name != ".."]
"""The same as parts of addresses. Clients themselves take `..` out."""
