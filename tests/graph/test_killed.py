"""kill -9 at many moments: no finished step that took more than a second runs again, and no half-written file is read.

The steps here really take more than a second, for that is the promise.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.cache import Disk
from tests.graph.toys import KINDS, MEGABYTE

ROOT = Path(__file__).parents[2]
SIZE = 96 * MEGABYTE

STEPS = """
import sys
from pathlib import Path
from graph.events import StepDone
from graph.session import Order
from tests.graph.toys import box, flow, open_session

folder = Path(sys.argv[1])
session = open_session(folder / "cache")
long = {f"long{i}": box("toil", name=str(folder / f"long{i}"), wait=1.02 + i / 9) for i in range(4)}
quick = {
    f"quick{i}": box("toil", {"value": f"long{i}"}, name=str(folder / f"quick{i}")) for i in range(4)
}
total = {
    "left": box("add", {"a": "quick0", "b": "quick1"}),
    "right": box("add", {"a": "quick2", "b": "quick3"}),
    "total": box("add", {"a": "left", "b": "right"}),
}

def listen(event):
    print(type(event).__name__, getattr(event, "step", ""), flush=True)

outcome = session.run(Order(flow("total", **long, **quick, **total)), listen)
print("result", outcome.value(("total", "value")).number, flush=True)
session.close()
"""

LARGE = """
import sys
from pathlib import Path
from graph.session import Order
from tests.graph.toys import MEGABYTE, box, flow, open_session

session = open_session(Path(sys.argv[1]) / "cache", memory=0, disk=1024 * MEGABYTE)
big = flow("w", b=box("blob", size=96 * MEGABYTE, wait=1.01), w=box("weigh", {"blob": "b.blob"}))

def listen(event):
    print(type(event).__name__, getattr(event, "step", ""), flush=True)

outcome = session.run(Order(big), listen)
print("result", outcome.value(("w", "value")).number, flush=True)
session.close()
"""


def lives(code: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed_after(process: subprocess.Popen[str], lines: int) -> list[str]:
    """Kill a process once it has said that many lines; all that it said."""
    assert process.stdout
    said = [line for line, _ in zip(process.stdout, range(lines), strict=False)]
    process.kill()
    return [line.strip() for line in [*said, *process.communicate()[0].splitlines()]]


def times(folder: Path, name: str) -> int:
    """How often a step ran."""
    path = folder / name
    return len(path.read_text(encoding="utf-8").splitlines()) if path.exists() else 0


def test_what_was_finished_never_runs_again(tmp_path: Path) -> None:
    """Lives that end with the plan, with a start, with a long step's end, with the next step; the last may finish."""
    finished: dict[str, int] = {}
    said: list[str] = []
    for lines in (1, 4, 6, 7, 9, 1000):
        said = killed_after(lives(STEPS, tmp_path), lines)
        assert {name: times(tmp_path, name) for name in finished} == finished
        ended = [line.split()[1] for line in said if line.startswith("StepDone long")]
        finished |= {name: times(tmp_path, name) for name in ended}
    assert said[-1] == "result 8.0"
    assert sum(times(tmp_path, f"long{number}") for number in range(4)) > 4, "some were killed before their end"


def part_files(folder: Path) -> list[Path]:
    return list((folder / "cache" / "objects").rglob("*.part"))


@pytest.mark.parametrize("share", [0.0, 0.7])
def test_killed_while_a_large_result_is_being_written(tmp_path: Path, share: float) -> None:
    process = lives(LARGE, tmp_path)
    caught = False
    while process.poll() is None and not caught:
        for path in part_files(tmp_path):
            try:
                caught = path.stat().st_size >= share * SIZE
            except FileNotFoundError:
                break
    process.kill()
    process.communicate()

    disk = Disk(tmp_path / "cache", 2**40, KINDS)
    whole = [path for path in disk.objects.rglob("*-0") if path.is_file()]
    assert all(path.stat().st_size == SIZE for path in whole), "a file under its final name is whole"
    disk.close()

    again = lives(LARGE, tmp_path)
    out, err = again.communicate(timeout=60)
    assert again.returncode == 0, err
    assert out.splitlines()[-1] == f"result {SIZE + 7.0}"
