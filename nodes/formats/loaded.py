"""What reading a picture file gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask

Allocate = Callable[[tuple[int, ...]], Floats]
"""Makes an empty float32 array of a shape: `Context.empty`."""


def never() -> None:
    """Nobody asks to stop."""


@dataclass(frozen=True)
class Request:
    """How a picture is wanted."""

    allocate: Allocate
    page: int = 1
    check: Callable[[], None] = never
    """Called now and then; raises Cancelled when somebody asked to stop."""
    shrink: int = 1
    """How many pixels a side of the file become one: more than one for thumbnails."""


class Size(NamedTuple):
    """What a file's header says: height and width as the picture is shown, and the number of its pages."""

    height: int
    width: int
    pages: int = 1


class Loaded(NamedTuple):
    """A picture, its transparency (1 is opaque), and the number of pages in its file."""

    image: Image
    alpha: Mask
    pages: int
