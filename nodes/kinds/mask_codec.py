"""How masks are measured, stored, shown and exchanged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from graph.errors import CacheError
from graph.kinds import Kind, Meta
from nodes.formats.write import QUALITY, SUFFIXES, encode, suffix_format, write
from nodes.kinds.arrays import backing_file, resident
from nodes.kinds.image_codec import PREVIEW_QUALITY, Box, image_from_mask, within
from nodes.kinds.mask import Mask


class MaskCodec:
    """See graph.kinds.Codec. A mask that is the same everywhere is stored as its one value."""

    def size(self, value: Mask) -> int:
        return resident(value.values)

    def encode(self, value: Mask) -> tuple[Meta, Sequence[memoryview]]:
        values = value.values[:1, :1] if _is_constant(value) else value.values
        return {"shape": list(value.values.shape)}, [np.ascontiguousarray(values).data.cast("B")]

    def decode(self, meta: Meta, buffers: Sequence[memoryview]) -> Mask:
        try:
            values = np.frombuffer(buffers[0], np.float32)
            shape = tuple(meta["shape"])
            return Mask(np.broadcast_to(values, shape) if values.size == 1 else values.reshape(shape), checked=True)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise CacheError(f"A stored mask cannot be read: {error}.") from error

    def backing(self, value: Mask) -> Path | None:
        return backing_file(value.values)

    def extent(self, value: Mask) -> tuple[int, int]:
        return value.height, value.width

    def shrink(self, value: Mask, scale: float) -> Mask:
        import cv2

        width, height = (max(1, round(side * scale)) for side in (value.width, value.height))
        if (height, width) == (value.height, value.width):
            return value
        if _is_constant(value):
            return Mask(np.broadcast_to(value.values[0, 0], (height, width)), checked=True)
        small = cv2.resize(value.values, (width, height), interpolation=cv2.INTER_AREA)
        # Weights that sum to one only nearly can leave the range by a rounding error.
        return Mask(np.clip(small, 0, 1, out=small).astype(np.float32, copy=False), checked=True)

    def preview(self, value: Mask, side: int) -> bytes:
        small = self.shrink(value, min(1.0, side / max(value.height, value.width)))
        return encode(image_from_mask(small), format="webp", quality=PREVIEW_QUALITY)

    def tile(self, value: Mask, box: Box, side: int) -> bytes:
        return self.preview(Mask(value.values[within(box, value.height, value.width)], checked=True), side)

    def to_bytes(self, value: Mask, suffix: str, workflow: str | None, quality: int | None = None) -> bytes:
        format = suffix_format(suffix)
        return encode(image_from_mask(value), format=format, quality=quality or QUALITY, workflow=workflow)

    def write(self, value: Mask, path: Path, workflow: str | None) -> None:
        write(path, image_from_mask(value), workflow=workflow)


def _is_constant(mask: Mask) -> bool:
    """Whether it was made by broadcasting one value, which its strides tell without reading it."""
    return mask.values.strides == (0, 0)


KIND = Kind(name="mask", type=Mask, codec=MaskCodec(), colour="#e0e0e0", writes=tuple(SUFFIXES))
