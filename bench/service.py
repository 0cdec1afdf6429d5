"""Measures the service: start-up, a crowd that watches, messages, memory, what HTTP adds, a slider.

python bench/service.py [--check] [--json FILE] [--chart FILE.png] [--only start,crowd,messages,memory,overhead,slider]
    [--runs N] [--clients N] [--small]

Every part starts the program as a user does, `python server.py`, on folders of its own. --runs and --clients say how
large the crowd's part is; --small makes everything small, to see that it works: its figures mean nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Self

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.measuring import ROOT, Figure, best_of, python, report
from bench.serving import alongside
from bench.serving.cases import QUICK, TRIVIAL, chain, photograph, photos, with_gamma
from bench.serving.drawing import chart
from bench.serving.program import Client, Program
from bench.serving.slider import Shown, Slider
from bench.serving.watchers import Verdict, Watching

MIB = 2**20

PROBE_EVERY = 0.02
"""Seconds between two times that /health is asked under load."""

RUN_PATIENCE = 30.0
"""Seconds for each run of the crowd, after which the rest is given up."""

DRAG_EVERY = 1 / 30
"""Seconds between two positions of a slider that is dragged."""


@dataclass(frozen=True)
class Sizes:
    """How much of everything."""

    starts: int = 5
    clients: int = 100
    runs: int = 300
    half: tuple[int, int] = (640, 800)
    """Width and height of the crowd's photos: half a megapixel."""
    workflow: Mapping[str, Any] = field(default_factory=lambda: _shipped("restore"))
    """The crowd's."""
    steps: int = 900
    many: int = 1000
    """Runs over which memory has to stay flat, ten times as many as there are different photos."""
    restores: int = 200
    large: tuple[int, int] = (4000, 3000)
    changes: int = 20


def _shipped(name: str) -> Mapping[str, Any]:
    return json.loads((ROOT / "workflows" / f"{name}.json").read_text(encoding="utf-8"))


SMALL = Sizes(
    starts=1,
    clients=3,
    runs=3,
    half=(64, 80),
    workflow=QUICK,
    steps=20,
    many=20,
    restores=3,
    large=(400, 300),
    changes=2,
)


@dataclass
class Bench:
    """One run of the benchmark."""

    folder: Path
    sizes: Sizes
    series: dict[str, list[float]] = field(default_factory=dict)
    """What the chart shows."""

    def program(self, name: str) -> Program:
        """The server, on folders that were never used."""
        return Program(self.folder / name)


class Probe:
    """Asks /health again and again, on a connection of its own, while a `with` block lasts."""

    def __init__(self, port: int) -> None:
        self._client = Client(port)
        self.seconds: list[float] = []
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def _ask(self) -> None:
        while not self._done.wait(PROBE_EVERY):
            self.seconds.append(best_of(1, lambda: self._client.get("/health")))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        self._client.close()


def start(bench: Bench) -> list[Figure]:
    """From nothing to the first answers."""
    first, nodes, held, resident = [], [], [], []
    for number in range(bench.sizes.starts):
        with bench.program(f"start-{number}") as program:
            first.append(program.first_answer)
            held.append(program.memory)
            resident.append(program.resident)
            program.client.get("/api/nodes")
            nodes.append(program.seconds)
    packages = best_of(
        bench.sizes.starts, lambda: subprocess.run([python(), "-c", "import fastapi, uvicorn, numpy"], check=True)
    )
    also = f"Python with fastapi, uvicorn, numpy: {packages:.2f} s; "
    shared = f"with files it shares: {min(resident) / MIB:.0f} MiB; peer: 534 MiB"
    return [
        Figure("start to the first answer of /health", min(first), "s", 2, also + "peer: 8.9 s"),
        Figure("  memory then", min(held) / MIB, "MiB", 150, shared),
        Figure("  start to the first answer of /api/nodes", min(nodes), "s"),
    ]


