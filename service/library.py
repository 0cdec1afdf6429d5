"""Workflows by name: those that ship with Heirloom, and the person's own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args
from uuid import uuid4

from graph.check import check
from graph.document import parse
from graph.errors import Problem, WorkflowError
from graph.registry import Registry
from service.limits import MIB
from service.names import inside, workflow_name
from service.refusals import Refusal

Owner = Literal["shipped", "own"]
Side = Literal["before", "after"]

SUFFIX = ".json"
PICTURES = "pictures"
"""The folder with pictures of the shipped workflows' work."""
SIDES: tuple[Side, ...] = get_args(Side)
LARGEST = 64 * MIB
"""Bytes of a file that is still read."""
STALE = 60.0
"""Seconds after which a temporary file belongs to nobody."""


@dataclass(frozen=True)
class Listing:
    """A workflow, as lists show it."""

    name: str
    title: str
    owner: Owner
    modified: float
    """Seconds since the epoch."""
    nodes: int
    about: str = ""
    """What it does for a photo."""
    pictures: bool = False
    """Whether pictures of a photo before and after it came with it."""
    problems: tuple[Problem, ...] = ()
    """Why it cannot be opened or run as it is."""


class Library:
    """Two folders of workflows. A person's own one hides the shipped one of its name; shipped files never change."""

    def __init__(self, shipped: Path, own: Path, registry: Registry) -> None:
        self.shipped, self.own, self.registry = shipped, own, registry
        self._listed: dict[Path, tuple[tuple[int, int], Listing]] = {}
        own.mkdir(parents=True, exist_ok=True)
        _sweep(own)

    def list(self) -> list[Listing]:
        """All workflows by name. One that is damaged stands there with its problems."""
        files = {path.stem: path for folder in (self.shipped, self.own) for path in _workflows(folder)}
        found = [self._listing(path) for _, path in sorted(files.items())]
        return [each for each in found if each]

    def get(self, name: str) -> Listing:
        """One workflow, as the list has it. Refusal where there is none."""
        if listing := self._listing(self._find(name)):
            return listing
        raise _none(name)

    def read(self, name: str) -> str:
        """The text of a workflow, damaged or not."""
        try:
            return _bytes(self._find(name)).decode("utf-8-sig", errors="replace")
        except OSError as error:
            raise _none(name) from error

    def picture(self, name: str, side: Side) -> Path:
        """The file with the picture of a photo before or after a workflow. Refusal where none came with it."""
        if not self.get(name).pictures:
            raise Refusal(404, "There are no pictures of this workflow.", "GET /api/workflows says which have some.")
        return inside(self.shipped, self._picture(workflow_name(name), side))

    def save(self, name: str, text: str | bytes) -> Listing:
        """Keep a workflow under a name of the person's. WorkflowError where it has not a workflow's shape."""
        document = parse(text)
        text = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        # What a person laid out stays; what a program sent in one line is laid out.
        kept = text if "\n" in text.strip() else document.text() + "\n"
        _write(self._own(name), kept)
        return self.get(name)

    def delete(self, name: str) -> None:
        """Delete a workflow of the person's own; a shipped one of its name is seen again."""
        path = self._own(name)
        if not path.is_file():
            self._find(name)
            raise Refusal(403, "This workflow is part of Heirloom and stays.", "Save a copy under another name.")
        path.unlink(missing_ok=True)

    def _own(self, name: str) -> Path:
        return inside(self.own, self.own / (workflow_name(name) + SUFFIX))

    def _find(self, name: str) -> Path:
        file = workflow_name(name) + SUFFIX
        for folder in (self.own, self.shipped):
            if (path := folder / file).is_file():
                return inside(folder, path)
        raise _none(name)

    def _listing(self, path: Path) -> Listing | None:
        """From the file, or from memory while it stays as it was. None where it is gone."""
        try:
            found = path.stat()
            seen = found.st_size, found.st_mtime_ns
            remembered, listing = self._listed.get(path, (None, None))
            if listing is None or remembered != seen:
                listing = self._described(path, found.st_mtime)
        except OSError:
            return None
        self._listed[path] = seen, listing
        return replace(listing, pictures=self._has_pictures(path))

    def _described(self, path: Path, modified: float) -> Listing:
        owner: Owner = "own" if path.parent == self.own else "shipped"
        listing = Listing(path.stem, path.stem, owner, modified, nodes=0)
        try:
            document = parse(_bytes(path))
            title = document.title or path.stem
            listing = replace(listing, title=title, nodes=len(document.nodes), about=document.about)
            check(document, self.registry)
        except WorkflowError as error:
            return replace(listing, problems=error.problems)
        return listing

    def _has_pictures(self, path: Path) -> bool:
        """Only a shipped workflow: what is said of it with pictures is not said of another one of its name."""
        return path.parent == self.shipped and all(self._picture(path.stem, side).is_file() for side in SIDES)

    def _picture(self, name: str, side: Side) -> Path:
        return self.shipped / PICTURES / f"{name}-{side}.webp"


def _none(name: str) -> Refusal:
    return Refusal(404, f"There is no workflow {name[:100]!r}.", "GET /api/workflows lists them.")


def _workflows(folder: Path) -> Iterator[Path]:
    for path in folder.glob(f"*{SUFFIX}"):
        with suppress(Refusal):  # a name that nobody can ask for
            if workflow_name(path.stem) == path.stem and inside(folder, path).is_file():
                yield path


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        remedy = f"A workflow has at most {LARGEST // MIB} MiB."
        raise WorkflowError([Problem("The file is too large for a workflow.", remedy)])
    return path.read_bytes()


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{uuid4().hex}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refusal(507, "The workflow cannot be saved.", "See whether the disk is full or protected.") from error


def _sweep(folder: Path) -> None:
    """Delete what killed processes left."""
    for part in folder.glob(".*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > STALE:
                part.unlink()
