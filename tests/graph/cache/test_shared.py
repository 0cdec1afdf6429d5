"""Several processes on one cache folder, and folders on disks that are full."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.cache import Disk
from tests.graph.cache.conftest import LARGE, key_of
from tests.graph.toys import KINDS

ROOT = Path(__file__).parents[3]

NEIGHBOUR = """
import random, sys
from pathlib import Path
from graph.cache import Disk
from graph.errors import CacheError
from tests.graph.cache.conftest import LARGE, blob_result, key_of
from tests.graph.toys import KINDS

folder, seed, limit = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
disk = Disk(folder, limit, KINDS)
chance = random.Random(seed)
hits = 0
for _ in range(250):
    number = chance.randrange(24)
    size = LARGE + number if number % 2 else 1000 + number
    try:
        found = disk.get(key_of(number))
    except CacheError:
        found = None  # the neighbour evicted it between row and file
    if found is None:
        disk.put(key_of(number), blob_result(size, number))
    else:
        hits += 1
        assert bytes(found.outputs["blob"].data) == bytes([number]) * size, number
disk.close()
print(hits)
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-c", code, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_processes_share_a_folder(cache_folder: Path) -> None:
    limit = 6 * LARGE
    neighbours = [start(NEIGHBOUR, cache_folder, seed, limit) for seed in range(3)]
    for neighbour in neighbours:
        assert neighbour.stdout
        assert neighbour.stdout.readline() == "ready\n"
    for neighbour in neighbours:
        assert neighbour.stdin
        neighbour.stdin.write("go\n")
        neighbour.stdin.flush()
    for neighbour in neighbours:
        out, err = neighbour.communicate(timeout=60)
        assert neighbour.returncode == 0, err
        assert int(out) > 0

    disk = Disk(cache_folder, limit, KINDS)
    # Each process makes room before it writes, so together they may be over by what the others were writing.
    assert disk.index.used() <= limit + 2 * (LARGE + 1000)
    files = [path for path in disk.objects.rglob("*") if path.is_file()]
    assert not [path for path in files if path.suffix == ".part"]
    for key in disk.index.known(key_of(number) for number in range(24)):
        assert disk.get(key)
    disk.close()


FULL = """
import signal, sys
from pathlib import Path
from graph.cache import Cache
from graph.events import RunWarned
from tests.graph import toys
from tests.graph.toys import MEGABYTE, box, carry_out, flow

if int(sys.argv[2]):
    import resource
    # Writing past the limit then fails with EFBIG instead of killing the process.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
Cache._worth_storing = lambda *_: True
session = toys.open_session(Path(sys.argv[1]))
document = flow(
    "w",
    big=box("blob", size=3 * MEGABYTE),
    small=box("blob", size=60_000),
    w=box("weigh", {"blob": "big.blob", "other": "small.blob"}),
    v=box("add", {"a": "w"}),
)
outcome, diary = carry_out(session, document)
print(outcome.status, outcome.value(("w", "value")).number)
for warning in diary.of(RunWarned):
    print(warning.message)
session.close()
"""


def assert_goes_on(folder: Path, limit: int) -> None:
    """The run ends well on a full disk, says why nothing is kept, and leaves nothing half-written."""
    process = start(FULL, folder, limit)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    result, warning = out.splitlines()
    assert result == f"done {3 * 2**20 + 60_000 + 7.0}"
    assert "Results are not kept on disk for now" in warning
    assert "The run goes on without" in warning
    assert not [path for path in (folder / "objects").rglob("*") if path.is_file()]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no RLIMIT_FSIZE")
@pytest.mark.parametrize("limit", [2**20, 150_000])
def test_a_disk_that_takes_only_so_much(cache_folder: Path, limit: int) -> None:
    assert_goes_on(cache_folder, limit)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("there is no mount command here")
    if mounted.returncode:
        pytest.skip("mounting a tiny disk needs root, and is not permitted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_full(tiny_disk: Path) -> None:
    assert_goes_on(tiny_disk / "cache", 0)


def test_a_disk_that_is_full_before_the_start(tiny_disk: Path) -> None:
    """Opening may fail, but only with an error that the caller is told to expect."""
    (tiny_disk / "ballast").write_bytes(b"x" * 1_020_000)
    code = """
import sqlite3, sys
from pathlib import Path
from graph.cache import Disk
from tests.graph.toys import KINDS
try:
    Disk(Path(sys.argv[1]), 1000, KINDS).close()
except (OSError, sqlite3.Error) as error:
    print(error)
"""
    process = start(code, tiny_disk / "cache")
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
