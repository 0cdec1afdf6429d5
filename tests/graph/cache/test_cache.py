"""Memory before disk, and what happens when the disk fails."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.cache import Cache, Disk, Result
from graph.cache.cache import LONG
from graph.cache.result import WrittenFile
from graph.keys import sha256_of
from tests.graph.cache.conftest import LARGE, blob_result, key_of
from tests.graph.toys import KINDS, MEGABYTE

K = key_of("it")

Reopened = Callable[[], Cache]


@pytest.fixture
def cache(reopened: Reopened) -> Cache:
    return reopened()


def test_what_took_long_survives_a_restart(cache: Cache, reopened: Reopened) -> None:
    assert cache.put(K, blob_result(100, seconds=LONG))
    again = reopened()
    assert again.known([K]) == {K}
    assert again.get(K)


def test_what_is_cheaper_to_compute_than_to_store_stays_in_memory(cache: Cache, reopened: Reopened) -> None:
    assert not cache.put(K, blob_result(LARGE, seconds=0.001))
    assert cache.get(K)
    assert reopened().get(K) is None


def test_effects_are_always_stored(cache: Cache, reopened: Reopened, tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("1", encoding="utf-8")
    found = path.stat()
    written = WrittenFile(str(path), found.st_size, found.st_mtime_ns, sha256_of(path))
    assert cache.put(K, Result({}, {}, 0.0, (), (written,)))
    assert reopened().get(K)
    path.unlink()
    assert reopened().get(K) is None


def test_larger_than_the_store_is_not_stored(cache: Cache) -> None:
    assert not cache.put(K, blob_result(9 * MEGABYTE))


def test_what_is_found_on_disk_is_brought_into_memory(cache: Cache, reopened: Reopened) -> None:
    cache.put(K, blob_result(LARGE))
    again = reopened()
    assert K not in again.memory
    again.get(K)
    assert K in again.memory


def test_a_damaged_result_is_as_if_it_had_never_been(cache: Cache, reopened: Reopened, cache_folder: Path) -> None:
    cache.put(K, blob_result(LARGE))
    for path in (cache_folder / "objects").rglob(f"{K}-*"):
        path.write_bytes(b"half")
    again = reopened()
    assert again.known([K]) == {K}
    assert again.get(K) is None
    assert again.known([K]) == set()
    assert again.take_trouble() == ""


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), sqlite3.OperationalError("database or disk is full")]
)
def test_a_full_disk_is_left_alone_for_a_while(cache: Cache, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    calls: list[str] = []

    def full(_: Disk, key: str, __: Result) -> bool:
        calls.append(key)
        raise error

    monkeypatch.setattr(Disk, "put", full)
    assert not cache.put("a", blob_result(10))
    assert not cache.put("b", blob_result(10))
    assert calls == ["a"]
    assert cache.get("b")
    assert "not kept on disk for now" in cache.take_trouble()
    assert cache.take_trouble() == ""


def test_without_a_disk() -> None:
    cache = Cache(KINDS, MEGABYTE)
    assert not cache.put(K, blob_result(10))
    cache.note_run("it", {"a": {}})
    assert (cache.last_run("it"), cache.last_run("other")) == ({"a": {}}, {})
    cache.clear()
    assert (cache.get(K), cache.last_run("it")) == (None, {})
    cache.close()


def test_clearing_forgets_everything(cache: Cache, reopened: Reopened, cache_folder: Path) -> None:
    cache.put(K, blob_result(LARGE))
    cache.note_run("it", {"a": {}})
    cache.clear()
    assert cache.get(K) is None
    assert reopened().last_run("it") == {}
    assert not [path for path in (cache_folder / "objects").rglob("*") if path.is_file()]


class TestFingerprints:
    def test_a_file_is_read_once(self, cache: Cache, reopened: Reopened, tmp_path: Path, monkeypatch) -> None:
        path = tmp_path / "photo"
        path.write_bytes(b"x")
        reads: list[Path] = []

        def counting(path: Path) -> str:
            reads.append(path)
            return sha256_of(path)

        monkeypatch.setattr("graph.cache.cache.sha256_of", counting)
        first = cache.fingerprint(path)
        assert cache.fingerprint(path) == reopened().fingerprint(path) == first
        assert reads == [path]
        path.write_bytes(b"yy")
        assert reopened().fingerprint(path) != first

    def test_a_file_that_is_gone(self, cache: Cache, tmp_path: Path) -> None:
        with pytest.raises(OSError, match="gone"):
            cache.fingerprint(tmp_path / "gone")


def test_a_broken_index_never_stops_anybody(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "photo").write_bytes(b"x")
    assert cache.disk
    for table in ("entries", "runs", "fingerprints"):
        cache.disk.index._db.execute(f"DROP TABLE {table}")
    assert cache.known([K]) == set()
    assert cache.get(K) is None
    assert not cache.put(K, blob_result(10))
    assert cache.last_run("it") == {}
    cache.note_run("it", {})
    assert cache.fingerprint(tmp_path / "photo") == sha256_of(tmp_path / "photo")
    assert "not kept on disk" in cache.take_trouble()
