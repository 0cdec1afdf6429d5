"""What a node is given besides its inputs: progress, cancellation, tiles, large arrays, models, places."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from graph.errors import Cancelled, StepError

T = TypeVar("T")


class Extent(Protocol):
    """Anything with a height and a width in pixels."""

    @property
    def height(self) -> int: ...
    @property
    def width(self) -> int: ...


class Lender(Protocol):
    """Lends loaded models; see graph.pool."""

    def borrow(self, spec: Any, cancelled: threading.Event) -> AbstractContextManager[Any]: ...


@dataclass(frozen=True, slots=True)
class Tile:
    """A piece of a large picture. `out[tile.write] = work(pixels[tile.read])[tile.core]`."""

    read: tuple[slice, slice]
    """Where to read: the tile with its overlap."""
    write: tuple[slice, slice]
    """Where the result belongs: the tile alone."""
    core: tuple[slice, slice]
    """The part of what was worked on that belongs there."""


LARGEST_SKETCH = 16 * 1024
"""Bytes of a picture of what is becoming: ample for 128 pixels a side as WebP, and a socket does not feel it."""

TILE_SIDE = 1024
"""A megapixel of float RGB is 12 MB: small enough to stop within a second, large enough to keep OpenCV busy."""


def tiles(height: int, width: int, overlap: int = 0, side: int = TILE_SIDE) -> list[Tile]:
    """Tiles of at most `side` pixels a side that cover height × width, each read with `overlap` pixels around it."""

    def spans(length: int) -> list[tuple[slice, slice, slice]]:
        found: list[tuple[slice, slice, slice]] = []
        for start in range(0, length, side):
            stop = min(start + side, length)
            first, last = max(0, start - overlap), min(length, stop + overlap)
            found.append((slice(first, last), slice(start, stop), slice(start - first, stop - first)))
        return found

    columns = spans(width)
    return [Tile((ry, rx), (wy, wx), (cy, cx)) for ry, wy, cy in spans(height) for rx, wx, cx in columns]


def _ignore(*_: Any) -> None:
    """Nobody listens."""


@dataclass
class Context:
    """Lent to a node for one call. `Context()` works alone, so a node is tested by calling it.

    Responsibilities:
    - progress and cancellation in one word: `track`, `tiles`, `check`
    - arrays that may be larger than memory: `empty`
    - loaded models: `borrow`
    - what the node did or found, in words: `say`; what went otherwise than wished: `warn`
    - where its files go: `outputs`, `stem`, `wrote`
    """

    cancelled: threading.Event = field(default_factory=threading.Event)
    on_progress: Callable[[float, bytes], None] = _ignore
    on_warning: Callable[[str], None] = _ignore
    allocate: Callable[[tuple[int, ...]], Any] | None = None
    lender: Lender | None = None
    workflow: str | None = None
    """The text of the running workflow, for files that carry it."""
    outputs: Path = Path()
    """The folder that effects write to."""
    stem: str = "photo"
    """The name, without suffix, of the photo this run works on."""
    notes: list[str] = field(default_factory=list[str])
    written: list[Path] = field(default_factory=list[Path])

    def check(self) -> None:
        """Raise Cancelled if somebody asked to stop. Cheap: call it between any two long steps."""
        if self.cancelled.is_set():
            raise Cancelled

    def progress(self, fraction: float, sketch: bytes = b"") -> None:
        """Say how far this step is, 0..1, and stop here if cancelled.

        A step that works for minutes may show what is becoming: `sketch` is a small WebP, about 128 pixels a side.
        """
        if len(sketch) > LARGEST_SKETCH:
            raise ValueError(f"A sketch has at most {LARGEST_SKETCH} bytes, not {len(sketch)}: make it smaller.")
        self.check()
        self.on_progress(fraction, sketch)

    def track(self, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """Pass the items on, reporting progress and stopping when cancelled."""
        count = total if total is not None else len(items) if isinstance(items, Sized) else 0
        for done, item in enumerate(items):
            self.progress(done / count if count else 0.0)
            yield item
        self.progress(1.0)

    def tiles(self, image: Extent, overlap: int = 0, side: int = TILE_SIDE) -> Iterator[Tile]:
        """Walk a large picture tile by tile, with progress and cancellation."""
        return self.track(tiles(image.height, image.width, overlap, side))

    def empty(self, shape: tuple[int, ...]) -> Any:
        """A new float32 array of that shape; above 256 MiB it lies in a file instead of in memory."""
        if self.allocate is None:
            raise StepError("This context cannot make arrays.", "Pass allocate= to Context.")
        return self.allocate(shape)

    def borrow(self, spec: Any) -> AbstractContextManager[Any]:
        """Lend a loaded model for the length of a `with` block; it is loaded once and evicted by size."""
        if self.lender is None:
            raise StepError("This context has no models to lend.", "Pass lender= to Context.")
        return self.lender.borrow(spec, self.cancelled)

    def say(self, note: str) -> None:
        """Tell the user what this step found or did, in one sentence. It is kept with the result."""
        self.notes.append(note)

    def warn(self, message: str) -> None:
        """Tell the user at once, in one sentence, what makes this run differ from what was wished."""
        self.on_warning(message)

    def wrote(self, path: Path) -> None:
        """An effect reports each file it has written."""
        self.written.append(path)
