"""What the service asks about picture files. nodes.formats has the answers; server.py brings them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from graph.given import Given
from graph.pictures import Facts

__all__ = ["Facts", "Pictures"]


class Pictures(Protocol):
    """Picture files, on disk or in memory."""

    def measure(self, photo: Path | Given) -> Facts:
        """From the header alone. StepError for what is no picture that can be read."""
        ...

    def thumbnail(self, photo: Path | Given, side: int) -> bytes:
        """A WebP picture, its longer side at most `side` pixels. StepError where the file is damaged."""
        ...

    def workflow(self, photo: Path | Given) -> str | None:
        """The text of the workflow that a saved picture carries."""
        ...
