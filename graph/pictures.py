"""What is known of a picture file without looking at a pixel."""

from __future__ import annotations

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
