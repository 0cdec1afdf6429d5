"""The SQLite file beside the raw arrays: what is stored, small results themselves, file hashes, past runs."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY, meta TEXT NOT NULL, blob BLOB, bytes INTEGER NOT NULL, used REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_by_use ON entries (used, bytes);
CREATE TABLE IF NOT EXISTS fingerprints (
    path TEXT PRIMARY KEY, size INTEGER, modified INTEGER, inode INTEGER, sha256 TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (name TEXT PRIMARY KEY, steps TEXT NOT NULL) WITHOUT ROWID;
"""

FORMAT = 1
"""Changed when a row or a raw file changes its meaning: an index of another format is started afresh."""

PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""

BATCH = 500
"""Keys asked for in one statement; SQLite allows 32,766."""


class Entry(NamedTuple):
    """A stored result's row."""

    key: str
    meta: dict[str, Any]
    blob: bytes | None
    size: int


class Index:
    """One connection, guarded by a lock; other processes may have theirs on the same file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._touched: dict[str, float] = {}
        self._condemned = path.with_name(path.name + "-damaged")
        if self._condemned.exists():
            self._start_afresh()
        try:
            self._db = self._open()
        except sqlite3.DatabaseError as error:
            if not _damaged(error):
                raise
            self._start_afresh()
            self._db = self._open()

    def _start_afresh(self) -> None:
        """Damaged beyond reading, by a power cut or a failing disk: results can always be computed again."""
        for suffix in ("", "-wal", "-shm", "-damaged"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def condemn(self, error: Exception) -> None:
        """If that error says that the file is damaged, have the next start make a new one."""
        if _damaged(error):
            with contextlib.suppress(OSError):
                self._condemned.touch()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            _use_write_ahead_log(db)
            db.execute("PRAGMA synchronous = NORMAL")
            _prepare(db)
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def close(self) -> None:
        """Write down what was used when, and let go of the file."""
        with self._lock:
            # What was used when is only an aid to eviction; a full or damaged disk must not fail the program's end.
            with contextlib.suppress(sqlite3.Error):
                self._flush()
            self._db.close()

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that are stored."""
        wanted, found = list(keys), set[str]()
        with self._lock:
            for start in range(0, len(wanted), BATCH):
                part = wanted[start : start + BATCH]
                marks = ",".join("?" * len(part))
                rows = self._db.execute(f"SELECT key FROM entries WHERE key IN ({marks})", part)  # noqa: S608 - only ?
                found.update(row[0] for row in rows)
        return found

    def get(self, key: str) -> Entry | None:
        """A stored row, now the most recently used."""
        with self._lock:
            row = self._db.execute("SELECT meta, blob, bytes FROM entries WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            self._touched[key] = time.time()
        return Entry(key, json.loads(row[0]), row[1], row[2])

    def put(self, entry: Entry) -> None:
        """Store a row; what stood under the key before is replaced."""
        values = (entry.key, json.dumps(entry.meta), entry.blob, entry.size, time.time())
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", values)

    def remove(self, keys: Sequence[str]) -> None:
        """Forget rows."""
        with self._lock:
            self._db.executemany("DELETE FROM entries WHERE key = ?", [(key,) for key in keys])

    def used(self) -> int:
        """Bytes of all that is stored, by every process that shares the folder."""
        with self._lock:
            return self._db.execute("SELECT COALESCE(SUM(bytes), 0) FROM entries").fetchone()[0]

    def oldest(self, count: int = 32) -> list[tuple[str, int]]:
        """Keys and sizes of the least recently used."""
        with self._lock:
            self._flush()
            rows = self._db.execute("SELECT key, bytes FROM entries ORDER BY used LIMIT ?", (count,))
            return [(key, size) for key, size in rows]

    def clear(self) -> list[str]:
        """Forget every result; returns their keys."""
        with self._lock:
            found = [row[0] for row in self._db.execute("SELECT key FROM entries")]
            self._db.execute("DELETE FROM entries")
            self._db.execute("DELETE FROM runs")
            return found

    def fingerprint(self, path: Path, size: int, modified: int, inode: int) -> str | None:
        """The sha256 noted for a file, if its size, time and inode are still the same."""
        query = "SELECT sha256 FROM fingerprints WHERE path = ? AND size = ? AND modified = ? AND inode = ?"
        with self._lock:
            row = self._db.execute(query, (str(path), size, modified, inode)).fetchone()
        return row[0] if row else None

    def note_fingerprint(self, path: Path, size: int, modified: int, inode: int, sha256: str) -> None:
        """Remember a file's sha256."""
        values = (str(path), size, modified, inode, sha256)
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO fingerprints VALUES (?, ?, ?, ?, ?)", values)

    def last_run(self, name: str) -> dict[str, Any]:
        """What the last run of a workflow noted of its steps."""
        with self._lock:
            row = self._db.execute("SELECT steps FROM runs WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else {}

    def note_run(self, name: str, steps: dict[str, Any]) -> None:
        """Remember a run's steps, so that the next can say what changed."""
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO runs VALUES (?, ?)", (name, json.dumps(steps)))

    def _flush(self) -> None:
        touched, self._touched = self._touched, {}
        self._db.executemany("UPDATE entries SET used = ? WHERE key = ?", [(at, key) for key, at in touched.items()])


def _damaged(error: Exception) -> bool:
    """Whether the file itself is bad; a locked file, a full disk, a closed index are subclasses of their own."""
    return type(error) is sqlite3.DatabaseError


def _use_write_ahead_log(db: sqlite3.Connection) -> None:
    """Switch the file's journal, once for all; several processes may try at the same moment."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # SQLite answers a race for this switch at once, without waiting for its timeout.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _prepare(db: sqlite3.Connection) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version not in (0, FORMAT):
        raise sqlite3.DatabaseError(f"the index is of format {version}")
    db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")
