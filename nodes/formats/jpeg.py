"""JPEG in and out, by Pillow (libjpeg-turbo)."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from typing import Any, BinaryIO

from PIL import Image as Pillow

from graph.errors import StepError
from nodes.formats import jpeg_segments as parts
from nodes.formats.canvas import Canvas
from nodes.formats.decoding import opened
from nodes.formats.loaded import Loaded, Request, Size
from nodes.formats.metadata import EXIF_HEADER, IPTC_RESOURCE, iptc_resource, make_origin, valid_dpi, xmp_bytes
from nodes.formats.orientation import exif_orientation, shown_size
from nodes.formats.pillow_pixels import is_grey, picture_from_samples, put_picture
from nodes.formats.refusal import damaged
from nodes.formats.samples import Samples
from nodes.formats.source import Source
from nodes.kinds.image import Origin

LONGEST_SIDE = 65500
"""What libjpeg accepts; the format itself ends at 65535."""

UNSUBSAMPLED_FROM = 90
"""From this quality on colour keeps its full resolution: below it halving saves a quarter of the file unseen."""


def measure(source: Source, page: int) -> Size:
    """Height and width from the header alone, as shown, and the one page there is."""
    del page
    with opened(source, "JPEG") as picture:
        orientation = exif_orientation(_exif(picture.info))
        return Size(*shown_size(picture.height, picture.width, orientation))


def read(source: Source, request: Request) -> Loaded:
    """The picture, to the pixel as Pillow gives it; of a multi-picture file the first."""
    if not parts.is_complete(source.data):
        raise damaged(source.name)
    with opened(source, "JPEG") as picture:
        info = picture.info
        request = _drafted(picture, request)
        canvas = Canvas(picture.height, picture.width, request, orientation=exif_orientation(_exif(info)))
        put_picture(canvas, picture, info.get("icc_profile"))
        return canvas.loaded(_origin(source, picture, info))


def _drafted(picture: Pillow.Image, request: Request) -> Request:
    """Let the decoder itself make the picture smaller, as far as it can; the request for what is left to do."""
    factor = max(factor for factor in (1, 2, 4, 8) if factor <= request.shrink)
    if factor > 1:
        picture.draft(None, (max(1, picture.width // factor), max(1, picture.height // factor)))
    return replace(request, shrink=request.shrink // factor)


def _exif(info: dict[Any, Any]) -> bytes | None:
    return info["exif"].removeprefix(EXIF_HEADER) if "exif" in info else None


def _origin(source: Source, picture: Pillow.Image, info: dict[Any, Any]) -> Origin:
    resources = info.get("photoshop")
    return make_origin(
        source,
        mode="L" if is_grey(picture) else "RGB",
        profile=info.get("icc_profile"),
        exif=_exif(info),
        xmp=xmp_bytes(info),
        iptc=resources.get(IPTC_RESOURCE) if isinstance(resources, dict) else None,
        dpi=valid_dpi(info.get("dpi")),
        captions={"Comment": info.get("comment", b"")},
    )


def write(file: BinaryIO, samples: Samples, origin: Origin, workflow: str | None, quality: int) -> list[str]:
    """Write the file. What a JPEG cannot carry is said in the sentences returned."""
    if max(samples.height, samples.width) > LONGEST_SIDE:
        remedy = "Save it as PNG or TIFF."
        raise StepError(f"A JPEG is at most {LONGEST_SIDE} pixels wide and high, this picture is larger.", remedy)
    lost: list[str] = []
    if samples.alpha is not None:
        samples = samples.without_alpha()
        lost.append("A JPEG has no transparency: it was left out.")
    encoded = io.BytesIO()
    subsampling = 0 if quality >= UNSUBSAMPLED_FROM else 2
    picture_from_samples(samples).save(encoded, "JPEG", quality=quality, subsampling=subsampling)
    data = encoded.getbuffer()
    behind = _behind_header(data)
    file.write(data[:2])
    file.write(parts.segment(parts.APP0, _jfif(origin)))
    file.writelines(_segments(samples, origin, workflow, lost))
    file.write(data[behind:])
    return lost


def _behind_header(data: memoryview) -> int:
    """Where Pillow's own JFIF segment ends."""
    return 4 + int.from_bytes(data[4:6], "big") if data[3] == parts.APP0 else 2


def _jfif(origin: Origin) -> bytes:
    """Version 1.01, dots per inch or nothing but square pixels, no thumbnail."""
    unit, (across, down) = (1, origin.dpi) if origin.dpi else (0, (1, 1))
    return struct.pack(">5s2BB2H2B", b"JFIF\0", 1, 1, unit, *(min(65535, round(n)) for n in (across, down)), 0, 0)


def _segments(samples: Samples, origin: Origin, workflow: str | None, lost: list[str]) -> list[bytes]:
    """What stands before the picture, in the order in which readers expect it."""
    found: list[bytes] = []
    single = {
        "EXIF notes": (parts.APP1, EXIF_HEADER + origin.exif if origin.exif else b""),
        "XMP notes": (parts.APP1, parts.XMP + origin.xmp if origin.xmp else b""),
        "IPTC notes": (parts.APP13, parts.RESOURCES + iptc_resource(origin.iptc) if origin.iptc else b""),
    }
    for name, (marker, content) in single.items():
        if len(content) > parts.LONGEST:
            lost.append(f"The {name} are too long for a JPEG: they were left out. A PNG or TIFF keeps them.")
        elif content:
            found.append(parts.segment(marker, content))
    if samples.profile:
        found += parts.split(parts.APP2, parts.PROFILE, samples.profile, ">BB")
    if workflow is not None:
        found += parts.split(parts.APP10, parts.WORKFLOW, workflow.encode(), ">HH")
    return found
