"""The real process, really stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Heirloom, make_photo, workflow_json, write_workflow

ROOT = Path(__file__).resolve().parents[2]


def command(tmp_path: Path, *arguments: str | Path) -> list[str]:
    places = ["--data", tmp_path / "data", "--cache-dir", tmp_path / "cache", "--json"]
    return [sys.executable, str(ROOT / "server.py"), *map(str, [*arguments, *places])]


@pytest.fixture
def call(tmp_path: Path, rng: np.random.Generator) -> list[str]:
    """A run whose slowest step takes over a second and is followed by others."""
    photo = make_photo(tmp_path / "photo.png", rng, 600, 800)
    slow = workflow_json(result=["clean", "image"])
    slow["nodes"]["clean"] = {"type": "noise/denoise", "inputs": {"image": ["grow", "image"]}}
    slow["nodes"]["grow"]["settings"]["factor"] = 4
    path = write_workflow(tmp_path / "slow.json", slow)
    return command(tmp_path, "--run", path, "--input", photo, "--output", tmp_path / "out.png")


def events(output: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_killed_anywhere_the_same_command_goes_on(call: list[str], heirloom: Heirloom, tmp_path: Path):
    whole = subprocess.run([*call, "--cache-dir", str(tmp_path / "other")], capture_output=True, check=True)
    expected = (tmp_path / "out.png").read_bytes()
    (tmp_path / "out.png").unlink()
    long_steps = {e["step"] for e in events(whole.stdout) if e.get("event") == "StepDone" and e["seconds"] > 1}  # type: ignore[operator]
    # When all is planned, when the second step has begun, and when it has ended.
    for lines in (1, 4, 7):
        running = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert running.stdout is not None
        seen = [running.stdout.readline() for _ in range(lines)]
        running.kill()
        running.communicate()
        finished = {e["step"] for e in events(b"".join(seen)) if e.get("event") == "StepDone"}
        plan = heirloom(*call[2:], "--explain").json[0]
        again = {step["id"] for step in plan["steps"] if step["action"] == "run"}
        assert not finished & long_steps & again
    subprocess.run(call, capture_output=True, check=True)
    assert (tmp_path / "out.png").read_bytes() == expected
    assert not list(tmp_path.glob("*.part*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a single process")
def test_ctrl_c_ends_at_once_and_leaves_nothing_half_written(call: list[str], tmp_path: Path):
    running = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    while b"StepProgress" not in running.stdout.readline():
        pass
    asked = time.monotonic()
    running.send_signal(signal.SIGINT)
    output = running.communicate(timeout=30)[0]
    assert running.returncode == 130
    assert b"Cancelled" in output
    assert not (tmp_path / "out.png").exists()
    assert not list(tmp_path.glob("*.part*"))
    assert time.monotonic() - asked < 30
