from __future__ import annotations

import json
import logging
import sqlite3
import threading
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import WorkflowError
from service.runs.database import FORMAT
from service.runs.record import RunRecord, StepRecord
from service.runs.store import Store


def record(id: str, priority: int = 0) -> RunRecord:
    return RunRecord(id, f"run {id}", "queued", priority, created=1.0, targets=("a",), force=("b",), photo="ab/c.jpg")


def filled(path: Path) -> None:
    """A store with two runs of one workflow, closed again."""
    with closing(Store(path)) as store:
        for id in "ab":
            store.add(record(id), '{"nodes": {}}')


def test_what_is_noted_is_read_back(tmp_path: Path) -> None:
    steps = [
        StepRecord("s", "run", "new", "f" * 64, "done", 1.5, ("It said ‘ä’.",)),
        StepRecord("t", "run", "new", "e" * 64, "failed", message="No.", remedy="Yes.", fallback="With a coin."),
    ]
    problems = [{"message": "No.", "remedy": "Yes.", "node": "t", "port": None}]
    with closing(Store(tmp_path / "runs.sqlite")) as store:
        store.add(record("a"), '{"title": "ä"}')
        assert store.claim(2.0)
        store.note_steps("a", steps)
        assert store.end("a", "failed", 3.0, problems=problems)
    with closing(Store(tmp_path / "runs.sqlite")) as store:
        found = store.get("a")
        assert found
        assert (found.state, found.started, found.ended) == ("failed", 2.0, 3.0)
        assert (found.targets, found.force, found.photo) == (("a",), ("b",), "ab/c.jpg")
        assert found.steps == tuple(steps)
        assert list(found.problems) == problems
        assert store.text("a") == '{"title": "ä"}'


def test_a_run_ends_once(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "runs.sqlite")) as store:
        store.add(record("a"), "{}")
        assert not store.end("a", "done", 2.0), "it does not run yet"
        store.claim(2.0)
        assert store.end("a", "cancelled", 3.0)
        assert not store.end("a", "done", 4.0, result="result.png")
        assert not store.requeue("a")
        found = store.get("a")
        assert found
        assert (found.state, found.ended, found.result) == ("cancelled", 3.0, None)


def test_a_workflow_is_kept_once_and_while_a_run_has_it(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    filled(path)

    def documents() -> int:
        with closing(sqlite3.connect(path)) as db:
            return db.execute("SELECT COUNT(*) FROM documents").fetchone()[0]

    with closing(Store(path)) as store:
        assert not store.remove("a"), "it waits"
        for id, left in (("a", 1), ("b", 0)):
            store.end(id, "cancelled", 2.0, among=("queued",))
            assert store.remove(id)
            assert documents() == left
        assert store.leaving() == ["a", "b"]
        assert store.text("a") is None


@pytest.mark.parametrize("damage", [b"no database at all", b"", None])
def test_a_damaged_file_is_set_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: bytes | None) -> None:
    path = tmp_path / "runs.sqlite"
    filled(path)
    whole = path.read_bytes()
    # Something else, nothing (which is a new file, not a damaged one), a page in the middle that was overwritten.
    spoilt = whole[:4096] + b"\xff" * (len(whole) - 4096) if damage is None else damage
    path.write_bytes(spoilt)
    with caplog.at_level(logging.WARNING), closing(Store(path)) as store:
        assert store.line() == []
        store.add(record("c"), "{}")
        assert bool(store.warning) == bool(caplog.messages) == (damage != b"")
    if damage != b"":
        (aside,) = tmp_path.glob("runs-damaged-*.sqlite")
        assert aside.read_bytes() == spoilt
        assert str(tmp_path) not in store.warning


def test_a_file_of_the_first_format_is_taken_over(tmp_path: Path) -> None:
    filled(path := tmp_path / "runs.sqlite")
    rows = json.dumps([["s", "run", "new", "f" * 64, "done", 1.5, ["It said."], "", ""]]).encode()
    with closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE runs DROP COLUMN download")
        db.execute("INSERT INTO steps SELECT number, ? FROM runs WHERE id = 'a'", (zlib.compress(rows),))
        db.execute("PRAGMA user_version = 1")
        db.commit()
    for _ in range(2):
        with closing(Store(path)) as store:
            assert not store.warning
            found = store.get("a")
            assert found
            assert found.download
            assert found.steps == (StepRecord("s", "run", "new", "f" * 64, "done", 1.5, ("It said.",)),)
    with closing(Store(path)) as store:
        store.add(replace(record("c"), download=False), "{}")
        assert [each.download for each in store.line()] == [True, True, False]


def test_a_newer_file_and_a_strange_one_are_set_aside(tmp_path: Path) -> None:
    newer, strange = tmp_path / "newer.sqlite", tmp_path / "strange.sqlite"
    filled(newer)
    for path, statement in ((newer, f"PRAGMA user_version = {FORMAT + 1}"), (strange, "CREATE TABLE recipes (cake)")):
        with closing(sqlite3.connect(path)) as db:
            db.execute(statement)
            db.commit()
        with closing(Store(path)) as store:
            assert store.line() == []
            assert store.warning
    (aside,) = tmp_path.glob("newer-newer-*.sqlite")
    with closing(sqlite3.connect(aside)) as db:
        assert db.execute("SELECT COUNT(*) FROM runs").fetchone() == (2,), "nothing of it is lost"
    assert list(tmp_path.glob("strange-damaged-*.sqlite"))


def test_only_one_may_work_with_it(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    with closing(Store(path)):
        with pytest.raises(WorkflowError, match="Another Heirloom") as caught:
            Store(path)
        assert str(tmp_path) not in str(caught.value)
    Store(path).close()


def test_threads_at_once(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "runs.sqlite")) as store:
        claimed: list[str] = []

        def work(name: str) -> None:
            for number in range(20):
                store.add(record(f"{name}{number}"), "{}")
                store.page()
                if taken := store.claim(1.0):
                    claimed.append(taken.id)
                    store.end(taken.id, "done", 2.0)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(claimed) == len(set(claimed)) == 60
        assert store.waiting_count() == 0


def test_many_steps_take_little_room(tmp_path: Path) -> None:
    steps = [StepRecord(f"s{n}", "run", "new", f"{n:064x}", "done", 0.5) for n in range(900)]
    with closing(Store(tmp_path / "runs.sqlite")) as store:
        store.add(record("a"), "{}")
        for _ in range(20):
            store.note_steps("a", steps)
        found = store.get("a")
        assert found
        assert found.steps == tuple(steps)
    assert (tmp_path / "runs.sqlite").stat().st_size < 300_000
