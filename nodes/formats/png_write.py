"""PNG out: filtered and deflated strip by strip on several threads, in constant memory.

A PNG's pixels are one zlib stream, but deflate can be made in pieces: each strip is compressed on its own and ended
with a full flush, the last one with the stream's end (RFC 1951; pigz does the same). It is several times as fast as
libpng at the same size, because photos are mostly noise: for those strips Huffman coding alone, without a search for
repetitions, is both the fastest and the smallest.
"""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.formats.metadata import INCHES_PER_METRE, iptc_resource
from nodes.formats.png import XMP
from nodes.formats.png_chunks import MAGIC, chunk, raw_profile_chunk, text_chunk
from nodes.formats.samples import Samples
from nodes.kinds.image import Origin
from nodes.pixels.ordered import in_order

Bytes = NDArray[np.uint8]

COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
"""By number of channels: grey, grey and alpha, RGB, RGB and alpha."""

SUB, UP, AVERAGE = 1, 2, 3
"""PNG's filters by number. Paeth is left out: it costs as much as all else and gains 1 % at best."""

ZLIB_HEADER = b"\x78\x01"
WINDOW, MEMORY = -15, 9
"""Raw deflate with its largest window; memLevel 9 gives the longest blocks."""

SEARCHING = 2
"""The zlib level for strips with repetitions: level 3 takes half as long again for 4 %."""

PROBE = 8
"""One part in eight of a strip tells which way it compresses better."""


class Strip(NamedTuple):
    """A strip filtered, and the same compressed."""

    filtered: Bytes
    packed: bytes


def write(file: BinaryIO, samples: Samples, origin: Origin, workflow: str | None) -> list[str]:
    """Write the file; nothing of the origin is lost in a PNG."""
    bits, colour = samples.bits, COLOUR_TYPES[samples.channels]
    file.write(MAGIC)
    file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", samples.width, samples.height, bits, colour, 0, 0, 0)))
    file.writelines(_notes(samples, origin, workflow))
    checksum, head = 1, ZLIB_HEADER
    for strip in in_order(lambda rows: _strip(samples, *rows), samples.strips()):
        checksum = zlib.adler32(strip.filtered.data, checksum)
        file.write(chunk(b"IDAT", head, strip.packed))
        head = b""
    # The stream's checksum, known only now, may stand in a chunk of its own.
    file.write(chunk(b"IDAT", struct.pack(">I", checksum)))
    file.write(chunk(b"IEND"))
    return []


def _notes(samples: Samples, origin: Origin, workflow: str | None) -> list[bytes]:
    parts: list[bytes] = []
    if samples.profile:
        parts.append(chunk(b"iCCP", b"ICC Profile\0\0", zlib.compress(samples.profile)))
    if origin.dpi:
        across, down = (round(value * INCHES_PER_METRE) for value in origin.dpi)
        parts.append(chunk(b"pHYs", struct.pack(">IIB", across, down, 1)))
    if origin.exif:
        parts.append(chunk(b"eXIf", origin.exif))
    if origin.xmp:
        parts.append(text_chunk(XMP, origin.xmp))
    if origin.iptc:
        parts.append(raw_profile_chunk("iptc", iptc_resource(origin.iptc)))
    if workflow is not None:
        parts.append(text_chunk("workflow", workflow.encode()))
    return parts


def _strip(samples: Samples, start: int, stop: int) -> Strip:
    """One strip, filtered with the help of the row above it."""
    first = max(0, start - 1)
    rows = samples.rows(first, stop)
    if samples.bits == 16:
        rows = rows.astype(">u2")
    lines = rows.view(np.uint8).reshape(stop - first, samples.row_bytes)
    above = lines[:-1] if start else np.vstack([np.zeros_like(lines[:1]), lines[:-1]])
    filtered = _filtered(lines[start - first :], above, samples.row_bytes // samples.width)
    return Strip(filtered, _packed(filtered, last=stop == samples.height))


def _filtered(lines: Bytes, above: Bytes, pixel: int) -> Bytes:
    """Each line as differences by the filter whose absolute sum is least (PNG, section 12.7), behind its number."""
    left = np.zeros_like(lines)
    left[:, pixel:] = lines[:, :-pixel]
    differences = {
        SUB: lines - left,
        UP: lines - above,
        # The floor of the mean, without leaving 8 bits.
        AVERAGE: lines - ((left & above) + ((left ^ above) >> 1)),
    }
    best = np.argmin([_cost(each) for each in differences.values()], axis=0)
    out = np.empty((lines.shape[0], lines.shape[1] + 1), np.uint8)
    for index, (number, each) in enumerate(differences.items()):
        chosen = best == index
        out[chosen, 0] = number
        out[chosen, 1:] = each[chosen]
    return out


def _cost(differences: Bytes) -> NDArray[np.uint64]:
    """The sum of each line's differences taken as signed."""
    return np.minimum(differences, 0 - differences).sum(axis=1, dtype=np.uint64)


def _packed(filtered: Bytes, last: bool) -> bytes:
    flat = filtered.reshape(-1)
    length = len(flat) // PROBE
    probe = flat[len(flat) // 2 :][:length]
    noisy = len(_deflated(probe, 1, zlib.Z_HUFFMAN_ONLY)) < len(_deflated(probe, SEARCHING, zlib.Z_FILTERED))
    end = zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH
    return _deflated(flat, 1, zlib.Z_HUFFMAN_ONLY, end) if noisy else _deflated(flat, SEARCHING, zlib.Z_FILTERED, end)


def _deflated(flat: Bytes, level: int, strategy: int, end: int = zlib.Z_FINISH) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, WINDOW, MEMORY, strategy)
    return packer.compress(flat.data) + packer.flush(end)
