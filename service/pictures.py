"""What the service asks about picture files. nodes.formats has the answers; server.py brings them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from graph.errors import StepError
from graph.given import Given
from graph.pictures import Facts
from service.limits import Limits
from service.refusals import Refusal

__all__ = ["Facts", "Pictures", "accepted"]


class Pictures(Protocol):
    """Picture files, on disk or in memory."""

    def measure(self, photo: Path | Given) -> Facts:
        """From the header alone. StepError for what is no picture that can be read."""
        ...

    def thumbnail(self, photo: Path | Given, side: int) -> bytes:
        """A WebP picture, its longer side at most `side` pixels. StepError where the file is damaged."""
        ...

    def convert(self, photo: Path, suffix: str, quality: int | None) -> bytes:
        """As a file of the format that the suffix names; `quality`, 1 to 100, counts where it has one.

        StepError for what is no picture that can be read.
        """
        ...

    def workflow(self, photo: Path | Given) -> str | None:
        """The text of the workflow that a saved picture carries."""
        ...


def accepted(photo: Path | Given, pictures: Pictures, limits: Limits) -> Facts:
    """What a photo from outside says of itself. Refusal with 415 for what is no picture, 413 for one too large."""
    try:
        facts = pictures.measure(photo)
    except StepError as error:
        raise Refusal(415, error.message, error.remedy) from error
    if facts.width * facts.height > limits.pixels:
        size = f"{facts.width} × {facts.height} pixels"
        remedy = f"{limits.pixels / 1e6:,.0f} megapixels are the limit: make it smaller, or cut it in parts."
        raise Refusal(413, f"The photo is too large: {size}.", remedy)
    return facts
