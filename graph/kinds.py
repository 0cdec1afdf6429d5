"""What travels along a wire. The engine sees a kind only through its codec, so it never meets a pixel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from graph.errors import Problem, WorkflowError

Meta = dict[str, Any]
"""JSON-able description that stands beside the raw buffers of a stored value."""


class Codec(Protocol):
    """How a value of one kind is measured, stored, shown and exchanged."""

    def size(self, value: Any) -> int:
        """Bytes of memory that only this value holds; what is mapped from a file counts nothing."""
        ...

    def encode(self, value: Any) -> tuple[Meta, Sequence[memoryview]]:
        """The value as JSON-able meta and raw C-contiguous buffers, without copying where possible."""
        ...

    def decode(self, meta: Meta, buffers: Sequence[memoryview]) -> Any:
        """The inverse of encode. The buffers may be mapped from a file and are read-only."""
        ...

    def backing(self, value: Any) -> Path | None:
        """The file that holds the value's only buffer byte for byte, if it was made by `Context.empty`."""
        ...

    def extent(self, value: Any) -> tuple[int, int] | None:
        """Height and width in pixels, or None where the kind has none."""
        ...

    def shrink(self, value: Any, scale: float) -> Any:
        """The value for a photo resized by `scale` (below 1), for live previews."""
        ...

    def preview(self, value: Any, side: int) -> bytes:
        """A WebP picture of the value, its longer side at most `side` pixels, in sRGB."""
        ...

    def tile(self, value: Any, box: tuple[int, int, int, int], side: int) -> bytes:
        """As `preview`, of the part of the value within left, top, width, height, in pixels.

        What of the box lies beyond the picture is left off; ValueError where nothing remains.
        """
        ...

    def to_bytes(self, value: Any, suffix: str, workflow: str | None, quality: int | None = None) -> bytes:
        """The content of the file that `write` makes, without a file. StepError for a suffix that is not written.

        `quality`, 1 to 100, counts where the format has one; the usual one unless given.
        """
        ...

    def write(self, value: Any, path: Path, workflow: str | None) -> None:
        """Write the value as a file of the format that the suffix names, carrying its workflow."""
        ...


@dataclass(frozen=True)
class Kind:
    """A type that sockets can have."""

    name: str
    type: type
    codec: Codec
    colour: str = "#888888"
    accepts: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict[str, Callable[[Any], Any]])
    """Other kinds that fit into a socket of this kind, and how each is converted."""
    reads: tuple[str, ...] = ()
    """Suffixes of files that hold a value of this kind, such as ".png"."""
    writes: tuple[str, ...] = ()
    """Suffixes that the codec's `write` takes."""


class Kinds:
    """The kinds that exist, found by name or by Python type.

    `table` is all there is to know about which wires fit: pairs of an output's kind and a socket's.
    """

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._by_name = {kind.name: kind for kind in kinds}
        self._by_type = {kind.type: kind for kind in self._by_name.values()}
        self.table = {(name, name) for name in self._by_name}
        self.table |= {(source, kind.name) for kind in self._by_name.values() for source in kind.accepts}

    def __getitem__(self, name: str) -> Kind:
        return self._by_name[name]

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._by_name.values())

    def of(self, annotation: object) -> Kind:
        """The kind of a Python type; WorkflowError where there is none."""
        kind = self._by_type.get(annotation) if isinstance(annotation, type) else None
        if kind is None:
            names = ", ".join(kind.type.__name__ for kind in self._by_name.values())
            raise WorkflowError(
                [Problem(f"{annotation!r} is not a kind that can travel along a wire.", f"Use {names}.")]
            )
        return kind
