"""What is known of a picture file without looking at a pixel."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Facts(NamedTuple):
    """What a picture file says of itself."""

    suffix: str
    """By its content, such as ".jpg": a name can lie."""
    media_type: str
    """Such as "image/jpeg"."""
    width: int
    """As it is shown, upright."""
    height: int
    pages: int


class Shown(NamedTuple):
    """A picture on a contact sheet."""

    number: str
    title: str
    note: str
    picture: bytes
    """A small picture file."""


class Layer(NamedTuple):
    """A picture file that becomes a layer."""

    name: str
    picture: Path
    masks: tuple[Path, ...] = ()
    """Where it was to differ from the one below."""
