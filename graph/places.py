"""Where the files that a workflow names are looked for."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath

from graph.errors import nearest
from graph.given import Given


@dataclass(frozen=True, slots=True)
class Places:
    """Folders in the order they are searched: the workflow's own, then the person's photos."""

    folders: Sequence[Path] = ()
    confined: bool = False
    """A stranger wrote the workflow: nothing outside of the folders is opened, and no error names a folder."""
    given: Mapping[str, Given] = field(default_factory=dict[str, Given])
    """Files that exist in memory only, by the name that the workflow has for them; found before those in folders."""

    def find(self, name: str) -> Path | Given:
        """The absolute path of a file, or the one that was given. ValueError with a sentence for the user."""
        if name in self.given:
            return self.given[name]
        return self._inside(name) if self.confined else self._anywhere(name)

    def _anywhere(self, name: str) -> Path:
        asked = _at_home(name)
        tried = [asked] if asked.is_absolute() else [folder / asked for folder in self.folders]
        if found := _first_file(tried, name):
            return found
        raise ValueError(f"there is no file {name!r}. {self._hint(tried)}")

    def _inside(self, name: str) -> Path:
        if _leaves(name):
            raise ValueError("names a file outside of the photos that may be used. Upload the photo first.")
        try:
            homes = [folder.resolve() for folder in self.folders]
            tried = [(home / name).resolve() for home in homes]
        except (OSError, RuntimeError, ValueError):  # a ring of links, which each version of Python tells its own way
            tried, homes = [], []
        # A link may lead from one of the folders to another, and nowhere else.
        allowed = [path for path in tried if any(path.is_relative_to(home) for home in homes)]
        if found := _first_file(allowed, name):
            return found
        raise ValueError(f"there is no file {name[:80]!r}. Upload the photo first.")

    def _hint(self, tried: Sequence[Path]) -> str:
        beside = [name for wanted in tried for name in _names(wanted.parent)]
        close = nearest(tried[0].name if tried else "", beside)
        if close.startswith("Did you"):
            return close
        searched = ", ".join(str(wanted.parent) for wanted in tried) or "nowhere"
        return f"Looked in {searched}."


def _first_file(paths: Sequence[Path], name: str) -> Path | None:
    """The first of the paths where a file is; ValueError where a folder is, or what the system refuses."""
    for path in paths:
        try:
            if path.is_file():
                return path.resolve()
            if path.is_dir():
                raise ValueError(f"{name!r} is a folder, not a file.")
        except OSError as error:  # a name too long for the system, a loop of links
            raise ValueError(f"{name[:80]!r} cannot be opened: {error.strerror}.") from error
    return None


def _leaves(name: str) -> bool:
    """Whether a name, as text, leads out of its folder on any system, whichever this one is."""
    depth = 0
    for part in name.replace("\\", "/").split("/"):
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            return True
    windows = PureWindowsPath(name)
    rooted = PurePosixPath(name).is_absolute() or bool(windows.drive or windows.root)
    return rooted or name.startswith("~") or "\0" in name


def _at_home(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # a user that does not exist
        return Path(name)


def _names(folder: Path) -> list[str]:
    """Some names in a folder; none of one that is not there or may not be read."""
    try:
        with os.scandir(folder) as found:
            return [entry.name for entry in islice(found, 1000)]
    except OSError:
        return []
