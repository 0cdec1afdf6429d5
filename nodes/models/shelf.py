"""Where model files lie: the folders that are searched, what is found in them, and what can be fetched."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from graph.errors import Problem, StepError, WorkflowError
from graph.shelf import Missing, Told
from nodes.models.architecture import KINDS, Description, describe, tasks, title
from nodes.models.bundle import files_of, is_bundle, state_of
from nodes.models.catalog import SHIPPED, SUFFIXES, Catalog, Entry, catalog
from nodes.models.fetch import fetch, offline
from nodes.models.lockfile import recorded
from nodes.models.notes import Notes

UNPUBLISHED = "not the published file"


@dataclass(frozen=True, slots=True)
class Listed:
    """A model, as `--weights` and the editor show it."""

    name: str
    tasks: tuple[str, ...]
    title: str
    about: str
    bytes: int | None
    licence: str
    """Empty for a file that somebody put there: only they can know."""
    commercial: bool | None
    """Whether the licence allows using it for money; None where nobody here knows."""
    needs: tuple[str, ...] = ()
    path: str = ""
    """Where its file lies; empty if it is not there."""
    note: str = ""
    """What else there is to say of the file that lies there."""


class Shelf:
    """Models by name: those of the catalogue, and any other file or folder of a model that lies in one of the folders.

    Responsibilities:
    - find a file; the folders are searched in their order
    - know which names fit a task, looking into files that the catalogue does not know
    - say what is missing, and fetch it into the first folder that can be written
    """

    def __init__(
        self,
        folders: Sequence[Path] = (SHIPPED,),
        entries: Catalog | None = None,
        *,
        precision: str = "auto",
        notes: Path | None = None,
    ) -> None:
        """`precision` becomes part of every fingerprint; `notes` is the file that remembers what unknown files are."""
        self.folders, self.precision = tuple(folders), precision
        self.catalog = catalog() if entries is None else entries
        self._notes = Notes(notes)

    def find(self, name: str) -> Path | None:
        """The file of a catalogue entry, or the file or folder of exactly this name; None if no folder has it."""
        if entry := self.catalog.get(name):
            path = self._home(entry) / entry.file
            return path if path.is_file() else None
        if not name or Path(name).name != name:
            return None
        return next((path for folder in self.folders if _is_model(path := folder / name)), None)

    def path(self, name: str) -> Path:
        """As `find`; of an entry that is a part of a folder, that folder. StepError where something is missing."""
        entry = self.catalog.get(name)
        if entry and entry.folder:
            absent = [part for part in self.catalog.with_needs(name) if not self.find(part.name)]
            if not absent:
                return self._home(entry) / entry.folder
            raise StepError(absent[0].absent.message, entry.absent.remedy)
        if path := self.find(name):
            return path
        if entry:
            raise StepError(entry.absent.message, entry.absent.remedy)
        raise StepError(f"The model {name} is not there.", "Put it into one of the folders, or choose another model.")

    def knows(self, task: str, name: str) -> bool:
        """See graph.shelf."""
        if entry := self.catalog.get(name):
            return task in entry.tasks
        path = self._dropped().get(name)
        return path is not None and task in tasks(self._described(path))

    def unfit(self, name: str) -> str:
        """See graph.shelf."""
        path = self._dropped().get(name)
        found = self._described(path) if path else {"trouble": ""}
        return found.get("trouble", f"{name} is for something else: {title(found)}.")

    def names(self, task: str) -> list[str]:
        """See graph.shelf."""
        dropped = self._dropped().items()
        fitting = [name for name, path in dropped if task in tasks(self._described(path))]
        return [entry.name for entry in self.catalog.of(task)] + fitting

    def missing(self, name: str) -> list[Missing]:
        """See graph.shelf."""
        return [
            Missing(entry.name, next(iter(entry.urls), ""), entry.bytes, entry.licence, entry.commercial)
            for entry in self.catalog.with_needs(name)
            if not self.find(entry.name)
        ]

    def files(self, name: str) -> list[Path]:
        """See graph.shelf."""
        found = [path for part in self._parts(name) if (path := self.find(part))]
        return [*(file for path in found for file in files_of(path)), *self._extra(name)]

    def fingerprint(self, name: str, sha256: Callable[[Path], str]) -> str:
        """See graph.shelf."""
        parts = [self._sha256(part, sha256) for part in self._parts(name)]
        return " ".join([*parts, *map(sha256, self._extra(name)), self.precision])

    def forbidden(self, name: str) -> list[Problem]:
        """See graph.shelf."""
        absent = [entry for entry in self.catalog.with_needs(name) if not self.find(entry.name)]
        return [
            problem for entry in absent if (refused := offline(entry, self.downloads)) for problem in refused.problems
        ]

    def fetch(self, name: str, told: Told, cancelled: threading.Event) -> None:
        """See graph.shelf."""
        problems: list[Problem] = []
        for entry in self.catalog.with_needs(name):
            if not self.find(entry.name):
                try:
                    fetch(entry, self.downloads, told, cancelled)
                except WorkflowError as error:
                    problems += error.problems
        if problems:
            raise WorkflowError(problems)

    @property
    def downloads(self) -> Path:
        """The first folder that can be written, and the last if none can; it need not exist yet."""
        return next((folder for folder in self.folders if _writable(folder)), self.folders[-1])

    def listing(self) -> Iterator[Listed]:
        """All there is: the catalogue, then what else lies in the folders. Reads files that it has not seen before."""
        yield from map(self._listed, self.catalog.values())
        for name, path in self._dropped().items():
            found = self._described(path)
            fits = tasks(found)
            note = "" if fits or "trouble" in found else "no node can use it"
            yield Listed(name, fits, title(found), "", state_of(path)[0], "", None, (), str(path), note)

    def _listed(self, entry: Entry) -> Listed:
        path = self.find(entry.name)
        size = entry.bytes or (path.stat().st_size if path else None)
        note = UNPUBLISHED if path and self._other(entry, path) else ""
        return Listed(
            entry.name, entry.tasks, entry.title, entry.about, size, entry.licence, entry.commercial,
            entry.needs, str(path or ""), note,
        )  # fmt: skip

    def _other(self, entry: Entry, path: Path) -> bool:
        """Whether this is certainly not the file of the catalogue: half-precision copies go by the same name."""
        if entry.bytes not in {None, path.stat().st_size}:
            return True
        return bool(entry.sha256) and self._notes.remember(path, "sha256", _measured) != entry.sha256

    def _parts(self, name: str) -> list[str]:
        """The name, and those of what it needs besides."""
        return [entry.name for entry in self.catalog.with_needs(name)] or [name]

    def _home(self, entry: Entry) -> Path:
        """Where the file of an entry lies, or will. Those of one folder count only where all of them lie together."""
        files = [part.file for part in self.catalog.parts_of(entry.folder)] if entry.folder else [entry.file]
        whole = (folder for folder in self.folders if all((folder / file).is_file() for file in files))
        return next(whole, self.downloads)

    def _extra(self, name: str) -> list[Path]:
        """What somebody has put into a catalogued model's folder besides: JSON, or a copy in another precision."""
        entry = self.catalog.get(name)
        if not (entry and entry.folder):
            return []
        home = self._home(entry)
        known = {home / part.file for part in self.catalog.parts_of(entry.folder)}
        return [file for file in files_of(home / entry.folder) if file not in known]

    def _sha256(self, name: str, sha256: Callable[[Path], str]) -> str:
        """Of the file that is there, or else of the one that would be fetched."""
        if path := self.find(name):
            return " ".join(map(sha256, files_of(path)))
        entry = self.catalog.get(name)
        return (entry and (entry.sha256 or recorded(self.downloads, entry.file))) or "unfetched"

    def _dropped(self) -> dict[str, Path]:
        """Models that the catalogue does not know, by name; of two of one name the first folder's counts."""
        known = {name for entry in self.catalog.values() for name in (entry.name, entry.file, entry.folder)}
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                if path.name not in known and _is_model(path):
                    found.setdefault(path.name, path)
        return found

    def _described(self, path: Path) -> Description:
        return self._notes.remember(path, f"kinds {KINDS}, spandrel {version('spandrel')}", describe)


def _is_model(path: Path) -> bool:
    return (path.suffix.lower() in SUFFIXES and path.is_file()) or is_bundle(path)


def _measured(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _writable(folder: Path) -> bool:
    """Whether files can be put there; a folder that is not there yet counts by the nearest one above it."""
    there = next((each for each in (folder, *folder.absolute().parents) if each.exists()), folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
