"""Results on disk: whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.cache import Disk, Result
from graph.cache.disk import SMALL
from graph.cache.result import WrittenFile
from graph.errors import CacheError
from graph.kinds import Kind, Kinds
from tests.graph.cache.conftest import LARGE, blob_result, key_of
from tests.graph.toy_kinds import KINDS, Blob, BlobCodec, Share, Value
from tests.graph.toys import MEGABYTE

K = key_of("it")


def files_of(disk: Disk) -> list[Path]:
    return sorted(path for path in disk.objects.rglob("*") if path.is_file())


def bytes_in(result: Result | None) -> bytes:
    assert result
    return bytes(result.outputs["blob"].data)


@pytest.mark.parametrize("size", [0, 1, SMALL, SMALL + 1, 3 * MEGABYTE])
def test_a_result_comes_back_as_it_was(disk: Disk, size: int) -> None:
    disk.put(K, blob_result(size, notes=("It went well.",)))
    found = disk.get(K)
    assert bytes_in(found) == bytes([7]) * size
    assert found
    assert (found.seconds, found.notes) == (2.0, ("It went well.",))
    assert len(files_of(disk)) == (size > SMALL)


def test_several_outputs_of_several_kinds(disk: Disk) -> None:
    blob = blob_result(LARGE).outputs["blob"]
    outputs = {"a": Value(0.1), "b": blob, "c": Share(3), "d": Value(-0.0)}
    written = WrittenFile("/out/a.jpg", 3, 17, "f" * 64)
    disk.put(K, Result(outputs, {"a": "value", "b": "blob", "c": "share", "d": "value"}, files=(written,)))
    found = disk.get(K)
    assert found
    assert bytes(found.outputs["b"].data) == bytes(blob.data)
    assert [found.outputs[name] for name in "acd"] == [Value(0.1), Share(3), Value(-0.0)]
    assert found.files == (written,)


def test_an_effect_has_no_outputs(disk: Disk) -> None:
    disk.put(K, Result({}, {}))
    assert disk.get(K) == Result({}, {})


def test_what_is_not_there(disk: Disk) -> None:
    assert disk.get(K) is None


@pytest.mark.parametrize("damage", ["truncated", "lengthened", "emptied", "removed", "a folder"])
def test_a_damaged_file_is_an_error_once_and_then_forgotten(disk: Disk, damage: str) -> None:
    disk.put(K, blob_result(LARGE))
    (path,) = files_of(disk)
    content = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    elif damage != "removed":
        path.write_bytes({"truncated": content[:-1], "lengthened": content + b"x", "emptied": b""}[damage])
    with pytest.raises(CacheError, match="is damaged"):
        disk.get(K)
    assert disk.get(K) is None
    assert not files_of(disk)


@pytest.mark.parametrize(
    "change",
    ["meta = '{'", "meta = '{}'", "meta = '[]'", "blob = x'00'", "blob = NULL", "meta = replace(meta, 'blob', 'gone')"],
)
def test_a_damaged_row_is_an_error_once_and_then_forgotten(disk: Disk, change: str) -> None:
    disk.put(K, Result({"value": Value(1), "blob": Blob(memoryview(b"x"))}, {"value": "value", "blob": "blob"}))
    disk.index._db.execute(f"UPDATE entries SET {change}")  # noqa: S608 - the test's own words
    with pytest.raises(CacheError, match="is damaged"):
        disk.get(K)
    assert disk.get(K) is None


def test_the_least_recently_used_makes_room(cache_folder: Path) -> None:
    disk = Disk(cache_folder, 3 * LARGE + 10_000, KINDS)
    for name in "abc":
        disk.put(key_of(name), blob_result(LARGE))
    disk.get(key_of("a"))
    disk.put(key_of("d"), blob_result(LARGE))
    assert disk.index.known(key_of(name) for name in "abcd") == {key_of(name) for name in "acd"}
    assert len(files_of(disk)) == 3
    disk.close()


@pytest.mark.parametrize("size", [1, 1000, SMALL, LARGE])
def test_small_results_count_as_much_as_large_ones(cache_folder: Path, size: int) -> None:
    limit = 5 * (size + 500)
    disk = Disk(cache_folder, limit, KINDS)
    for number in range(40):
        disk.put(key_of(number), blob_result(size))
        assert disk.index.used() <= limit
    assert disk.get(key_of(39))
    disk.close()


def test_what_is_larger_than_the_store_is_not_stored_and_drives_nothing_out(disk: Disk) -> None:
    assert disk.put(key_of("small"), blob_result(10))
    assert not disk.put(K, blob_result(disk.limit + 1))
    assert disk.get(K) is None
    assert disk.get(key_of("small"))


def test_replacing_a_result(disk: Disk) -> None:
    disk.put(K, blob_result(LARGE, 1))
    held = disk.get(K)
    disk.put(K, blob_result(2 * LARGE, 2))
    assert bytes_in(disk.get(K)) == b"\2" * 2 * LARGE
    assert bytes_in(held) == b"\1" * LARGE


def test_replacing_a_large_result_by_a_small_one_leaves_no_file(disk: Disk) -> None:
    disk.put(K, blob_result(LARGE, 1))
    disk.put(K, blob_result(10, 2))
    assert bytes_in(disk.get(K)) == b"\2" * 10
    assert not files_of(disk)


def test_a_result_in_use_outlives_its_eviction(disk: Disk) -> None:
    disk.put(K, blob_result(LARGE))
    held = disk.get(K)
    disk.clear()
    assert bytes_in(held) == b"\7" * LARGE
    assert not files_of(disk)


def test_what_is_mapped_cannot_be_written(disk: Disk) -> None:
    disk.put(K, blob_result(LARGE))
    found = disk.get(K)
    assert found
    assert found.outputs["blob"].data.readonly


class Backed(BlobCodec):
    """A blob that already lies in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def backing(self, value: Any) -> Path | None:
        return self.path


