"""The eight ways a camera or scanner can have held the picture: EXIF 2.32, tag 0x0112, also a TIFF tag.

It is applied while decoding and then set to 1 wherever the file noted it, so that nobody applies it again.
"""

from __future__ import annotations

import re
import struct

import numpy as np
from numpy.typing import NDArray

TAG = 0x0112
SHORT = 3
SWAPPED = (5, 6, 7, 8)
"""Orientations that lie on their side."""

FLIPS = {2: (1, -1), 3: (-1, -1), 4: (-1, 1), 6: (-1, 1), 7: (-1, -1), 8: (1, -1)}
"""Steps along rows and columns, after the axes of those on their side were swapped."""

XMP_ORIENTATION = re.compile(rb"""(tiff:Orientation\s*(?:=\s*["']|>\s*))[2-8]""")


def shown_size(height: int, width: int, orientation: int) -> tuple[int, int]:
    return (width, height) if orientation in SWAPPED else (height, width)


def stored_view(shown: NDArray[np.float32], orientation: int) -> NDArray[np.float32]:
    """A view of the shown picture in which rows and columns run as they stand in the file."""
    turned = shown.swapaxes(0, 1) if orientation in SWAPPED else shown
    rows, columns = FLIPS.get(orientation, (1, 1))
    return turned[::rows, ::columns]


def exif_orientation(exif: bytes | None) -> int:
    """The orientation 1..8 that an EXIF block (from its TIFF header on) notes; 1 where it notes none."""
    at = _entry(exif) if exif else None
    if exif is None or at is None:
        return 1
    value = struct.unpack_from(_order(exif) + "H", exif, at)[0]
    return value if 1 <= value <= 8 else 1


def upright_exif(exif: bytes | None) -> bytes | None:
    """The block with its orientation set to 1 and all else, maker notes too, byte for byte as it was."""
    at = _entry(exif) if exif else None
    if exif is None or at is None:
        return exif
    return exif[:at] + struct.pack(_order(exif) + "H", 1) + exif[at + 2 :]


def upright_xmp(xmp: bytes | None) -> bytes | None:
    """The packet with its `tiff:Orientation` set to 1."""
    return XMP_ORIENTATION.sub(rb"\g<1>1", xmp) if xmp else xmp


def _order(exif: bytes) -> str:
    return ">" if exif[:2] == b"MM" else "<"


def _entry(exif: bytes) -> int | None:
    """Where the value of the first directory's orientation stands."""
    order = _order(exif)
    try:
        start = struct.unpack_from(order + "I", exif, 4)[0]
        count = struct.unpack_from(order + "H", exif, start)[0]
        for entry in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind = struct.unpack_from(order + "HH", exif, entry)
            if tag == TAG and kind == SHORT:
                struct.unpack_from(order + "H", exif, entry + 8)
                return entry + 8
    except struct.error:
        # A directory that runs out of its block: other programs skip such EXIF as well.
        return None
    return None
