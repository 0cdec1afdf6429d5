"""WebP in and out, by Pillow (libwebp)."""

from __future__ import annotations

from typing import BinaryIO

from graph.errors import StepError
from nodes.formats.canvas import Canvas
from nodes.formats.decoding import opened
from nodes.formats.loaded import Loaded, Request, Size
from nodes.formats.metadata import EXIF_HEADER, make_origin, xmp_bytes
from nodes.formats.orientation import exif_orientation, shown_size
from nodes.formats.pillow_pixels import has_alpha, picture_from_samples, put_picture
from nodes.formats.refusal import damaged
from nodes.formats.samples import Samples
from nodes.formats.source import Source
from nodes.kinds.image import Origin

LONGEST_SIDE = 16383
"""Sizes are 14-bit numbers."""

LOSSLESS = 100
"""The quality at which nothing may be lost."""


def measure(source: Source, page: int) -> Size:
    """Height and width from the header alone, as shown, and the one page there is."""
    del page
    _refuse_cut(source)
    with opened(source, "WEBP") as picture:
        return Size(*shown_size(picture.height, picture.width, exif_orientation(_exif(picture.info.get("exif")))))


def read(source: Source, request: Request) -> Loaded:
    """The picture; an animation's first."""
    with opened(source, "WEBP") as picture:
        info = picture.info
        exif = _exif(info.get("exif"))
        canvas = Canvas(
            picture.height,
            picture.width,
            request,
            orientation=exif_orientation(exif),
            alpha=has_alpha(picture),
        )
        put_picture(canvas, picture)
        profile = info.get("icc_profile")
        return canvas.loaded(make_origin(source, mode="RGB", profile=profile, exif=exif, xmp=xmp_bytes(info)))


def _exif(found: bytes | None) -> bytes | None:
    return found.removeprefix(EXIF_HEADER) if found else None


def _refuse_cut(source: Source) -> None:
    """The container says how long it is; Pillow would take what a cut animation still holds."""
    if source.length < 8 + int.from_bytes(source.head[4:8], "little"):
        raise damaged(source.name)


def write(file: BinaryIO, samples: Samples, origin: Origin, quality: int) -> list[str]:
    """Write the file. What a WebP cannot carry is said in the sentences returned."""
    if max(samples.height, samples.width) > LONGEST_SIDE:
        remedy = "Save it as PNG, JPEG or TIFF."
        raise StepError(f"A WebP is at most {LONGEST_SIDE} pixels wide and high, this picture is larger.", remedy)
    picture = picture_from_samples(samples)
    picture.convert("RGBA" if samples.alpha else "RGB").save(
        file,
        "WEBP",
        quality=quality,
        lossless=quality == LOSSLESS,
        exact=True,
        icc_profile=samples.profile or b"",
        exif=EXIF_HEADER + origin.exif if origin.exif else b"",
        xmp=origin.xmp or b"",
    )
    return ["A WebP has no place for IPTC notes: they were left out."] if origin.iptc else []