def test_what_already_lies_in_a_file_is_linked_not_copied(cache_folder: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.write_bytes(b"\7" * LARGE)
    disk = Disk(cache_folder, 8 * MEGABYTE, Kinds([Kind("blob", Blob, Backed(scratch))]))
    disk.put(K, blob_result(LARGE))
    assert files_of(disk)[0].stat().st_ino == scratch.stat().st_ino
    scratch.unlink()
    assert bytes_in(disk.get(K)) == b"\7" * LARGE
    disk.close()


def test_a_file_that_cannot_be_linked_is_copied(cache_folder: Path, tmp_path: Path) -> None:
    disk = Disk(cache_folder, 8 * MEGABYTE, Kinds([Kind("blob", Blob, Backed(tmp_path / "gone"))]))
    disk.put(K, blob_result(LARGE))
    assert bytes_in(disk.get(K)) == b"\7" * LARGE
    disk.close()


class TestSweep:
    @pytest.fixture
    def dead(self) -> int:
        """The id of a process that is no more."""
        process = subprocess.Popen([sys.executable, "-c", ""])
        process.wait()
        return process.pid

    def left(self, cache_folder: Path, name: str, age: float) -> bool:
        """Whether a file of that name and age is still there after the next start."""
        Disk(cache_folder, MEGABYTE, KINDS).close()
        path = cache_folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
        now = path.stat().st_mtime
        os.utime(path, (now - age, now - age))
        Disk(cache_folder, MEGABYTE, KINDS).close()
        return path.exists()

    @pytest.mark.parametrize("name", [f"objects/ab/{{}}-{K}-0.part", "scratch/{}-x.scratch"])
    def test_leftovers_of_killed_processes_go(self, cache_folder: Path, dead: int, name: str) -> None:
        assert not self.left(cache_folder, name.format(dead), age=3600)
        assert self.left(cache_folder, name.format(os.getpid()), age=3600)

    def test_arrays_that_no_row_knows_go(self, cache_folder: Path) -> None:
        assert not self.left(cache_folder, f"objects/{K[:2]}/{K}-0", age=3600)

    def test_what_may_still_be_at_work_stays(self, cache_folder: Path, dead: int) -> None:
        assert self.left(cache_folder, f"objects/{K[:2]}/{K}-0", age=0)
        assert self.left(cache_folder, f"scratch/{dead}-x.scratch", age=0)

    def test_strange_files_stay(self, cache_folder: Path) -> None:
        assert self.left(cache_folder, "scratch/notes.txt", age=3600)

    def test_known_arrays_stay(self, disk: Disk, cache_folder: Path) -> None:
        disk.put(K, blob_result(LARGE))
        os.utime(files_of(disk)[0], (1, 1))
        again = Disk(cache_folder, MEGABYTE, KINDS)
        assert bytes_in(again.get(K)) == b"\7" * LARGE
        again.close()
