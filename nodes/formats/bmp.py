"""BMP in and out, by Pillow."""

from __future__ import annotations

from typing import BinaryIO

from nodes.formats.canvas import Canvas
from nodes.formats.decoding import opened
from nodes.formats.loaded import Loaded, Request, Size
from nodes.formats.metadata import make_origin, valid_dpi
from nodes.formats.pillow_pixels import has_alpha, is_grey, picture_from_samples, put_picture
from nodes.formats.samples import Samples
from nodes.formats.source import Source
from nodes.kinds.image import Origin


def measure(source: Source, page: int) -> Size:
    """Height and width from the header alone, and the one page there is."""
    del page
    with opened(source, "BMP") as picture:
        return Size(picture.height, picture.width)


def read(source: Source, request: Request) -> Loaded:
    """The picture."""
    with opened(source, "BMP") as picture:
        canvas = Canvas(picture.height, picture.width, request, alpha=has_alpha(picture))
        mode = "L" if is_grey(picture) else "RGB"
        put_picture(canvas, picture)
        return canvas.loaded(make_origin(source, mode=mode, dpi=valid_dpi(picture.info.get("dpi"))))


def write(file: BinaryIO, samples: Samples, origin: Origin) -> list[str]:
    """Write the file. What a BMP cannot carry is said in the sentences returned."""
    lost: list[str] = []
    if samples.alpha is not None:
        samples = samples.without_alpha()
        lost.append("A BMP has no transparency: it was left out.")
    if samples.profile or origin.exif or origin.xmp or origin.iptc:
        lost.append("A BMP holds no colour profile and no notes: they were left out.")
    picture_from_samples(samples).save(file, "BMP", dpi=origin.dpi or (0, 0))
    return lost
