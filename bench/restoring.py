"""Measures workflows/restore.json on large scans: a process of its own on two cores, without a graphics card.

python bench/restoring.py [--check] [--json FILE] [--megapixels N …]

The scans are enlarged from a photo in the public domain and aged, all drawn from one seed; the noise comes after the
enlarging, as a scanner's does. Beside the first one runs what a few lines of OpenCV make of the same file.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import cv2
import numpy as np
from PIL import Image as Pillow

from bench.judging.damages import SENSOR, Photo, bytes_of, damaged, from_packages
from bench.judging.recipes import one_after_the_other
from bench.measuring import ROOT, Figure, Peak, python, report

WORKFLOW = ROOT / "workflows" / "restore.json"

CORES = 2
GIB = 2**30
USUAL, LARGE = 12, 100
"""Megapixels of a print scanned at 600 dpi, and of a large one."""

SECONDS = {USUAL: 30.0}
MEMORY = {USUAL: 2.0, LARGE: 3.0}
"""GiB."""

SEED = 12

BUSY = 0.5
"""Load of the machine before the bench, above which its seconds say little."""


@dataclass
class Took:
    """What one process took."""

    seconds: float
    processor: float
    """Seconds of the processor, all threads together."""
    peak: int
    steps: Mapping[str, float]


def scan(megapixels: float, path: Path) -> Path:
    """An old print, scanned that large."""
    small = next(photo.pixels for photo in from_packages() if photo.name == "grace_hopper")
    scale = (megapixels * 1e6 / small[..., 0].size) ** 0.5
    size = (round(small.shape[1] * scale), round(small.shape[0] * scale))
    large = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_CUBIC), np.float32)
    hurt = damaged(Photo("scan", np.clip(large, 0, 1)), "mixed", SEED)
    hurt += np.float32(SENSOR) * np.random.default_rng(SEED).standard_normal(hurt.shape, np.float32)
    Pillow.fromarray(bytes_of(hurt)).save(path, quality=92)
    return path


def measured(command: Sequence[str | Path]) -> Took:
    """A process on two cores. RuntimeError with its output if it fails."""
    started, said = time.perf_counter(), list[str]()
    how: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": ""}
    with subprocess.Popen([str(part) for part in command], env=environment, **how) as running:
        os.sched_setaffinity(running.pid, sorted(os.sched_getaffinity(0))[:CORES])
        reading = threading.Thread(target=lambda: said.extend(running.stdout or ()))
        with Peak(running.pid) as peak:
            reading.start()
            _, status, usage = os.wait4(running.pid, 0)
        # The process was waited for already: its figures come with its end.
        running.returncode = os.waitstatus_to_exitcode(status)
        reading.join()
    if running.returncode:
        raise RuntimeError("".join(said))
    seconds = time.perf_counter() - started
    return Took(seconds, usage.ru_utime + usage.ru_stime, peak.bytes, _steps(said))


def _steps(said: Sequence[str]) -> dict[str, float]:
    """Seconds of each step, from the events of a run."""
    events = [json.loads(line) for line in said if line.startswith("{")]
    return {event["step"]: event["seconds"] for event in events if event.get("event") == "StepDone"}


def restored(photo: Path, folder: Path) -> Took:
    """`server.py --run` with a cache of its own, as on the first day."""
    places = ["--data", folder / "data", "--cache-dir", folder / f"cache-{photo.stem}"]
    how = ["--device", "cpu", "--no-download", "--json", *places]
    output = folder / f"{photo.stem}-restored.jpg"
    return measured([python(), ROOT / "server.py", "--run", WORKFLOW, "--input", photo, "--output", output, *how])


def figures_of(megapixels: float, took: Took) -> list[Figure]:
    name, size = f"{megapixels:g} MP", int(megapixels)
    return [
        Figure(f"{name}: the whole run", took.seconds, "s", SECONDS.get(size)),
        Figure("  seconds of the processor", took.processor, "s"),
        Figure("  memory at its peak", took.peak / GIB, "GiB", MEMORY.get(size)),
        *(Figure(f"  {step}", seconds, "s") for step, seconds in took.steps.items()),
    ]


def compared(took: Took, photo: Path, folder: Path) -> list[Figure]:
    """The same photo in OpenCV: top-hat, Telea, a stretch and non-local means."""
    plain = measured([python(), __file__, "--recipe", photo, folder / "recipe.jpg"])
    other = f"Telea, stretch, NlMeans: {plain.seconds:.1f} s, {plain.peak / GIB:.2f} GiB"
    return [
        Figure("  as fast as plain OpenCV", plain.seconds / took.seconds, "times", other=other),
        Figure("  as fast, by seconds of the processor", plain.processor / took.processor, "times"),
    ]


def recipe(photo: Path, output: Path) -> None:
    """What the comparison runs."""
    cv2.setNumThreads(CORES)
    with Pillow.open(photo) as file:
        pixels = np.asarray(file.convert("RGB"), np.float32) / np.float32(255)
    Pillow.fromarray(bytes_of(one_after_the_other(pixels))).save(output, quality=92)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megapixels", type=float, nargs="+", default=[USUAL, LARGE])
    parser.add_argument("--recipe", type=Path, nargs=2, help=argparse.SUPPRESS)
    asked, _ = parser.parse_known_args()
    if asked.recipe:
        recipe(*asked.recipe)
        return 0
    load, figures = os.getloadavg()[0], list[Figure]()
    with tempfile.TemporaryDirectory(prefix="heirloom-bench-") as name:
        folder = Path(name)
        for megapixels in asked.megapixels:
            photo = scan(megapixels, folder / f"scan-{megapixels:g}.jpg")
            took = restored(photo, folder)
            figures += figures_of(megapixels, took)
            if megapixels == USUAL:
                figures += compared(took, photo, folder)
    busy = f"The machine was busy (load {load:.1f}): go by the seconds of the processor." if load > BUSY else ""
    return report("Restoring large scans", figures, busy)


if __name__ == "__main__":
    sys.exit(main())
