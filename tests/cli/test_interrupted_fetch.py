"""Ctrl-C while a run fetches a model file: the real process, a real server that stands still."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import USES_IT, make_photo, write_workflow
from tests.nodes.models.fetching import BODY
from tests.nodes.models.hostile import Hostile, Manner, hostile_server

ROOT = Path(__file__).resolve().parents[2]

HALF = len(BODY) // 2

CHILD = """
import sys
from tests.nodes.models.fetching import entry_of
from nodes.models import shelf
from nodes.models.catalog import Catalog

toy = entry_of(sys.argv.pop(1), task="faces")
shelf.catalog = lambda: Catalog({"toy": toy})
import server
sys.exit(server.main())
"""
"""The program, with a catalogue of one file."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Generator[Hostile]:
    monkeypatch.delenv("HEIRLOOM_OFFLINE", raising=False)
    with hostile_server() as hostile:
        hostile.serve("/toy", Manner(BODY, gate=threading.Event()))
        yield hostile


@pytest.fixture
def call(server: Hostile, tmp_path: Path, rng: np.random.Generator) -> list[str]:
    """A run that needs that file."""
    (added := tmp_path / "added" / "toy").mkdir(parents=True)
    (added / "use.py").write_text(USES_IT.replace("gfpgan-1.4", "toy"))
    make_photo(tmp_path / "photo.png", rng)
    nodes = {
        "photo": {"type": "files/load", "settings": {"photo": "photo.png"}},
        "use": {"type": "toy/use", "inputs": {"image": ["photo", "image"]}},
    }
    path = write_workflow(tmp_path / "use.json", {"version": 1, "nodes": nodes, "result": ["use", "image"]})
    (folder := tmp_path / "models").mkdir()
    options = ["--run", path, "--add-nodes", added.parent, "--weights-dir", folder, "--output", tmp_path / "out.png"]
    places = ["--data", tmp_path / "data", "--cache-dir", tmp_path / "cache", "--json"]
    return [sys.executable, "-c", CHILD, f"{server.address}/toy", *map(str, [*options, *places])]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a single process")
def test_ctrl_c_ends_a_download_and_the_next_run_goes_on(call: list[str], server: Hostile, tmp_path: Path):
    running = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert running.stdout is not None
    while (line := json.loads(running.stdout.readline())).get("done") != HALF:
        assert line.get("event", "Fetching") == "Fetching"
    running.send_signal(signal.SIGINT)
    output, errors = running.communicate(timeout=30)
    gate = server.manners["/toy"].gate
    assert gate
    assert not gate.is_set(), "the server still stands still"
    assert running.returncode == 130, errors
    assert b"Cancelled. What was finished is kept." in output
    assert (tmp_path / "models" / "toy.pth.part").stat().st_size == HALF
    assert not (tmp_path / "out.png").exists()

    gate.set()
    again = subprocess.run(call, capture_output=True, check=True, cwd=ROOT)
    assert server.ranges == ["", f"bytes={HALF}-"]
    assert (tmp_path / "out.png").exists()
    fetched = [line for line in map(json.loads, again.stdout.splitlines()) if line.get("event") == "Fetching"]
    assert (fetched[0]["done"], fetched[-1]["done"], fetched[-1]["total"]) == (HALF, len(BODY), len(BODY))
