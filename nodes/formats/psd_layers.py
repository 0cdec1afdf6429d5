"""Layers as Photoshop keeps them (Adobe Photoshop File Formats Specification, "Layer and Mask Information").

Big-endian throughout, and written as they are made: one strip of one layer is all that memory holds. Channels follow
one another in the file, but all of a strip's are made together, so each is packed into a file of its own first.
"""

from __future__ import annotations

import shutil
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from graph.errors import StepError
from nodes.formats.samples import Samples
from nodes.formats.tiff_write import LIMIT
from nodes.kinds.mask import Mask
from nodes.pixels.ordered import WORKERS

SIGNATURE, NORMAL = b"8BIM", b"norm"
KEYS = {8: b"Layr", 16: b"Lr16"}
"""Of the block that holds the layers, by their bits."""

TRANSPARENCY, MASK = -1, -2
"""Numbers of the channels besides the colours."""

ZIP_PREDICTED = 3
"""A compression: zlib over each sample's difference from the one to its left."""

LEVEL = 1
"""Of zlib: on noisy scans the higher ones take longer for nothing."""

OPAQUE, ITS_OWN, PLAIN = 255, 0, 0
"""A layer's opacity, its clipping (by no other layer), and its flags: visible, not protected."""

LONGEST_SIDE = 30_000
"""Pixels; what Photoshop's 32-bit documents allow."""

MOST = 0.5
"""A stage that changed a larger share of the photo than this was meant for all of it. Its layer covers all, lest its
mask be full of holes where a pixel happened to stay as it was."""

LONGEST_NAME = 60
"""Characters of a layer's name; the older of its two spellings has at most 255 bytes."""


@dataclass(frozen=True)
class Layer:
    """One layer of a stack, of which the lowest covers everything."""

    name: str
    open: Callable[[], Samples]
    """The whole photo after this stage; called once, when the layer's turn has come."""
    mask: Callable[[], Mask | None]
    """Where the stage was to work, if that is known; it need not have changed all of it."""


def write(file: BinaryIO, layers: Sequence[Layer], height: int, width: int, bits: int, colours: int) -> None:
    """Write the block of layers, lowest first. A layer shows where its stage differs from the one below.

    So each can be hidden or painted away by its mask, and all together are the last stage, to the bit.
    """
    file.write(SIGNATURE + KEYS[bits] + bytes(4))
    start = file.tell()
    lengths = [[0] * _channels(number, colours) for number, _ in enumerate(layers)]
    file.write(_records(layers, lengths, height, width, colours))
    below: Samples | None = None
    for number, layer in enumerate(layers):
        samples = layer.open()
        lengths[number] = _write_channels(file, _Stage(samples, below, layer.mask(), colours), len(lengths[number]))
        below = samples
        if file.tell() > LIMIT:
            raise StepError("A TIFF is at most 4 GB, these layers need more.", "Make the photo smaller first.")
    end = file.tell()
    file.seek(start - 4)
    file.write(struct.pack(">I", end - start) + _records(layers, lengths, height, width, colours))
    file.seek(end)
    file.write(bytes(-(end - start) % 4))
    # The colour that masks are shown in belongs to every such block: half-transparent red.
    file.write(SIGNATURE + b"LMsk" + struct.pack(">IhHHHHHBx2x", 14, 0, 0xFFFF, 0, 0, 0, 50, 128))


def _channels(number: int, colours: int) -> int:
    """The lowest layer has nothing below it that could show through."""
    return colours if number == 0 else colours + 2


def _records(layers: Sequence[Layer], lengths: Sequence[Sequence[int]], height: int, width: int, colours: int) -> bytes:
    records = [
        _record(layer.name[:LONGEST_NAME], sizes, struct.pack(">4i", 0, 0, height, width), colours)
        for layer, sizes in zip(layers, lengths, strict=True)
    ]
    return struct.pack(">h", len(layers)) + b"".join(records)


def _record(name: str, sizes: Sequence[int], rectangle: bytes, colours: int) -> bytes:
    covering = len(sizes) == colours
    ids = [*range(colours)] if covering else [TRANSPARENCY, *range(colours), MASK]
    channels = b"".join([struct.pack(">hI", id, size) for id, size in zip(ids, sizes, strict=True)])
    mask = struct.pack(">I", 0) if covering else struct.pack(">I", 20) + rectangle + bytes(4)
    plain, wide = name.encode("ascii", "replace"), name.encode("utf-16-be")
    spelt = bytes([len(plain)]) + plain
    spelt += bytes(-len(spelt) % 4)
    unicode = struct.pack(">I", len(wide) // 2) + wide
    unicode += bytes(-len(unicode) % 4)
    extra = mask + bytes(4) + spelt + SIGNATURE + b"luni" + struct.pack(">I", len(unicode)) + unicode
    look = SIGNATURE + NORMAL + struct.pack(">BBBx", OPAQUE, ITS_OWN, PLAIN)
    return rectangle + struct.pack(">H", len(ids)) + channels + look + struct.pack(">I", len(extra)) + extra


@dataclass(frozen=True)
class _Stage:
    """What one layer's channels are made of."""

    samples: Samples
    below: Samples | None
    marked: Mask | None
    colours: int

    def strips(self) -> Iterator[list[Any]]:
        """Rows of every channel in the order of the record: transparency, colours, mask."""
        everywhere = self.below is not None and self._changed(self.below) > MOST
        for start, stop in self.samples.strips():
            rows = self.samples.rows(start, stop)
            planes = [rows[..., number] for number in range(self.colours)]
            if self.below is None:
                yield planes
                continue
            changed = everywhere | np.any(rows != self.below.rows(start, stop), axis=2)
            full = np.iinfo(rows.dtype).max
            shown = changed * rows.dtype.type(full)
            mask = shown
            if self.marked is not None:
                mask = np.maximum(shown, np.rint(self.marked.values[start:stop] * full).astype(rows.dtype))
            # What lies under transparency is never seen, and zeros take no room.
            yield [shown, *(plane * changed for plane in planes), mask]

    def _changed(self, below: Samples) -> float:
        """The share of pixels that are not as they were, told by every eighth row."""
        rows = range(0, self.samples.height, 8)
        found = [np.any(self.samples.rows(at, at + 1) != below.rows(at, at + 1), axis=2).mean() for at in rows]
        return float(np.mean(found))


def _write_channels(file: BinaryIO, stage: _Stage, count: int) -> list[int]:
    """Append the layer's channels; returns how long each became."""
    with ExitStack() as stack, ThreadPoolExecutor(WORKERS) as pool:
        parts = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(count)]
        packers = [zlib.compressobj(LEVEL) for _ in parts]

        def add(part: BinaryIO, packer: Any, plane: Any) -> None:
            part.write(packer.compress(_differences(plane)))

        for planes in stage.strips():
            list(pool.map(add, parts, packers, planes))
        lengths: list[int] = []
        for part, packer in zip(parts, packers, strict=True):
            part.write(packer.flush())
            lengths.append(2 + part.tell())
            part.seek(0)
            file.write(struct.pack(">H", ZIP_PREDICTED))
            shutil.copyfileobj(part, file)
    return lengths


def _differences(plane: Any) -> bytes:
    rows = plane.copy()
    rows[:, 1:] -= plane[:, :-1]
    return rows.astype(plane.dtype.newbyteorder(">")).tobytes()