def crowd(bench: Bench) -> list[Figure]:
    """Many watch while many photos are restored."""
    sizes = bench.sizes
    alone = _restored_alone(bench)
    with bench.program("crowd") as program, Watching(program.port, sizes.clients, sizes.runs) as watching:
        client = program.client
        settings = [client.upload(photo) for photo in islice(photos(*sizes.half), sizes.runs)]
        idle = best_of(20, lambda: client.get("/health"))
        with Probe(program.port) as probe:
            started = time.perf_counter()
            for setting in settings:
                client.start(sizes.workflow, setting)
            seen = watching.verdict(RUN_PATIENCE * sizes.runs)
            client.wait_idle(RUN_PATIENCE * sizes.runs)
            seconds = time.perf_counter() - started
        done = sum(run["state"] == "done" for run in client.runs())
        peak = program.memory
    bench.series["health"] = probe.seconds
    asked = f"{len(probe.seconds):,} times; idle: {idle * 1e3:.1f} ms"
    return [
        Figure(f"{sizes.runs} runs, {sizes.clients} clients: runs not done", sizes.runs - done, "", 0),
        *_watched(seen, sizes.runs),
        Figure("  GET /health meanwhile, 99th percentile", _percentile(probe.seconds, 99) * 1e3, "ms", 50, asked),
        Figure("  GET /health meanwhile, median", statistics.median(probe.seconds) * 1e3, "ms"),
        Figure("  GET /health meanwhile, slowest", max(probe.seconds) * 1e3, "ms"),
        Figure(
            "  seconds for each run", seconds / sizes.runs, "s", None, f"in process, nobody watching: {alone:.2f} s"
        ),
        Figure("  memory at the end", peak / MIB, "MiB"),
    ]


def _restored_alone(bench: Bench) -> float:
    """Seconds for one of the crowd's restorations, without a server; the model is loaded before."""
    with alongside.opened(bench.folder / "alone") as session:
        few = islice(photos(*bench.sizes.half), 4)
        return statistics.median([alongside.restored(session, bench.sizes.workflow, photo) for photo in few][1:])


def _watched(seen: Verdict, runs: int) -> list[Figure]:
    """What the clients saw."""
    for word in seen.words:
        print(f"  wrong: {word}")
    each = f"{seen.messages / runs:.0f} messages and {seen.bytes / runs / 1024:.1f} KiB a run"
    return [
        Figure("  clients lost", seen.lost, "", 0),
        Figure("  runs that a client did not see end", runs - seen.ended, "", 0),
        Figure("  messages missing, twice or out of order, all clients", seen.wrong, "", 0, each),
        Figure("  progress a second of one run, at most", seen.liveliest, "", 20),
    ]


def messages(bench: Bench) -> list[Figure]:
    """What a long chain of steps costs a client: when all is new, and when its first step has changed."""
    figures: list[Figure] = []
    steps = bench.sizes.steps
    with bench.program("messages") as program:
        photo = program.client.upload(next(photos(16, 16)))
        for what, gamma in (("new", 1.2), ("its first step changed", 1.3)):
            with Watching(program.port, 2, 1) as watching:
                started = time.perf_counter()
                program.client.start(chain(steps, gamma), photo)
                seen = watching.verdict(RUN_PATIENCE * 10)
                seconds = time.perf_counter() - started
            each = f"{seen.messages} messages, {seconds:.1f} s"
            figures += [
                Figure(f"a run of {steps} steps, {what}: a client gets", seen.bytes / MIB, "MiB", 0.5, each),
                Figure("  messages missing, twice or out of order", seen.wrong + seen.lost, "", 0),
            ]
    return figures


def memory(bench: Bench) -> list[Figure]:
    """Many runs, watched. After the first tenth every photo is in the cache, and the steps run by force: what grows
    then is not what the cache keeps."""
    many, lot = bench.sizes.many, bench.sizes.many // 10
    held: list[float] = []
    with bench.program("memory") as program, Watching(program.port, 3, many) as watching:
        client, started = program.client, time.perf_counter()
        settings = [client.upload(photo) for photo in islice(photos(48, 64), lot)]
        for _ in range(10):
            for setting in settings:
                client.start(QUICK, setting, force=list(QUICK["nodes"]))
            client.wait_idle(RUN_PATIENCE * lot)
            held.append(program.memory / MIB)
        seen, seconds = watching.verdict(RUN_PATIENCE), time.perf_counter() - started
        done = sum(run["state"] == "done" for run in client.runs())
    bench.series["memory"] = held
    then = f"{held[0]:.1f} MiB after {lot} runs, {held[-1]:.1f} MiB after {many}; peak of ten looks {max(held):.1f}"
    return [
        Figure(f"memory's growth from run {lot} to run {many}", 100 * (held[-1] / held[0] - 1), "%", 5, then),
        Figure("  runs not done", many - done, "", 0),
        Figure("  messages missing, twice or out of order", seen.wrong + seen.lost + many - seen.ended, "", 0),
        Figure("  from order to end, for each run", 1e3 * seconds / many, "ms"),
    ]


