"""What the engine asks about model files: whether a name is known, what it means for a key, what must be fetched."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
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

    def unfit(self, name: str) -> str:
        """What is wrong with a model of that name which lies in a folder and is not known; empty where none does."""
        ...

    def names(self, task: str) -> Sequence[str]:
        """What there is for the task, catalogue first: for choices, and to suggest the nearest right name."""
        ...

    def missing(self, name: str) -> Sequence[Missing]:
        """The files that this name needs and no folder has."""
        ...

    def files(self, name: str) -> Sequence[Path]:
        """The files at hand for this name."""
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


class Listed(Protocol):
    """A model, as nodes.models.shelf lists it."""

    @property
    def name(self) -> str: ...
    @property
    def tasks(self) -> Sequence[str]: ...
    @property
    def title(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def bytes(self) -> int | None: ...
    @property
    def licence(self) -> str: ...
    @property
    def commercial(self) -> bool | None: ...
    @property
    def needs(self) -> Sequence[str]: ...
    @property
    def path(self) -> str: ...
    @property
    def note(self) -> str: ...


class Stock(Shelf, Protocol):
    """A shelf that can also say all it has."""

    @property
    def catalog(self) -> Collection[str]:
        """The names that can be fetched."""
        ...

    @property
    def folders(self) -> Sequence[Path]:
        """Where files are looked for, in this order."""
        ...

    @property
    def downloads(self) -> Path:
        """The one where downloads go."""
        ...

    def listing(self) -> Iterable[Listed]:
        """Every model that can be had, and every file that lies in a folder."""
        ...
