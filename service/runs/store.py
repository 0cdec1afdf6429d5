"""Runs on disk: what waits, what works, what was. Every change is one transaction."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import zlib
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from service.runs.database import lock, open_database
from service.runs.record import ENDED, RunRecord, State, StepRecord

COLUMNS = "id, name, state, priority, created, started, ended, photo, targets, force, problems, result, download"

IN_LINE = "state = 'queued' ORDER BY priority DESC, position"


class Store:
    """The runs of one data folder, for all threads of one process.

    One connection, guarded by a lock: the statements take microseconds, while a connection for each of the dozens of
    threads that answer requests would cost memory and have to be closed by threads that nobody sees end.
    """

    def __init__(self, path: Path) -> None:
        """WorkflowError where another process works with the same file, or none may."""
        self._claim = lock(path)
        self._lock = threading.RLock()
        try:
            self._db, self.warning = open_database(path)
        except BaseException:
            self._claim.release()
            raise

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        with self._lock:
            self._db.close()
        self._claim.release()

    @contextmanager
    def _change(self, *, lasting: bool = False) -> Generator[sqlite3.Connection]:
        """A transaction; a lasting one is safe from a power cut when it ends, with all that was committed before."""
        with self._lock:
            db = self._db
            if lasting:
                db.execute("PRAGMA synchronous = FULL")
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            finally:
                if lasting:
                    db.execute("PRAGMA synchronous = NORMAL")

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    # What there is

    def get(self, id: str) -> RunRecord | None:
        """A run with its steps."""
        rows = self._rows(
            f"SELECT {COLUMNS}, records FROM runs LEFT JOIN steps USING (number) WHERE id = ?",  # noqa: S608 - constant
            (id,),
        )
        return _record(rows[0][:-1], rows[0][-1]) if rows else None

    def text(self, id: str) -> str | None:
        """A run's workflow, as it came."""
        rows = self._rows("SELECT text FROM documents JOIN runs ON document = sha256 WHERE id = ?", (id,))
        return zlib.decompress(rows[0][0]).decode() if rows else None

    def page(self, states: Collection[State] = (), limit: int = 100, before: str | None = None) -> list[RunRecord]:
        """Runs without their steps, the newest first: those in these states, or all; those that came before another."""
        terms, values = ["1"], list[Any]()
        if states:
            terms.append(f"state IN ({','.join('?' * len(states))})")
            values += states
        if before is not None:
            terms.append("number < (SELECT number FROM runs WHERE id = ?)")
            values.append(before)
        where = " AND ".join(terms)
        query = f"SELECT {COLUMNS} FROM runs WHERE {where} ORDER BY number DESC LIMIT ?"  # noqa: S608 - constants and ?
        return [_record(row) for row in self._rows(query, [*values, limit])]

    def line(self) -> list[RunRecord]:
        """The runs that wait, without their steps, in the order in which they will go."""
        return [_record(row) for row in self._rows(f"SELECT {COLUMNS} FROM runs WHERE {IN_LINE}")]  # noqa: S608 - constant

    def order(self) -> list[str]:
        """The ids of the runs that wait, in the order in which they will go."""
        return [id for (id,) in self._rows(f"SELECT id FROM runs WHERE {IN_LINE}")]  # noqa: S608 - constant

    def waiting_count(self) -> int:
        """How many runs wait."""
        return self._rows("SELECT COUNT(*) FROM runs WHERE state = 'queued'")[0][0]

    def running(self) -> list[RunRecord]:
        """The runs that are noted as running, with their steps: at a start, those that a killed process left."""
        rows = self._rows("SELECT id FROM runs WHERE state = 'running' ORDER BY started DESC")
        return [record for (id,) in rows if (record := self.get(id))]

    def saving(self, id: str) -> str | None:
        """The name that a running run's result was about to get when last noted."""
        rows = self._rows("SELECT saving FROM runs WHERE id = ?", (id,))
        return rows[0][0] if rows else None

    def surplus(self, kept: int) -> list[str]:
        """The ids of the ended runs beyond the newest so many."""
        query = "SELECT id FROM runs WHERE ended IS NOT NULL ORDER BY ended DESC, number DESC LIMIT -1 OFFSET ?"
        return [id for (id,) in self._rows(query, (kept,))]

    # How a run comes and goes

    def add(self, record: RunRecord, text: str) -> None:
        """Note a run that waits, last among those of its priority. Once this returns it outlives a power cut."""
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        with self._change(lasting=True) as db:
            packed = zlib.compress(text.encode(), 1)
            db.execute("INSERT OR IGNORE INTO documents VALUES (?, ?)", (sha256, packed))
            names = f"{COLUMNS}, position, document"
            values = (*_values(record), _last(db, record.priority), sha256)
            marks = ",".join("?" * len(values))
            db.execute(f"INSERT INTO runs ({names}) VALUES ({marks})", values)  # noqa: S608 - constants and ?

    def claim(self, now: float) -> RunRecord | None:
        """Take the first in line and note that it runs."""
        with self._change() as db:
            found = db.execute(f"SELECT id FROM runs WHERE {IN_LINE} LIMIT 1").fetchone()  # noqa: S608 - constant
            if found is None:
                return None
            db.execute("UPDATE runs SET state = 'running', started = COALESCE(started, ?) WHERE id = ?", (now, *found))
            return self.get(found[0])

    def requeue(self, id: str) -> bool:
        """Put a running one back to the front of the line. False if it was not running any more."""
        with self._change() as db:
            back = "UPDATE runs SET state = 'queued', saving = NULL WHERE id = ? AND state = 'running'"
            if changed := db.execute(back, (id,)).rowcount:
                _place(db, id, 0)
        return bool(changed)

    def note_steps(self, id: str, steps: Iterable[StepRecord], saving: str | None = None) -> None:
        """What is known of a run's steps so far, and, once there is one, the name that its result is about to get."""
        with self._change() as db:
            _note_steps(db, id, steps)
            if saving is not None:
                db.execute("UPDATE runs SET saving = ? WHERE id = ?", (saving, id))

    def end(
        self,
        id: str,
        state: State,
        ended: float,
        *,
        result: str | None = None,
        problems: Sequence[Mapping[str, Any]] = (),
        among: Collection[State] = ("running",),
    ) -> bool:
        """Note how a run ended. False if it was in none of the states named, such as cancelled meanwhile."""
        values = (state, ended, result, _json(list(problems)), id, *among)
        marks = ",".join("?" * len(among))
        query = f"UPDATE runs SET state = ?, ended = ?, result = ?, problems = ? WHERE id = ? AND state IN ({marks})"  # noqa: S608 - only ?
        with self._change() as db:
            return bool(db.execute(query, values).rowcount)

    def remove(self, id: str) -> bool:
        """Forget an ended run. Its id stays among the leaving until its folder is gone."""
        with self._change() as db:
            row = db.execute("SELECT number, document, state FROM runs WHERE id = ?", (id,)).fetchone()
            if row is None or row[2] not in ENDED:
                return False
            db.execute("DELETE FROM runs WHERE id = ?", (id,))
            db.execute("DELETE FROM steps WHERE number = ?", row[:1])
            unused = "NOT EXISTS (SELECT 1 FROM runs WHERE document = sha256)"
            db.execute(f"DELETE FROM documents WHERE sha256 = ? AND {unused}", (row[1],))  # noqa: S608 - constant
            db.execute("INSERT OR IGNORE INTO leaving VALUES (?)", (id,))
        return True

    def leaving(self) -> list[str]:
        """The ids of forgotten runs whose folders may still be there."""
        return [id for (id,) in self._rows("SELECT id FROM leaving")]

    def left(self, id: str) -> None:
        """A forgotten run's folder is gone."""
        with self._change() as db:
            db.execute("DELETE FROM leaving WHERE id = ?", (id,))

    # The line

    def move(self, id: str, index: int) -> bool:
        """Give a waiting run a place in line, 0 being the first. False if it does not wait.

        The line stays sorted by priority: a run that overtakes, or is overtaken, takes on its new neighbour's.
        """
        with self._change() as db:
            waits = _waits(db, id)
            if waits:
                _place(db, id, index)
        return waits

    def prioritise(self, id: str, priority: int) -> bool:
        """Put a waiting run last among those of a priority. False if it does not wait."""
        with self._change() as db:
            waits = _waits(db, id)
            if waits:
                values = (priority, _last(db, priority), id)
                db.execute("UPDATE runs SET priority = ?, position = ? WHERE id = ?", values)
        return waits

    @property
    def paused(self) -> bool:
        """Whether the line stands still."""
        rows = self._rows("SELECT value FROM flags WHERE name = 'paused'")
        return bool(rows and rows[0][0])

    def pause(self, *, paused: bool) -> None:
        """Halt the line or let it go on."""
        with self._change(lasting=True) as db:
            db.execute("INSERT OR REPLACE INTO flags VALUES ('paused', ?)", (int(paused),))


