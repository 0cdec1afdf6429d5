"""What the engine asks about model files: whether a name is known, what it means for a key, what must be fetched."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from graph.errors import Problem

Told = Callable[[str, int, int | None], None]
"""Called while a file comes in: its name, the bytes that are there, and the bytes of the whole if known."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A model file that is known and not at hand."""

    name: str
    url: str
    bytes: int | None
    licence: str
    commercial: bool


class Shelf(Protocol):
    """The model files that exist, by name. nodes.models.shelf has the real one."""

    def knows(self, task: str, name: str) -> bool:
        """Whether a `Weights` control of that task may have this value: it is in the catalogue or lies in a folder."""
        ...

    def names(self, task: str) -> Sequence[str]:
        """What there is for the task, catalogue first: for choices, and to suggest the nearest right name."""
        ...

    def missing(self, name: str) -> Sequence[Missing]:
        """The files that this name needs and no folder has."""
        ...

    def fingerprint(self, name: str, sha256: Callable[[Path], str]) -> str:
        """What a step's key holds of a model: the sha256 of its files, published or measured, and the precision."""
        ...

    def forbidden(self, name: str) -> Sequence[Problem]:
        """Why what is missing for this name may not even be asked for; nothing where it may."""
        ...

    def fetch(self, name: str, told: Told, cancelled: threading.Event) -> None:
        """Download what is missing for this name. WorkflowError naming file, url and command where that fails."""
        ...
