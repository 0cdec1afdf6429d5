"""A file that exists in memory only: a photo that came with a request and leaves nothing on disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Given:
    """The value of a file's setting in place of a path."""

    name: str
    """What its owner calls it, suffix included."""
    data: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """Of its bytes, in hexadecimal, as a file's fingerprint is."""
        return hashlib.sha256(self.data).hexdigest()

    def __str__(self) -> str:
        return self.name
