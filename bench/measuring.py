"""What every bench needs: a clock, the memory of a process, a table of figures against targets."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

SAMPLE_EVERY = 0.004
"""Seconds between two looks at a process's memory."""


@dataclass(frozen=True)
class Figure:
    """One measured value, its target, and what a user would get elsewhere."""

    name: str
    value: float
    unit: str
    target: float | None = None
    other: str = ""
    """The same done another way, measured in the same run."""
    at_least: bool = False
    """The target is a lower bound."""

    @property
    def reached(self) -> bool:
        if self.target is None:
            return True
        return self.value >= self.target if self.at_least else self.value <= self.target


def memory(pid: int) -> int:
    """Bytes that only this process holds: RssAnon + RssShmem. 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(("RssAnon:", "RssShmem:")))


class Peak:
    """The largest memory of a process while a `with` block lasts."""

    def __init__(self, pid: int) -> None:
        self._pid, self.bytes = pid, 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        while not self._done.wait(SAMPLE_EVERY):
            self.bytes = max(self.bytes, memory(self._pid))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def process(command: Sequence[str | Path]) -> tuple[float, int]:
    """Seconds and peak bytes of a whole process. RuntimeError with its output if it fails."""
    started = time.perf_counter()
    running = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with Peak(running.pid) as peak:
        output = running.communicate()[0]
    if running.returncode:
        raise RuntimeError(output.decode(errors="replace"))
    return time.perf_counter() - started, peak.bytes


def best_of(times: int, work: Callable[[], object]) -> float:
    """The quickest of several runs, in seconds: what the machine can do when nobody disturbs it."""

    def once() -> float:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started

    return min(once() for _ in range(times))


def report(title: str, figures: Sequence[Figure], summary: str = "") -> int:
    """Print the table; with --json also write it. Returns the exit code: with --check 1 if a target falls short."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", type=Path, help="also write the figures there")
    parser.add_argument("--check", action="store_true", help="fail if a target falls short")
    arguments = parser.parse_known_args()[0]
    print(f"\n{title}\n")
    print(f"| {'what':<58} | {'measured':>12} | {'target':>10} | elsewhere |")
    print(f"|{'-' * 60}|{'-' * 14}|{'-' * 12}|---|")
    for figure in figures:
        target = "" if figure.target is None else f"{'≥' if figure.at_least else '≤'} {figure.target:g}"
        value = f"{figure.value:.4g} {figure.unit}"
        mark = "" if figure.reached else "  ← short"
        print(f"| {figure.name:<58} | {value:>12} | {target:>10} | {figure.other} |{mark}")
    reached = sum(figure.reached for figure in figures if figure.target is not None)
    wanted = sum(figure.target is not None for figure in figures)
    print(f"\n{reached} of {wanted} targets reached. {summary}")
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(figure) for figure in figures], indent=1), encoding="utf-8")
    return int(arguments.check and reached < wanted)


def python() -> str:
    """The interpreter that runs this bench."""
    return sys.executable
