"""How images are measured, stored, shown and exchanged."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from graph.errors import CacheError
from graph.kinds import Kind, Meta
from nodes.formats import read, write
from nodes.kinds.arrays import backing_file, resident
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.pixels.profile import convert

PREVIEW_QUALITY = 85

Box = tuple[int, int, int, int]
"""Left, top, width, height of a part of a picture, in pixels."""

BLOCKS = ("profile", "exif", "xmp", "iptc")
"""The fields of an Origin that are bytes, which JSON cannot hold."""


class ImageCodec:
    """See graph.kinds.Codec."""

    def size(self, value: Image) -> int:
        return resident(value.pixels)

    def encode(self, value: Image) -> tuple[Meta, Sequence[memoryview]]:
        pixels = np.ascontiguousarray(value.pixels)
        meta = {"shape": list(pixels.shape), "origin": _json_from_origin(value.origin)}
        return meta, [pixels.data.cast("B")]

    def decode(self, meta: Meta, buffers: Sequence[memoryview]) -> Image:
        try:
            pixels = np.frombuffer(buffers[0], np.float32).reshape(meta["shape"])
            return Image(pixels, _origin_from_json(meta["origin"]), checked=True)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise CacheError(f"A stored image cannot be read: {error}.") from error

    def backing(self, value: Image) -> Path | None:
        return backing_file(value.pixels)

    def extent(self, value: Image) -> tuple[int, int]:
        return value.height, value.width

    def shrink(self, value: Image, scale: float) -> Image:
        import cv2

        size = tuple(max(1, round(side * scale)) for side in (value.width, value.height))
        if size == (value.width, value.height):
            return value
        small = cv2.resize(value.pixels, size, interpolation=cv2.INTER_AREA)
        # Weights that sum to one only nearly can leave the range by a rounding error.
        pixels = np.clip(small, 0, 1, out=small).astype(np.float32, copy=False)
        return Image(pixels, value.origin, checked=True)

    def preview(self, value: Image, side: int) -> bytes:
        small = self.shrink(value, min(1.0, side / max(value.height, value.width)))
        shown = Image(convert(small.pixels, value.origin.profile, None))
        return write.encode(shown, format="webp", quality=PREVIEW_QUALITY)

    def tile(self, value: Image, box: Box, side: int) -> bytes:
        part = value.pixels[within(box, value.height, value.width)]
        return self.preview(Image(part, value.origin, checked=True), side)

    def to_bytes(self, value: Image, suffix: str, workflow: str | None, quality: int | None = None) -> bytes:
        format = write.suffix_format(suffix)
        return write.encode(value, format=format, quality=quality or write.QUALITY, workflow=workflow)

    def write(self, value: Image, path: Path, workflow: str | None) -> None:
        write.write(path, value, workflow=workflow)


def within(box: Box, height: int, width: int) -> tuple[slice, slice]:
    """The rows and columns of a picture that lie in a box. ValueError where there are none."""
    left, top = max(0, box[0]), max(0, box[1])
    right, bottom = min(width, box[0] + box[2]), min(height, box[1] + box[3])
    if right <= left or bottom <= top:
        raise ValueError(f"the part {box} lies outside of a picture of {width} × {height} pixels")
    return slice(top, bottom), slice(left, right)


def image_from_mask(mask: Mask) -> Image:
    """The mask as a grey picture, white where it is 1; its values are shared, not copied."""
    pixels = np.broadcast_to(mask.values[..., None], (mask.height, mask.width, 3))
    return Image(pixels, Origin(mode="L"), checked=True)


def _json_from_origin(origin: Origin) -> Meta:
    fields = asdict(origin)
    return {**fields, **{name: b64encode(fields[name]).decode() for name in BLOCKS if fields[name] is not None}}


def _origin_from_json(fields: dict[str, Any]) -> Origin:
    blocks = {name: b64decode(fields[name]) for name in BLOCKS if fields[name] is not None}
    dpi = fields["dpi"] and tuple(fields["dpi"])
    return Origin(**{**fields, **blocks, "dpi": dpi})


KIND = Kind(
    name="image",
    type=Image,
    codec=ImageCodec(),
    colour="#6f9ceb",
    accepts={"mask": image_from_mask},
    reads=read.SUFFIXES,
    writes=tuple(write.SUFFIXES),
)
