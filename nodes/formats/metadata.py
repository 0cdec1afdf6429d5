"""What a file says besides its pixels: gathered into an Origin, and handed to the writers."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from nodes.formats.captions import with_captions
from nodes.formats.orientation import upright_exif, upright_xmp
from nodes.formats.source import Source
from nodes.kinds.image import Mode, Origin

EXIF_HEADER = b"Exif\0\0"
IPTC_RESOURCE = 0x0404
"""The 8BIM resource that holds IPTC-IIM records (Adobe Photoshop File Formats, "Image Resource IDs")."""

NO_CAPTIONS: Mapping[str, bytes] = MappingProxyType({})

INCHES_PER_METRE = 1 / 0.0254
INCHES_PER_CENTIMETRE = 1 / 2.54

SIGNATURES = {"L": b"GRAY", "RGB": b"RGB "}
"""Which colour space a profile's header must name (ICC.1:2022, 7.2.6) for pixels of a mode."""


def make_origin(
    source: Source,
    *,
    mode: Mode,
    bits: int = 8,
    profile: bytes | None = None,
    exif: bytes | None = None,
    xmp: bytes | None = None,
    iptc: bytes | None = None,
    dpi: tuple[float, float] | None = None,
    captions: Mapping[str, bytes] = NO_CAPTIONS,
) -> Origin:
    """The Origin of a picture that has been turned upright: nothing in it asks for another turn."""
    exif = exif.removeprefix(EXIF_HEADER) if exif else None
    return Origin(
        mode=mode,
        bits=bits,
        profile=usable_profile(profile),
        exif=with_captions(upright_exif(without_thumbnail(exif)), captions) or None,
        xmp=upright_xmp(xmp) or None,
        iptc=iptc or None,
        dpi=dpi,
        sha256=source.sha256(),
    )


def usable_profile(profile: bytes | None) -> bytes | None:
    """The profile unless it belongs to pixels that no longer are: those of CMYK and Lab files become sRGB."""
    return profile if profile and profile[16:20] in SIGNATURES.values() else None


def without_thumbnail(exif: bytes | None) -> bytes | None:
    """The block without its second directory: a thumbnail would go on showing the photo before its restoration."""
    if not exif:
        return exif
    order = ">" if exif[:2] == b"MM" else "<"
    try:
        start = struct.unpack_from(order + "I", exif, 4)[0]
        end = start + 2 + 12 * struct.unpack_from(order + "H", exif, start)[0]
        struct.unpack_from("4x", exif, end)
    except struct.error:
        return exif
    return exif[:end] + bytes(4) + exif[end + 4 :]


def valid_dpi(pair: Any) -> tuple[float, float] | None:
    """Two plausible numbers as dpi, or None."""
    try:
        across, down = float(pair[0]), float(pair[1])
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        return None
    return (across, down) if 0 < across < 1e6 and 0 < down < 1e6 else None


def iptc_records(resources: bytes) -> bytes | None:
    """The IPTC records among Photoshop's image resources; each is 8BIM, id, padded name, size, padded data."""
    at = 0
    while resources[at : at + 4] == b"8BIM" and at + 12 <= len(resources):
        number = int.from_bytes(resources[at + 4 : at + 6], "big")
        name = resources[at + 6] + 1
        at += 6 + name + name % 2
        size = int.from_bytes(resources[at : at + 4], "big")
        if number == IPTC_RESOURCE:
            return resources[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
    return None


def iptc_resource(records: bytes) -> bytes:
    """The records as the one image resource that other programs look for."""
    return struct.pack(">4sHHI", b"8BIM", IPTC_RESOURCE, 0, len(records)) + records + bytes(len(records) % 2)


def xmp_bytes(info: Mapping[Any, Any]) -> bytes | None:
    """The XMP packet among Pillow's notes on a file."""
    found = info.get("xmp")
    return found.encode() if isinstance(found, str) else found
