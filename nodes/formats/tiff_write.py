"""TIFF out: deflated strips with the horizontal predictor, written as they are made; tags last."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from fractions import Fraction
from typing import BinaryIO

from graph.errors import StepError
from nodes.formats import tiff_tags
from nodes.formats.ifd import BYTE, LONG, RATIONAL, SHORT, UNDEFINED, Reader, Tag, Tags, packed, reordered
from nodes.formats.samples import Samples
from nodes.kinds.image import Origin
from nodes.pixels.ordered import in_order

DEFLATE, HORIZONTAL, INCHES, UNASSOCIATED = 8, 2, 2, 2
GREY, RGB = 1, 2
"""Photometric interpretations."""

LEVEL = 1
"""Of libdeflate: on noisy scans the higher ones take longer for nothing."""

LIMIT = 2**32 - 2**24
"""A TIFF's places are 32-bit numbers; some room is left for its tags."""

NO_UNIT = 1
"""Baseline TIFF requires a resolution; for an unknown one this makes it mean nothing but square pixels."""


More = Callable[[BinaryIO], Tags]
"""Writes what else a file shall hold behind its picture, and returns the tags that tell of it, both big-endian."""


def write(
    file: BinaryIO, samples: Samples, origin: Origin, workflow: str | None, more: More | None = None
) -> list[str]:
    """Write the file; nothing of the origin is lost in a TIFF."""
    words, order = _words(origin)
    if more:
        words, order = reordered(words, order, ">"), ">"
    file.write({"<": b"II*\0", ">": b"MM\0*"}[order] + bytes(4))
    places: list[int] = []
    sizes: list[int] = []
    rows = 0
    for strip in in_order(lambda span: (span, _packed(samples, *span, order)), samples.strips()):
        (start, stop), data = strip
        rows = rows or stop - start
        places.append(file.tell())
        sizes.append(len(data))
        if places[-1] + len(data) > LIMIT:
            raise StepError("A TIFF is at most 4 GB, this picture needs more.", "Make it smaller, or save 8 bits.")
        file.write(data + bytes(len(data) % 2))
    tags = {**words, **_layout(samples, rows, places, sizes, order), **_notes(samples, origin, workflow, order)}
    if more:
        tags |= more(file)
    at = file.tell()
    file.write(packed(tags, order, at))
    file.seek(4)
    file.write(struct.pack(order + "I", at))
    return []


def _words(origin: Origin) -> tuple[Tags, str]:
    """The descriptive tags of the EXIF block, as they are, and their byte order, which the whole file follows."""
    if not origin.exif:
        return {}, "<"
    try:
        reader = Reader(io.BytesIO(origin.exif), "EXIF")
        tags, _ = reader.directory(reader.first)
    except (StepError, struct.error):
        # An EXIF block that other programs cannot read either.
        return {}, "<"
    return {number: tags[number] for number in tiff_tags.WORDS if number in tags}, reader.order


def _packed(samples: Samples, start: int, stop: int, order: str) -> bytes:
    import imagecodecs

    rows = samples.rows(start, stop)
    # TIFF 6.0, section 14: each sample as its difference from the one to its left.
    rows[:, 1:] -= rows[:, :-1].copy()
    stored = rows.astype(f"{order}u{rows.itemsize}", copy=False)
    return bytes(imagecodecs.deflate_encode(stored.tobytes(), LEVEL))


def _layout(samples: Samples, rows: int, places: list[int], sizes: list[int], order: str) -> Tags:
    def shorts(*values: int) -> Tag:
        return Tag(SHORT, len(values), struct.pack(f"{order}{len(values)}H", *values))

    def longs(*values: int) -> Tag:
        return Tag(LONG, len(values), struct.pack(f"{order}{len(values)}I", *values))

    tags: Tags = {
        256: longs(samples.width),
        257: longs(samples.height),
        258: shorts(*[samples.bits] * samples.channels),
        259: shorts(DEFLATE),
        262: shorts(GREY if samples.grey else RGB),
        273: longs(*places),
        274: shorts(1),
        277: shorts(samples.channels),
        278: longs(rows),
        279: longs(*sizes),
        284: shorts(1),
        317: shorts(HORIZONTAL),
    }
    return {**tags, 338: shorts(UNASSOCIATED)} if samples.alpha is not None else tags


def _notes(samples: Samples, origin: Origin, workflow: str | None, order: str) -> Tags:
    across, down = (Fraction(value).limit_denominator(1000) for value in origin.dpi or (1, 1))
    found: Tags = {
        tiff_tags.ACROSS: Tag(RATIONAL, 1, struct.pack(order + "2I", across.numerator, across.denominator)),
        tiff_tags.DOWN: Tag(RATIONAL, 1, struct.pack(order + "2I", down.numerator, down.denominator)),
        tiff_tags.UNIT: Tag(SHORT, 1, struct.pack(order + "H", INCHES if origin.dpi else NO_UNIT)),
    }
    blocks = {
        tiff_tags.XMP: (BYTE, origin.xmp),
        tiff_tags.IPTC: (UNDEFINED, origin.iptc),
        tiff_tags.PROFILE: (UNDEFINED, samples.profile),
        tiff_tags.WORKFLOW: (BYTE, None if workflow is None else workflow.encode()),
    }
    return {**found, **{number: Tag(kind, len(data), data) for number, (kind, data) in blocks.items() if data}}
