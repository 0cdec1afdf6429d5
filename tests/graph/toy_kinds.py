"""What travels along wires in the toy world: numbers, bytes, and sheets that have a size."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.kinds import Kind, Kinds, Meta


@dataclass(frozen=True)
class Value:
    number: float


@dataclass(frozen=True)
class Share:
    """A number in per cent; takes a Value as well."""

    percent: float


@dataclass(frozen=True)
class Blob:
    data: memoryview


@dataclass(frozen=True)
class Sheet:
    """Something that has a size in pixels, and a diary of what was done to it."""

    height: int
    width: int
    diary: tuple[str, ...] = ()


class Plain:
    """What the toy codecs have in common: no extent, no picture, no file of their own."""

    def backing(self, value: Any) -> Path | None:
        return None

    def extent(self, value: Any) -> tuple[int, int] | None:
        return None

    def shrink(self, value: Any, scale: float) -> Any:
        return value

    def preview(self, value: Any, side: int) -> bytes:
        return b""

    def tile(self, value: Any, box: tuple[int, int, int, int], side: int) -> bytes:
        return f"{box} of {value} at {side}".encode()

    def to_bytes(self, value: Any, suffix: str, workflow: str | None, quality: int | None = None) -> bytes:
        return str(value).encode()

    def write(self, value: Any, path: Path, workflow: str | None) -> None:
        path.write_text(str(value), encoding="utf-8")


class ValueCodec(Plain):
    def size(self, value: Value) -> int:
        return 8

    def encode(self, value: Value) -> tuple[Meta, Sequence[memoryview]]:
        return {}, [memoryview(struct.pack("<d", value.number))]

    def decode(self, meta: Meta, buffers: Sequence[memoryview]) -> Value:
        return Value(*struct.unpack("<d", buffers[0]))


class ShareCodec(Plain):
    def size(self, value: Share) -> int:
        return 0

    def encode(self, value: Share) -> tuple[Meta, Sequence[memoryview]]:
        return {"percent": value.percent}, []

    def decode(self, meta: Meta, buffers: Sequence[memoryview]) -> Share:
        return Share(meta["percent"])


class BlobCodec(Plain):
    def size(self, value: Blob) -> int:
        return value.data.nbytes

    def encode(self, value: Blob) -> tuple[Meta, Sequence[memoryview]]:
        return {}, [value.data]

    def decode(self, meta: Meta, buffers: Sequence[memoryview]) -> Blob:
        return Blob(buffers[0])


class SheetCodec(Plain):
    def size(self, value: Sheet) -> int:
        return value.height * value.width

    def encode(self, value: Sheet) -> tuple[Meta, Sequence[memoryview]]:
        return {"height": value.height, "width": value.width, "diary": list(value.diary)}, []

    def decode(self, meta: Meta, buffers: Sequence[memoryview]) -> Sheet:
        return Sheet(meta["height"], meta["width"], tuple(meta["diary"]))

    def extent(self, value: Sheet) -> tuple[int, int] | None:
        return value.height, value.width

    def shrink(self, value: Sheet, scale: float) -> Sheet:
        return Sheet(round(value.height * scale), round(value.width * scale), (*value.diary, "shrunk"))


KINDS = Kinds(
    [
        Kind("value", Value, ValueCodec()),
        Kind("share", Share, ShareCodec(), accepts={"value": lambda value: Share(100 * value.number)}),
        Kind("blob", Blob, BlobCodec()),
        Kind("sheet", Sheet, SheetCodec()),
    ]
)
