"""Memory before disk, and the question whether a result is worth storing."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.cache.disk import Disk
from graph.cache.memory import Memory
from graph.cache.result import Result, WrittenFile
from graph.errors import CacheError
from graph.keys import sha256_of
from graph.kinds import Kinds

LONG = 1.0
"""Seconds: a step that took longer is always stored, so that no crash makes anybody wait for it again."""

FIXED_COST = 0.005
"""Seconds that storing and reading back a result costs however small it is."""

FIRST_GUESS = 500e6
"""Bytes per second assumed for storing until the first result has been timed."""

REST = 60.0
"""Seconds that a full or failing disk is left alone."""


class Cache:
    """What the engine asks for results.

    Responsibilities:
    - look in memory, then on disk, and bring what is found on disk into memory
    - store on disk what would cost more to compute again than to store
    - step aside when the disk is full: the run goes on, `take_trouble` says why
    - remember file hashes and past runs
    """

    def __init__(self, kinds: Kinds, memory_limit: int, disk: Disk | None = None) -> None:
        self.kinds = kinds
        self.memory = Memory(memory_limit)
        self.disk = disk
        self._trouble = ""
        self._rest_until = 0.0
        self._rate = FIRST_GUESS
        self._hashes: dict[tuple[str, int, int, int], str] = {}
        self._runs: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys whose results are at hand. Effects count only while their files exist unchanged."""
        wanted = set(keys)
        found = {key for key in wanted if key in self.memory}
        if self.disk and len(found) < len(wanted):
            try:
                found |= self.disk.index.known(wanted - found)
            except sqlite3.Error as error:
                self._step_aside(error)
        return found

    def get(self, key: str) -> Result | None:
        """A result, or None where there is none (any more) or an effect's files were changed since."""
        result = self.memory.get(key)
        if result is None and self.disk:
            try:
                result = self.disk.get(key)
            except CacheError:
                return None
            except sqlite3.Error as error:
                self._step_aside(error)
                return None
            if result is not None:
                self.memory.put(key, result, result.size(self.kinds))
        if result is not None and not all(self._unchanged(file) for file in result.files):
            self.memory.drop(key)
            return None
        return result

    def put(self, key: str, result: Result) -> bool:
        """Keep a result; True if it went to disk."""
        size = result.size(self.kinds)
        self.memory.put(key, result, size)
        if not self.disk or time.monotonic() < self._rest_until or not self._worth_storing(result, size):
            return False
        started = time.perf_counter()
        try:
            stored = self.disk.put(key, result)
        except (OSError, sqlite3.Error, MemoryError) as error:
            self._step_aside(error)
            return False
        if size > 2**20:
            self._rate = 0.5 * self._rate + 0.5 * size / max(1e-6, time.perf_counter() - started)
        return stored

    def _worth_storing(self, result: Result, size: int) -> bool:
        return bool(result.files) or result.seconds >= LONG or result.seconds > FIXED_COST + 2 * size / self._rate

    def _step_aside(self, error: Exception) -> None:
        self._rest_until = time.monotonic() + REST
        if self.disk:
            self.disk.index.condemn(error)
        self._trouble = f"Results are not kept on disk for now: {error}. The run goes on without."

    def take_trouble(self) -> str:
        """What went wrong with the disk since it was last asked, as a sentence."""
        trouble, self._trouble = self._trouble, ""
        return trouble

    def _unchanged(self, file: WrittenFile) -> bool:
        path = Path(file.path)
        try:
            found = path.stat()
            if found.st_size != file.size:
                return False
            return found.st_mtime_ns == file.modified or self.fingerprint(path) == file.sha256
        except OSError:
            return False

    def fingerprint(self, path: Path) -> str:
        """The sha256 of a file, read again only when its size, time or inode changed. OSError if unreadable."""
        found = path.stat()
        seen = (str(path), found.st_size, found.st_mtime_ns, found.st_ino)
        if (sha256 := self._hashes.get(seen)) is None:
            try:
                noted = self.disk.index.fingerprint(path, *seen[1:]) if self.disk else None
                sha256 = noted or sha256_of(path)
                if self.disk and not noted:
                    self.disk.index.note_fingerprint(path, *seen[1:], sha256)
            except sqlite3.Error as error:
                self._step_aside(error)
                sha256 = sha256_of(path)
            self._hashes[seen] = sha256
        return sha256

    def last_run(self, name: str) -> dict[str, Any]:
        """What the last run of that name noted, in this process or an earlier one."""
        with self._lock:
            if name not in self._runs and self.disk:
                try:
                    self._runs[name] = self.disk.index.last_run(name)
                except (sqlite3.Error, ValueError):
                    self._runs[name] = {}
            return self._runs.get(name, {})

    def note_run(self, name: str, steps: dict[str, Any]) -> None:
        """Remember a run's steps."""
        with self._lock:
            self._runs[name] = steps
        if self.disk:
            try:
                self.disk.index.note_run(name, steps)
            except sqlite3.Error as error:
                self._step_aside(error)

    def clear(self) -> None:
        """Forget every result."""
        self.memory.clear()
        self._runs.clear()
        if self.disk:
            self.disk.clear()

    def close(self) -> None:
        if self.disk:
            self.disk.close()
