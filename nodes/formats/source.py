"""The bytes of a picture, from a file or from memory."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from graph.errors import StepError
from graph.given import Given
from nodes.formats.refusal import damaged

HEAD = 64
"""Bytes that tell every format apart."""


@dataclass(frozen=True)
class Source:
    """A picture's bytes under the name its owner knows."""

    name: str
    path: Path | None = None
    given: bytes = b""

    @cached_property
    def data(self) -> bytes:
        """All bytes. TIFFs, which can be huge, are read through `stream` instead."""
        return self.path.read_bytes() if self.path else self.given

    @cached_property
    def head(self) -> bytes:
        with self.stream() as file:
            return file.read(HEAD)

    @cached_property
    def length(self) -> int:
        return self.path.stat().st_size if self.path else len(self.given)

    def stream(self) -> BinaryIO:
        """A file that reads the bytes from their start."""
        return self.path.open("rb") if self.path else io.BytesIO(self.given)

    def sha256(self) -> str:
        with self.stream() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # pyright: ignore[reportArgumentType]  # any file will do


def source_of(photo: str | Path | Given) -> Source:
    """The source of a photo as a setting names it."""
    return bytes_source(photo.data, photo.name) if isinstance(photo, Given) else file_source(Path(photo))


def file_source(path: Path) -> Source:
    """The source of a file. StepError where there is none, or nothing in it."""
    if path.is_dir():
        raise StepError(f"{path.name} is a folder, not a photo.", "Choose one of the pictures inside.")
    if not path.is_file():
        raise StepError(f"There is no photo at {path}.", "Choose another, or put it back where it was.")
    try:
        source = Source(path.name, path)
        empty = not source.head
    except OSError as error:
        why = error.strerror or error
        raise StepError(f"{path.name} cannot be opened: {why}.", "Check that you may read it.") from error
    if empty:
        raise damaged(path.name, "it is empty")
    return source


def bytes_source(data: bytes, name: str = "The picture") -> Source:
    """The source of bytes that came without a file."""
    if not data:
        raise damaged(name, "it is empty")
    return Source(name, given=data)
