"""Where the files that a workflow names are looked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from graph.errors import nearest


@dataclass(frozen=True, slots=True)
class Places:
    """Folders in the order they are searched: the workflow's own, then the person's photos."""

    folders: Sequence[Path] = ()

    def find(self, name: str) -> Path:
        """The absolute path of a file. ValueError with a sentence for the user where there is none."""
        asked = _at_home(name)
        tried = [asked] if asked.is_absolute() else [folder / asked for folder in self.folders]
        for path in tried:
            try:
                if path.is_file():
                    return path.resolve()
                if path.is_dir():
                    raise ValueError(f"{name!r} is a folder, not a file.")
            except OSError as error:  # a name too long for the system, a loop of links
                raise ValueError(f"{name[:80]!r} cannot be opened: {error.strerror}.") from error
        raise ValueError(f"there is no file {name!r}. {self._hint(tried)}")

    def _hint(self, tried: Sequence[Path]) -> str:
        beside = [name for wanted in tried for name in _names(wanted.parent)]
        close = nearest(tried[0].name if tried else "", beside)
        if close.startswith("Did you"):
            return close
        searched = ", ".join(str(wanted.parent) for wanted in tried) or "nowhere"
        return f"Looked in {searched}."


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
