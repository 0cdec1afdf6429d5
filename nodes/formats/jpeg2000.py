"""JPEG 2000 in, by OpenJPEG: Pillow knows its colours, imagecodecs its 16 bits."""

from __future__ import annotations

import numpy as np
from PIL import Image as Pillow

from nodes.formats.canvas import Canvas
from nodes.formats.decoding import opened
from nodes.formats.loaded import Loaded, Request, Size
from nodes.formats.metadata import make_origin, valid_dpi
from nodes.formats.pillow_pixels import has_alpha, is_grey, put_picture
from nodes.formats.source import Source

CODESTREAM = b"\xff\x4f\xff\x51"
"""SOC and SIZ, with which ITU-T T.800 lets every codestream begin."""

DEPTH_AT = 42
"""Bytes from there to the depth of the first component, kept as one less."""


def measure(source: Source, page: int) -> Size:
    """Height and width from the header alone, and the one page there is."""
    del page
    with opened(source, "JPEG2000") as picture:
        return Size(picture.height, picture.width)


def read(source: Source, request: Request) -> Loaded:
    """The picture; more than 8 bits come as 16."""
    depth = _depth(source.data)
    with opened(source, "JPEG2000") as picture:
        canvas = Canvas(picture.height, picture.width, request, alpha=has_alpha(picture))
        mode = "L" if is_grey(picture) else "RGB"
        if depth > 8:
            _put_deep(canvas, source, depth, picture)
        else:
            put_picture(canvas, picture)
        profile, dpi = picture.info.get("icc_profile"), valid_dpi(picture.info.get("dpi"))
        return canvas.loaded(make_origin(source, mode=mode, bits=16 if depth > 8 else 8, profile=profile, dpi=dpi))


def _depth(data: bytes) -> int:
    at = data.find(CODESTREAM)
    return (data[at + DEPTH_AT] & 0x7F) + 1 if 0 <= at < len(data) - DEPTH_AT else 8


def _put_deep(canvas: Canvas, source: Source, depth: int, picture: Pillow.Image) -> None:
    import imagecodecs

    samples = imagecodecs.jpeg2k_decode(source.data)
    if samples.shape[:2] != (picture.height, picture.width):
        raise ValueError("the decoded picture has another size than its header says")
    canvas.put(samples if depth == 16 else (samples / np.float32(2**depth - 1)).astype(np.float32))
