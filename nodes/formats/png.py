"""PNG in: every colour type and depth, 16 bits kept."""

from __future__ import annotations

import struct
from typing import Any

from nodes.formats import png_chunks
from nodes.formats.canvas import Canvas
from nodes.formats.captions import PLACES
from nodes.formats.decoding import decoding
from nodes.formats.loaded import Loaded, Request, Size
from nodes.formats.metadata import EXIF_HEADER, INCHES_PER_METRE, iptc_records, make_origin, valid_dpi
from nodes.formats.orientation import exif_orientation, shown_size
from nodes.formats.refusal import damaged
from nodes.formats.source import Source
from nodes.kinds.image import Origin

XMP = "XML:com.adobe.xmp"


def measure(source: Source, page: int) -> Size:
    """Height and width as shown, and the one page there is. Reads the header, and looks for an orientation."""
    del page
    head = png_chunks.header(source.head, source.name)
    with source.stream() as file:
        exif = png_chunks.find(file, b"eXIf")
    return Size(*shown_size(head.height, head.width, exif_orientation(exif)))


def read(source: Source, request: Request) -> Loaded:
    """The picture; an animation's first frame."""
    import imagecodecs

    head = png_chunks.header(source.head, source.name)
    notes = _notes(source)
    with decoding(source.name):
        samples = imagecodecs.png_decode(source.data)
    if samples.shape[:2] != (head.height, head.width):
        raise damaged(source.name)
    alpha = samples.ndim == 3 and samples.shape[2] in (2, 4)
    orientation = exif_orientation(notes.get("exif"))
    canvas = Canvas(head.height, head.width, request, orientation=orientation, alpha=alpha)
    canvas.put(samples)
    return canvas.loaded(_origin(source, head, notes))


def _origin(source: Source, head: png_chunks.Header, notes: dict[str, Any]) -> Origin:
    bits = 16 if head.bits == 16 else 8
    return make_origin(source, mode="L" if head.grey else "RGB", bits=bits, **notes)


def _notes(source: Source) -> dict[str, Any]:
    """Profile, EXIF, XMP, IPTC and dpi. Reads all chunks, so a damaged file is refused here."""
    notes: dict[str, Any] = {}
    has_pixels = False
    for kind, content in png_chunks.chunks(source.data, source.name):
        if kind == b"IDAT":
            has_pixels = True
        elif kind == b"iCCP":
            notes["profile"] = png_chunks.unpacked(bytes(content).partition(b"\0")[2][1:]) or None
        elif kind == b"eXIf":
            notes["exif"] = bytes(content).removeprefix(EXIF_HEADER)
        elif kind == b"pHYs" and len(content) == 9:
            across, down, unit = struct.unpack(">IIB", content)
            notes["dpi"] = valid_dpi((_dpi(across), _dpi(down))) if unit == 1 else None
        elif kind in png_chunks.TEXTS:
            _note_text(notes, *png_chunks.text(kind, content))
    if not has_pixels:
        raise damaged(source.name)
    return notes


def _note_text(notes: dict[str, Any], keyword: str, found: bytes) -> None:
    if keyword == XMP:
        notes["xmp"] = found
    elif keyword == png_chunks.RAW_PROFILE + "iptc":
        block = png_chunks.raw_profile(found)
        notes["iptc"] = iptc_records(block) if block[:4] == b"8BIM" else block
    elif keyword in (png_chunks.RAW_PROFILE + "exif", png_chunks.RAW_PROFILE + "APP1"):
        block = png_chunks.raw_profile(found)
        if block.startswith((EXIF_HEADER, b"II*\0", b"MM\0*")):
            notes.setdefault("exif", block.removeprefix(EXIF_HEADER))
    elif keyword in PLACES:
        notes.setdefault("captions", {})[keyword] = found


def _dpi(per_metre: int) -> float:
    """Whole pixels per metre cannot spell 300 dpi (11811 are 299.9994): a whole number is meant where it fits."""
    exact = per_metre / INCHES_PER_METRE
    return round(exact) if round(round(exact) * INCHES_PER_METRE) == per_metre else exact
