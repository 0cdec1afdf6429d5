"""HEIC and HEIF in, by pillow-heif (libheif)."""

from __future__ import annotations

from typing import Any

import numpy as np

from nodes.formats.canvas import Canvas
from nodes.formats.decoding import decoding
from nodes.formats.loaded import Loaded, Request, Size
from nodes.formats.metadata import EXIF_HEADER, make_origin, xmp_bytes
from nodes.formats.source import Source

BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
"""Major brands of ISO/IEC 23008-12 that hold HEVC pictures."""


def measure(source: Source, page: int) -> Size:
    """Height and width of the main picture, and the one page there is."""
    del page
    with decoding(source.name):
        width, height = _opened(source).size
    return Size(height, width)


def read(source: Source, request: Request) -> Loaded:
    """The main picture, with 10 and 12 bits kept as 16. libheif has turned it upright already."""
    with decoding(source.name):
        picture = _opened(source)
        info = picture.info
        samples = np.asarray(picture)
        alpha = samples.ndim == 3 and samples.shape[2] in (2, 4)
        canvas = Canvas(samples.shape[0], samples.shape[1], request, alpha=alpha)
        canvas.put(samples)
        origin = make_origin(
            source,
            mode="L" if samples.ndim == 2 or samples.shape[2] < 3 else "RGB",
            bits=samples.dtype.itemsize * 8,
            profile=info.get("icc_profile"),
            exif=_exif(info.get("exif")),
            xmp=xmp_bytes(info),
        )
    return canvas.loaded(origin)


def _opened(source: Source) -> Any:
    import pillow_heif

    return pillow_heif.open_heif(source.data, convert_hdr_to_8bit=False)


def _exif(found: bytes | None) -> bytes | None:
    return found[found.find(EXIF_HEADER) + len(EXIF_HEADER) :] if found and EXIF_HEADER in found[:16] else found