def overhead(bench: Bench) -> list[Figure]:
    """One-shot restorations by HTTP and in process, in turns."""
    photo = next(photos(320, 400))
    http: list[float] = []
    here: list[float] = []
    with bench.program("overhead") as program, alongside.opened(bench.folder / "beside") as session:
        client, forgetful = program.client, alongside.forgetful(session, bench.folder)
        client.ask("PUT", "/api/workflows/trivial", json.dumps(TRIVIAL).encode(), "application/json")

        def restore() -> bytes:
            return client.ask("POST", "/api/restore?workflow=trivial", photo, "image/jpeg")

        for turn in range(-2, bench.sizes.restores):  # the first two load what is needed
            times = best_of(1, restore), alongside.restored(forgetful, TRIVIAL, photo)
            if turn >= 0:
                http.append(1e3 * times[0])
                here.append(1e3 * times[1])
        floor = 1e3 * statistics.median(best_of(1, lambda: client.get("/health")) for _ in range(bench.sizes.restores))
    bench.series |= {"over HTTP": http, "in process": here}
    both = f"{statistics.median(http):.1f} ms and {statistics.median(here):.1f} ms; GET /health: {floor:.1f} ms"
    difference = statistics.median(http) - statistics.median(here)
    return [Figure("a run over HTTP against one in process: more by", difference, "ms", 15, both)]


def slider(bench: Bench) -> list[Figure]:
    """A large photo whose steps are cached; the last one's setting changes."""
    sizes, width, height = bench.sizes, *bench.sizes.large
    gammas = [round(1.55 + 0.05 * number, 2) for number in range(sizes.changes)]
    positions = [with_gamma(QUICK, gamma) for gamma in gammas]
    beyond = [with_gamma(QUICK, round(3.0 + 0.05 * number, 2)) for number in range(30)]
    with bench.program("slider") as program:
        client = program.client
        photo = client.upload(data := photograph(width, height))
        client.start(QUICK, photo)
        client.wait_idle()
        with Slider(client, photo, "light") as moving:
            first = moving.move(with_gamma(QUICK, 1.45))
            shown = [moving.move(position) for position in positions]
            dragged = moving.drag(beyond, DRAG_EVERY)
    with alongside.opened(bench.folder / "here") as session:
        here = statistics.median(alongside.previewed(session, QUICK, data, gammas))
    bench.series["preview told"] = [1e3 * each.told for each in (first, *shown)]
    bench.series["preview fetched"] = [1e3 * each.fetched for each in (first, *shown)]
    size = f"{width * height / 1e6:.2g} MP"
    return [
        Figure(
            f"slider on {size}: change to preview event, median of {len(shown)}",
            1e3 * statistics.median(each.told for each in shown), "ms", 150, f"in process: {1e3 * here:.0f} ms",
        ),
        Figure("  the first change, and until its picture is there", 1e3 * first.told, "ms", 150, _fetched(first)),
        Figure("  the slowest of the others", 1e3 * max(each.told for each in shown), "ms", 150),
        Figure("  change to the preview's bytes, median", 1e3 * statistics.median(e.fetched for e in shown), "ms"),
        Figure("  dragged 30 times a second: its last change", 1e3 * dragged.told, "ms", None, _fetched(dragged)),
    ]  # fmt: skip


def _fetched(shown: Shown) -> str:
    return f"its picture: {1e3 * shown.fetched:.0f} ms"


def _percentile(values: Sequence[float], percent: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


PARTS: Mapping[str, Callable[[Bench], list[Figure]]] = {
    "start": start, "crowd": crowd, "messages": messages, "memory": memory, "overhead": overhead, "slider": slider,
}  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure, separated by commas")
    parser.add_argument("--runs", type=int, help="of the crowd; 300 are what the target speaks of")
    parser.add_argument("--clients", type=int, help="of the crowd; 100 are what the target speaks of")
    parser.add_argument("--small", action="store_true", help="everything small, to see that it works")
    parser.add_argument("--chart", type=Path, help="also draw the figures there")
    return parser.parse_known_args()[0]


def main() -> int:
    options = _options()
    sizes = SMALL if options.small else Sizes()
    given = {name: value for name in ("runs", "clients") if (value := getattr(options, name)) is not None}
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), replace(sizes, **given))
        for part in options.only.split(","):
            started = time.perf_counter()
            figures += PARTS[part](bench)
            print(f"({part}: {time.perf_counter() - started:.0f} s)", flush=True)
    if options.chart:
        chart(options.chart, bench.series)
    return report("The service", figures, "Small sizes: the figures mean nothing." if options.small else "")


if __name__ == "__main__":
    sys.exit(main())
