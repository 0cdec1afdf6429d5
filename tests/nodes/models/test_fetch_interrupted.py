"""Downloads that are cancelled, killed, short of room, or fetched by two at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import Cancelled, WorkflowError
from nodes.models.catalog import Entry
from nodes.models.fetch import Patience, fetch
from tests.nodes.models.fetching import BODY, EAGER, entry_of, get, left
from tests.nodes.models.hostile import Hostile, Manner, hostile_server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Generator[Hostile]:
    monkeypatch.delenv("HEIRLOOM_OFFLINE", raising=False)
    with hostile_server() as hostile:
        yield hostile


def test_a_cancelled_download_ends_though_the_server_stands_still(server: Hostile, tmp_path: Path):
    cancelled, gate = threading.Event(), threading.Event()
    entry = entry_of(server.serve("/a", Manner(BODY, gate=gate)))

    def told(_: str, done: int, __: int | None) -> None:
        if done == len(BODY) // 2:
            cancelled.set()

    with pytest.raises(Cancelled):
        fetch(entry, tmp_path, told, cancelled, EAGER)
    assert (tmp_path / "toy.pth.part").stat().st_size == len(BODY) // 2
    gate.set()
    server.manners["/a"].gate = None
    assert get(entry, tmp_path).read_bytes() == BODY
    assert server.ranges[-1] == f"bytes={len(BODY) // 2}-"


def test_cancelling_ends_the_pause_before_the_next_attempt(server: Hostile, tmp_path: Path):
    cancelled = threading.Event()
    entry = entry_of(server.serve("/a", Manner(BODY, cuts=[100_000])))
    patient = Patience(pauses=(3600.0,))

    def told(_: str, done: int, __: int | None) -> None:
        if done == 100_000:
            cancelled.set()

    with pytest.raises(Cancelled):
        fetch(entry, tmp_path, told, cancelled, patient)


def test_a_silent_server_is_given_up(server: Hostile, tmp_path: Path):
    entry = entry_of(server.serve("/a", Manner(BODY, gate=threading.Event())))
    with pytest.raises(WorkflowError, match="silent for too long"):
        fetch(entry, tmp_path, lambda *_: None, threading.Event(), Patience(pauses=(), silence=0.05))


def test_a_disk_without_room_is_seen_before(server: Hostile, tmp_path: Path):
    entry = entry_of(server.serve("/a", Manner(BODY)), bytes=2**60)
    with pytest.raises(WorkflowError, match=r"only .* are free"):
        get(entry, tmp_path)
    assert server.asked == []


def test_a_folder_that_cannot_be_made(server: Hostile, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorkflowError, match="cannot be used"):
        get(entry_of(server.serve("/a", Manner(BODY))), tmp_path / "file" / "weights")


CHILD = """
import json, resource, signal, sys, threading
from pathlib import Path
from graph.errors import WorkflowError
from nodes.models.catalog import Entry
from nodes.models.fetch import fetch

values, folder, limit = json.loads(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
entry = Entry(**{**values, "urls": tuple(values["urls"])})
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
print("begun", flush=True)
try:
    fetch(entry, folder, lambda *_: print("told", flush=True), threading.Event())
except WorkflowError as error:
    sys.exit(str(error))
"""


def child(entry: Entry, folder: Path, limit: int = 0) -> subprocess.Popen[str]:
    """A process of its own that fetches; with `limit`, no file of it can grow further."""
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    command = [sys.executable, "-c", CHILD, json.dumps(values), str(folder), str(limit)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_fetch_the_same_file(server: Hostile, tmp_path: Path):
    gate = threading.Event()
    entry = entry_of(server.serve("/a", Manner(BODY, gate=gate)))
    first = child(entry, tmp_path)
    assert first.stdout
    assert [first.stdout.readline() for _ in range(2)] == ["begun\n", "told\n"]
    second = child(entry, tmp_path)
    assert second.stdout
    assert second.stdout.readline() == "begun\n"
    third = ThreadPoolExecutor(1).submit(get, entry, tmp_path)
    gate.set()
    errors = [process.communicate()[1] for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), errors
    assert third.result().read_bytes() == BODY
    assert [path for path, _ in server.asked] == ["/a"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such kill")
def test_a_killed_process_leaves_a_part_that_others_go_on_with(server: Hostile, tmp_path: Path):
    entry = entry_of(server.serve("/a", manner := Manner(BODY, gate=threading.Event())))
    process = child(entry, tmp_path)
    assert process.stdout
    part = tmp_path / "toy.pth.part"
    while not (part.exists() and part.stat().st_size == len(BODY) // 2):
        assert process.stdout.readline(), process.stderr and process.stderr.read()
    process.kill()
    process.communicate()
    manner.gate = None
    assert get(entry, tmp_path).read_bytes() == BODY
    assert server.ranges == ["", f"bytes={len(BODY) // 2}-"]


@pytest.mark.skipif(os.name == "nt", reason="the system sets no such limit")
def test_a_disk_that_is_full_in_the_middle(server: Hostile, tmp_path: Path):
    process = child(entry_of(server.serve("/a", Manner(BODY))), tmp_path, limit=500_000)
    error = process.communicate()[1]
    assert process.returncode == 1
    assert "cannot be written: File too large" in error
    assert left(tmp_path) == set()