def _waits(db: sqlite3.Connection, id: str) -> bool:
    return db.execute("SELECT 1 FROM runs WHERE id = ? AND state = 'queued'", (id,)).fetchone() is not None


def _last(db: sqlite3.Connection, priority: int) -> int:
    query = "SELECT COALESCE(MAX(position), 0) + 1 FROM runs WHERE state = 'queued' AND priority = ?"
    return db.execute(query, (priority,)).fetchone()[0]


def _place(db: sqlite3.Connection, id: str, index: int) -> None:
    """Put a waiting run where `index` others go before it."""
    others = f"SELECT priority, position FROM runs WHERE id != ? AND {IN_LINE} LIMIT 1 OFFSET ?"  # noqa: S608 - constant
    (count,) = db.execute("SELECT COUNT(*) FROM runs WHERE id != ? AND state = 'queued'", (id,)).fetchone()
    (priority,) = db.execute("SELECT priority FROM runs WHERE id = ?", (id,)).fetchone()
    index = min(index, count)
    before = db.execute(others, (id, index - 1)).fetchone() if index else None
    after = db.execute(others, (id, index)).fetchone()
    if after:
        priority = max(priority, after[0])
    if before:
        priority = min(priority, before[0])
    position = 0
    if after and after[0] == priority:
        position = after[1]
        shift = "UPDATE runs SET position = position + 1 WHERE state = 'queued' AND priority = ? AND position >= ?"
        db.execute(shift, (priority, position))
    elif before and before[0] == priority:
        position = before[1] + 1
    db.execute("UPDATE runs SET priority = ?, position = ? WHERE id = ?", (priority, position, id))


