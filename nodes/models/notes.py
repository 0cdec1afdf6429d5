"""What was found out about files, remembered until they change: looking into them again would take seconds."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from nodes.models.bundle import state_of


class Notes:
    """A small JSON file, by path. Of a file or folder that changed in size or time nothing is remembered."""

    def __init__(self, file: Path | None = None) -> None:
        """Without a file they last as long as the process."""
        self._file = file
        self._lock = threading.Lock()
        self._notes: dict[str, dict[str, Any]] | None = None

    def remember(self, path: Path, what: str, find: Callable[[Path], Any]) -> Any:
        """What `find` says of a file or folder, JSON-able. OSError if it cannot be read."""
        place, seen = str(path.absolute()), list(state_of(path))
        with self._lock:
            note = self._read().get(place, {})
            if note.get("state") == seen and what in note:
                return note[what]
        found = find(path)
        with self._lock:
            notes = self._read()
            if (note := notes.get(place, {})).get("state") != seen:
                note = {"state": seen}
            notes[place] = {**note, what: found}
            self._write(notes)
        return found

    def _read(self) -> dict[str, dict[str, Any]]:
        if self._notes is None:
            self._notes = {}
            if self._file:
                with suppress(OSError, ValueError):
                    found = json.loads(self._file.read_text(encoding="utf-8"))
                    entries = found.items() if isinstance(found, dict) else ()
                    self._notes = {path: note for path, note in entries if isinstance(note, dict)}
        return self._notes

    def _write(self, notes: dict[str, dict[str, Any]]) -> None:
        if not self._file:
            return
        part = self._file.with_name(f".{os.getpid()}-{self._file.name}")
        # Where a cache cannot be written, everything is only slower.
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(notes), encoding="utf-8")
            part.replace(self._file)
