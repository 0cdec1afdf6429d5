"""kill -9 wherever it can strike: no run is lost, none is completed twice, no finished step runs again."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path

import pytest

from service.runs.record import RunRecord
from service.runs.store import Store
from tests.service.runs.life import PLACES

ROOT = Path(__file__).parents[3]

Said = list[tuple[str, str]]
"""Runs and places, as a life said them."""


def live(folder: Path, names: list[str], fatal: Callable[[Said], bool] = lambda _: False) -> Said:
    """One life of a queue; it is killed as soon as what it said is fatal."""
    command = [sys.executable, "-m", "tests.service.runs.life", str(folder), *names]
    said: Said = []
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        for line in process.stdout:
            run, _, place = line.strip().partition(" ")
            said.append((run, place))
            if fatal(said):
                process.kill()
                break
            process.stdin.write("\n")
            process.stdin.flush()
        process.stdin.close()
    assert fatal(said) or process.returncode == 0
    return said


def at(place: str, known: Collection[str]) -> Callable[[Said], bool]:
    """Fatal is that place of a run that earlier lives did not know."""
    return lambda said: said[-1][1] == place and said[-1][0] not in known


def records(folder: Path) -> list[RunRecord]:
    with closing(Store(folder / "runs.sqlite")) as store:
        return [record for each in store.page(limit=1000) if (record := store.get(each.id))]


def times(folder: Path, name: str, step: str) -> int:
    """How often a step ran."""
    path = folder / f"{name}-{step}"
    return len(path.read_text().splitlines()) if path.exists() else 0


def check_all_done(folder: Path, names: list[str], lives: list[Said]) -> None:
    found = records(folder)
    assert sorted(record.name for record in found) == sorted(names)
    completed = Counter(run for said in lives for run, place in said if place == "ended done")
    # Where the kill came between the last renaming and the note, the next start notes it without a word of the engine.
    assert max(completed.values()) == 1
    for record in found:
        assert (record.state, record.result) == ("done", "result.txt")
        files = {path.name: path.read_text() for path in (folder / "results" / record.id).iterdir()}
        assert files == {"photo.txt": "2.0", "result.txt": "Value(number=2.0)"}
        assert [step.step for step in record.steps] == ["a", "b", "c"]
        # What was done less than half a second before a kill, and not needed after, need not be in the story.
        assert all(step.state == "done" or step.action == "unneeded" for step in record.steps)
        steps_done = Counter(place for said in lives for run, place in said if run == record.id if "Done" in place)
        assert steps_done == {"StepDone a": 1, "StepDone b": 1, "StepDone c": 1}, "no finished step runs again"


def test_killed_at_every_place(tmp_path: Path) -> None:
    """Each life finishes what the one before left, and is killed at the next place of a run of its own."""
    lives: list[Said] = []
    names: list[str] = []
    known: set[str] = set()
    for place in PLACES:
        names.append(f"run{len(names)}")
        lives.append(live(tmp_path, names, at(place, known)))
        assert lives[-1][-1][1] == place
        known |= {run for run, _ in lives[-1]}
        assert {record.name for record in records(tmp_path)} == set(names), "an accepted run is never lost"
    lives.append(live(tmp_path, names))
    check_all_done(tmp_path, names, lives)
    assert [times(tmp_path, name, step) for name in names for step in "ab"] == [1] * 2 * len(names)


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a place to be killed at is no secret
    names = [f"run{number}" for number in range(4)]
    lives: list[Said] = []
    while not lives or any(record.state != "done" for record in records(tmp_path)):
        lines = chance.randint(2, 20)
        lives.append(live(tmp_path, names, lambda said, lines=lines: len(said) >= lines))
    lives.append(live(tmp_path, names))
    check_all_done(tmp_path, names, lives)