def _note_steps(db: sqlite3.Connection, id: str, steps: Iterable[StepRecord]) -> None:
    rows = [
        [s.step, s.action, s.why, s.key, s.state, s.seconds, s.notes, s.message, s.remedy, s.fallback] for s in steps
    ]
    packed = zlib.compress(_json(rows).encode(), 1)
    db.execute("INSERT OR REPLACE INTO steps SELECT number, ? FROM runs WHERE id = ?", (packed, id))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _values(record: RunRecord) -> tuple[Any, ...]:
    """A record in the order of COLUMNS."""
    times = (record.created, record.started, record.ended)
    targets = None if record.targets is None else _json(record.targets)
    wanted = (record.photo, targets, _json(record.force))
    return (
        record.id,
        record.name,
        record.state,
        record.priority,
        *times,
        *wanted,
        _json(record.problems),
        record.result,
        record.download,
    )


def _record(row: Sequence[Any], packed: bytes | None = None) -> RunRecord:
    targets, force, problems, result, download = row[8:13]
    return RunRecord(
        *row[:8],
        targets=None if targets is None else tuple(json.loads(targets)),
        force=tuple(json.loads(force)),
        problems=tuple(json.loads(problems)),
        result=result,
        download=bool(download),
        steps=_steps(packed) if packed else (),
    )


def _steps(packed: bytes) -> tuple[StepRecord, ...]:
    rows = json.loads(zlib.decompress(packed))
    return tuple(
        # Rows of older programs end before the fallback.
        StepRecord(step, action, why, key, state, seconds, tuple(notes), *rest)
        for step, action, why, key, state, seconds, notes, *rest in rows
    )
