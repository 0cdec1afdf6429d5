from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph.cache.index import Entry, Index


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An index that holds one entry."""
    path = tmp_path / "index.sqlite"
    with closing(Index(path)) as index:
        index.put(Entry("kept", {"note": "ä"}, b"\0\1", 7))
    return path


def test_it_survives_reopening(path: Path) -> None:
    with closing(Index(path)) as index:
        assert index.get("kept") == Entry("kept", {"note": "ä"}, b"\0\1", 7)
        assert index.used() == 7


def test_many_keys_at_once(path: Path) -> None:
    with closing(Index(path)) as index:
        assert index.known([*(f"k{number}" for number in range(40_000)), "kept"]) == {"kept"}


def test_use_survives_reopening(path: Path) -> None:
    with closing(Index(path)) as index:
        index.put(Entry("later", {}, None, 1))
        index.get("kept")
    with closing(Index(path)) as index:
        assert [key for key, _ in index.oldest()] == ["later", "kept"]


def test_runs_and_fingerprints(path: Path) -> None:
    with closing(Index(path)) as index:
        index.note_run("flow", {"a": {"key": "k"}})
        index.note_fingerprint(Path("/photo"), 1, 2, 3, "f")
    with closing(Index(path)) as index:
        assert index.last_run("flow") == {"a": {"key": "k"}}
        assert index.last_run("other") == {}
        assert index.fingerprint(Path("/photo"), 1, 2, 3) == "f"
        assert index.fingerprint(Path("/photo"), 1, 9, 3) is None


@pytest.mark.parametrize("content", [b"no database at all" * 300, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_file_is_started_afresh(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with closing(Index(path)) as index:
        assert index.get("kept") is None
        index.put(Entry("new", {}, None, 1))
        assert index.get("new")


def test_another_format_is_started_afresh(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    with closing(Index(path)) as index:
        assert index.get("kept") is None


def test_an_index_in_use_is_never_thrown_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    with closing(connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(sqlite3, "connect", lambda path, **rest: connect(path, **{**rest, "timeout": 0}))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            Index(path)
        other.execute("COMMIT")
    with closing(Index(path)) as index:
        assert index.get("kept")


def test_damage_found_later_is_mended_at_the_next_start(path: Path) -> None:
    with closing(Index(path)) as index:
        for number in range(200):
            index.put(Entry(f"k{number}", {"x": "y" * 1000}, None, 1))
    raw = path.read_bytes()
    path.write_bytes(raw[:16384] + b"\xff" * (len(raw) - 16384))
    with closing(Index(path)) as index:
        with pytest.raises(sqlite3.DatabaseError) as damage:
            index.known([f"k{number}" for number in range(200)])
        index.condemn(damage.value)
    with closing(Index(path)) as index:
        assert index.known(["k0", "k199"]) == set()
    with closing(Index(path)) as index:
        index.put(Entry("new", {}, None, 1))
    with closing(Index(path)) as index:
        assert index.get("new")


def test_a_full_disk_condemns_nothing(path: Path) -> None:
    with closing(Index(path)) as index:
        index.condemn(OSError("full"))
        index.condemn(sqlite3.OperationalError("database or disk is full"))
    with closing(Index(path)) as index:
        assert index.get("kept")
