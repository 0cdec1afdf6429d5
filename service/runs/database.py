"""The SQLite file of the runs: opened, or set aside under another name where it cannot be used."""

from __future__ import annotations

import logging
import sqlite3
import time
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import Problem, WorkflowError

log = logging.getLogger("heirloom")

FORMAT = 2
"""Stands in the file's user_version. Raised when a table changes; a file of a higher one is a newer program's."""

SCHEMA = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, state TEXT NOT NULL,
    priority INTEGER NOT NULL, position INTEGER NOT NULL,
    created REAL NOT NULL, started REAL, ended REAL,
    photo TEXT NOT NULL, targets TEXT, force TEXT NOT NULL,
    problems TEXT NOT NULL, result TEXT, saving TEXT, document TEXT NOT NULL,
    download INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX runs_in_line ON runs (priority DESC, position) WHERE state = 'queued';
CREATE INDEX runs_by_end ON runs (ended) WHERE ended IS NOT NULL;
CREATE INDEX runs_by_document ON runs (document);
CREATE TABLE documents (sha256 TEXT PRIMARY KEY, text BLOB NOT NULL);
CREATE TABLE steps (number INTEGER PRIMARY KEY, records BLOB NOT NULL);
CREATE TABLE leaving (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE flags (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""
"""`number` is the order in which runs came, `position` that of waiting ones among equals, `saving` the name that a
result is about to get. A workflow is kept once, however many runs carry it out. `leaving` names deleted runs whose
folders are still there."""

UPGRADES = {1: "ALTER TABLE runs ADD COLUMN download INTEGER NOT NULL DEFAULT 1;"}
"""What makes a file of each format one of the next."""

PATIENCE = 10.0
"""Seconds to wait for another program that reads or copies the file."""


class UnusableError(Exception):
    """The file is damaged, or not this program's."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def lock(path: Path) -> FileLock:
    """Claim the file for this process; two would carry out the same runs. The system lets go when a process dies."""
    claim = FileLock(path.with_name(f".{path.name}.lock"), timeout=0, thread_local=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        claim.acquire()
    except Timeout as error:
        problem = Problem("Another Heirloom already works with this data folder.", "Stop it, or use another --data.")
        raise WorkflowError([problem]) from error
    except OSError as error:
        problem = Problem(f"The data folder cannot be used: {error.strerror}.", "Check it, or use another --data.")
        raise WorkflowError([problem]) from error
    return claim


def open_database(path: Path) -> tuple[sqlite3.Connection, str]:
    """A connection that any thread may use, one at a time, and a warning where a file had to be set aside."""
    try:
        return _opened(path), ""
    except sqlite3.OperationalError as error:
        problem = Problem(f"The list of runs cannot be opened: {error}.", "Check the data folder and the disk.")
        raise WorkflowError([problem]) from error
    except UnusableError as error:
        aside = _set_aside(path, error.why)
        warning = f"The list of runs was {error.why} and starts empty. What was there is kept as {aside.name}."
        log.warning(warning)
        return _opened(path), warning


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        _prepare(db)
    except (sqlite3.DatabaseError, ValueError) as error:
        db.close()
        if _damaged(error):
            raise UnusableError("damaged") from error
        raise
    except UnusableError:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > FORMAT:
        raise UnusableError("newer")
    (tables,) = db.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    if version == 0 and tables:
        raise UnusableError("damaged")
    db.execute("PRAGMA journal_mode = WAL")
    if not version:
        db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")
    for older in range(version or FORMAT, FORMAT):
        db.executescript(f"BEGIN IMMEDIATE; {UPGRADES[older]} PRAGMA user_version = {older + 1}; COMMIT;")
    # A kill cannot take back what NORMAL has committed, for by then the system has it; only a power cut can, and then a
    # run is at worst done again from the cache. Where a client is told that its run is accepted, Store syncs.
    db.execute("PRAGMA synchronous = NORMAL")
    # KiB of pages in memory; SQLite takes two thousand otherwise, and reads little twice here.
    db.execute("PRAGMA cache_size = -512")
    # Whatever is damaged in the rows themselves shows now, while the file can still be set aside.
    for _ in db.execute("SELECT * FROM runs"):
        pass


def _damaged(error: Exception) -> bool:
    """Whether the file itself is bad, or lacks a table; a locked file or a full disk is no reason to set it aside."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode == sqlite3.SQLITE_ERROR
    return type(error) in (sqlite3.DatabaseError, ValueError, UnicodeDecodeError)


def _set_aside(path: Path, why: str) -> Path:
    """Rename the file and what belongs to it. The journal goes first: a new file must never meet an old journal."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    number = 0
    while (aside := path.with_name(f"{path.stem}-{why}-{stamp}{f'-{number}' if number else ''}{path.suffix}")).exists():
        number += 1
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside
