"""What a finished step leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.kinds import Kinds


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that an effect wrote, as it was right after."""

    path: str
    size: int
    modified: int
    """Nanoseconds since the epoch, as the file system has it."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Result:
    """A step's outputs by name, what it had to say, and how long it took."""

    outputs: Mapping[str, Any]
    kinds: Mapping[str, str]
    """The kind of each output."""
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    files: tuple[WrittenFile, ...] = field(default=())

    def size(self, kinds: Kinds) -> int:
        """Bytes of memory that the outputs hold."""
        return sum(kinds[self.kinds[name]].codec.size(value) for name, value in self.outputs.items())
