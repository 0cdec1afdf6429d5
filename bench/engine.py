"""Measures the engine: overhead of steps, branches side by side, a 12-MP and a 100-MP photo, cancelling, bounds.

python bench/engine.py [--check] [--json FILE] [--only chain,branches,photo,scan,cancel,bounds]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from PIL import Image as Pillow
from PIL import ImageFilter

import nodes
import server  # noqa: F401 - the same settings of the interpreter as the program has
from bench.measuring import ROOT, Figure, Peak, best_of, memory, process, python, report
from graph.cache import Cache, Disk
from graph.document import parse
from graph.events import Event, StepDone, StepStarted
from graph.places import Places
from graph.registry import Registry
from graph.session import Order, Session
from nodes.kinds.arrays import allocator

MIB, GIB = 2**20, 2**30
HEIGHT, WIDTH = 3000, 4000


def registry() -> Registry:
    """The shipped nodes and the bench's own."""
    return Registry.collect(nodes).with_folder(ROOT / "bench" / "nodes")


def opened(folder: Path, memory_limit: int = GIB) -> Session:
    """A session with an empty cache of its own."""
    found = registry()
    disk = Disk(folder / "cache", 20 * GIB, found.kinds)
    return Session(found, Cache(found.kinds, memory_limit, disk), allocate=allocator(disk.scratch))


def chain(folder: Path) -> list[Figure]:
    """Steps that do nothing, from the JSON text to the finished event, the disk cache on."""
    figures: list[Figure] = []
    seconds: dict[tuple[int, str], float] = {}
    for count, cold_target, cached_target in ((1000, 150, 20), (10_000, 1500, 250)):
        text = json.dumps(_chain_document(count))
        cold: list[float] = []
        for attempt in range(3):
            session = opened(folder / f"chain-{count}-{attempt}")
            cold.append(best_of(1, lambda s=session, t=text: s.run(Order(parse(t), name="chain"))))
            cached = best_of(5, lambda s=session, t=text: s.run(Order(parse(t), name="chain")))
            seconds[count, "cached"] = min(cached, seconds.get((count, "cached"), cached))
            session.close()
        seconds[count, "cold"] = min(cold)
        other = "peer: 900 steps 25 s, 1,000 refused" if count == 1000 else ""
        figures.append(Figure(f"chain of {count:,} steps, cold", min(cold) * 1e3, "ms", cold_target, other))
        cached_ms = seconds[count, "cached"] * 1e3
        figures.append(Figure(f"chain of {count:,} steps, all cached", cached_ms, "ms", cached_target))
    for what in ("cold", "cached"):
        growth = seconds[10_000, what] / seconds[1000, what]
        figures.append(Figure(f"growth from 1,000 to 10,000 steps, {what}", growth, "×", 12))
    return figures


def _chain_document(count: int) -> dict[str, object]:
    boxes: dict[str, object] = {"n0": {"type": "bench/spot", "settings": {"height": 1, "width": 1}}}
    for number in range(1, count):
        wires = {"mask": [f"n{number - 1}", "mask"]}
        boxes[f"n{number}"] = {"type": "bench/pass_on", "inputs": wires, "settings": {"value": number}}
    return {"version": 1, "nodes": boxes, "result": [f"n{count - 1}", "mask"]}


def branches(folder: Path) -> list[Figure]:
    """Four independent steps that each wait a second."""
    boxes: dict[str, object] = {"spot": {"type": "bench/spot", "settings": {"height": 1, "width": 1}}}
    for number in range(4):
        boxes[f"wait{number}"] = {"type": "bench/wait", "inputs": {"mask": ["spot", "mask"]}}
    session = opened(folder / "branches")
    text = json.dumps({"version": 1, "nodes": boxes})
    seconds = best_of(1, lambda: session.run(Order(parse(text))))
    session.close()
    return [Figure("four branches that wait 1 s each", seconds, "s", 1.2, "peer: 4.0 s")]


def photo(folder: Path) -> list[Figure]:
    """12-MP JPEG → 4800×3600 → blur → unsharp → blend with a second photo → PNG, as a whole process."""
    one, two = _photograph(folder / "one.jpg", 1), _photograph(folder / "two.jpg", 2)
    workflow = folder / "photo.json"
    workflow.write_text(json.dumps(_photo_document(one, two)), encoding="utf-8")
    result = folder / "result.png"

    def command(cache: Path) -> list[str | Path]:
        start: list[str | Path] = [python(), ROOT / "server.py", "--run", workflow, "--output", result]
        return [*start, "--cache-dir", cache, "--data", folder / "data", "--quiet"]

    runs = [process(command(folder / f"cache{number}")) for number in range(3)]
    seconds, peak = min(run[0] for run in runs), max(run[1] for run in runs)
    pillow_seconds, pillow_peak = process([python(), __file__, "--pillow", one, two, folder / "pillow.png"])
    Pillow.open(result).save(folder / "default.png")
    larger = 100 * (result.stat().st_size / (folder / "default.png").stat().st_size - 1)
    by_hand = f"Pillow script: {pillow_seconds:.1f} s, {pillow_peak / GIB:.2f} GiB; peer: 10.0 s, 3.8 GiB"
    figures = [
        Figure("12-MP photo through four steps to PNG, whole process", seconds, "s", 3.5, by_hand),
        Figure("  peak memory", peak / GIB, "GiB", 1.5),
        Figure("  PNG larger than Pillow's default of the same pixels", larger, "%", 15),
    ]
    session = opened(folder / "again")
    order = Order(parse(workflow.read_bytes()), Places((folder,)), outputs=folder, name="photo")
    session.run(order)
    again = best_of(5, lambda: session.run(order))
    figures.append(Figure("the same again, in process", again * 1e3, "ms", 20))
    session.close()
    session, done = opened(folder / "again"), list[Event]()
    session.run(order, done.append)
    session.close()
    long = [event for event in done if isinstance(event, StepDone) and event.seconds > 1]
    figures.append(Figure("  after a restart: steps over a second computed again", len(long), "", 0, "peer: all"))
    return figures


def _photograph(path: Path, seed: int) -> Path:
    """A portrait with grain, enlarged to 12 megapixels: smooth where photos are smooth, noisy as scans are."""
    from matplotlib.cbook import get_sample_data

    with Pillow.open(str(get_sample_data("grace_hopper.jpg", asfileobj=False))) as portrait:
        large = np.asarray(portrait.convert("RGB").resize((WIDTH, HEIGHT), Pillow.Resampling.BICUBIC), np.float32)
    grain = np.random.default_rng(seed).normal(0, 4, (HEIGHT, WIDTH, 1))
    Pillow.fromarray(np.clip(large + grain, 0, 255).astype(np.uint8)).save(path, quality=92)
    return path


def _photo_document(one: Path, two: Path) -> dict[str, object]:
    large = {"type": "upscale/resize", "settings": {"by": "width", "length": 4800}}
    return {
        "version": 1,
        "nodes": {
            "one": {"type": "files/load", "settings": {"photo": str(one)}},
            "two": {"type": "files/load", "settings": {"photo": str(two)}},
            "large": {**large, "inputs": {"image": ["one", "image"]}},
            "blur": {"type": "detail/blur", "inputs": {"image": ["large", "image"]}},
            "sharp": {"type": "detail/sharpen", "inputs": {"image": ["blur", "image"]}},
            "blend": {
                "type": "layers/blend",
                "inputs": {"base": ["sharp", "image"], "top": ["two", "image"]},
                "settings": {"opacity": 0.5},
            },
        },
        "result": ["blend", "image"],
    }


def by_hand(one: str, two: str, result: str) -> None:
    """The same with Pillow alone: the script that somebody would write instead."""
    large = Pillow.open(one).convert("RGB").resize((4800, 3600), Pillow.Resampling.LANCZOS)
    sharp = large.filter(ImageFilter.GaussianBlur(2)).filter(ImageFilter.UnsharpMask(2, 100, 0))
    other = Pillow.open(two).convert("RGB").resize((4800, 3600), Pillow.Resampling.LANCZOS)
    Pillow.blend(sharp, other, 0.5).save(result)


def scan(folder: Path) -> list[Figure]:
    """load → denoise → save of a 100-megapixel 16-bit TIFF, as a whole process."""
    import tifffile

    path, result = folder / "scan.tif", folder / "scan-clean.tif"
    rng = np.random.default_rng(3)
    tile = (20_000 + 8000 * rng.standard_normal((1000, 1000, 3))).clip(0, 65535).astype(np.uint16)
    with tifffile.TiffWriter(path) as writer:
        rows = (np.tile(tile[start : start + 100], (1, 10, 1)) for _ in range(10) for start in range(0, 1000, 100))
        writer.write(rows, shape=(10_000, 10_000, 3), dtype=np.uint16, rowsperstrip=100, photometric="rgb")
    document = {
        "version": 1,
        "nodes": {
            "scan": {"type": "files/load", "settings": {"photo": str(path)}},
            "clean": {"type": "noise/denoise", "inputs": {"image": ["scan", "image"]}},
        },
        "result": ["clean", "image"],
    }
    workflow = folder / "scan.json"
    workflow.write_text(json.dumps(document), encoding="utf-8")
    places = ["--cache-dir", folder / "scan-cache", "--data", folder / "data", "--quiet"]
    seconds, peak = process([python(), ROOT / "server.py", "--run", workflow, "--output", result, *places])
    return [
        Figure("100-MP 16-bit TIFF: load, denoise, save: peak memory", peak / GIB, "GiB", 2),
        Figure("  seconds", seconds, "s"),
    ]


def cancel(folder: Path) -> list[Figure]:
    """Cancel every node at 12 MP, early, in the middle and late."""
    session = opened(folder / "cancel", 2 * GIB)
    photograph = _photograph(folder / "cancel.jpg", 4)
    free: dict[str, float] = {}
    idle: dict[str, float] = {}
    for id, spec in sorted(session.registry.items()):
        if spec.family == "bench":
            continue
        document = parse(json.dumps(_node_document(session.registry, id, photograph)))
        order = Order(document, outputs=folder / "cancel-out", targets=["node"], force=["node"])
        for wait in (0.02, 0.15, 0.5, 1.2, 2.5):
            times = _cancelled_after(session, order, wait)
            if times is None:
                break
            free[id], idle[id] = max(free.get(id, 0), times[0]), max(idle.get(id, 0), times[1])
    session.close()
    slowest = max(idle, key=idle.__getitem__)
    for id in sorted(idle, key=idle.__getitem__, reverse=True)[:5]:
        print(f"  {id:<24} free after {free[id] * 1e3:5.0f} ms, idle after {idle[id] * 1e3:5.0f} ms")
    return [
        Figure(f"cancelling {len(idle)} nodes at 12 MP: run free", max(free.values()) * 1e3, "ms", 100),
        Figure(f"  processors idle (slowest: {slowest})", max(idle.values()), "s", 1, "peer: when the node ends"),
    ]


def _node_document(found: Registry, id: str, photograph: Path) -> dict[str, object]:
    spec = found[id]
    boxes: dict[str, object] = {
        "image": {"type": "files/load", "settings": {"photo": str(photograph)}},
        "mask": {"type": "bench/spot"},
        "node": {
            "type": id,
            "inputs": {socket.name: [socket.kind, socket.kind] for socket in spec.sockets.values()},
            "settings": {name: str(photograph) for name in spec.file_settings},
        },
    }
    return {"version": 1, "nodes": boxes}


def _cancelled_after(session: Session, order: Order, wait: float) -> tuple[float, float] | None:
    """Seconds until the run is free and until its threads are gone; None if the node ended before the cancel."""
    started = threading.Event()

    def listen(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step == "node":
            started.set()

    run = session.start(order, listen)
    started.wait(60)
    if run.wait(wait):
        return None
    asked = time.perf_counter()
    run.cancel()
    run.wait()
    free = time.perf_counter() - asked
    for thread in threading.enumerate():
        if thread.name.startswith("step"):
            thread.join()
    return free, time.perf_counter() - asked


def bounds(folder: Path) -> list[Figure]:
    """Ten runs of 512 MiB of results under a memory bound of 1 GiB."""
    session = opened(folder / "bounds", GIB)
    before = memory(os.getpid())
    with Peak(os.getpid()) as peak:
        for seed in range(10):
            boxes = {
                f"n{part}": {"type": "bench/fill", "settings": {"seed": 4 * seed + part, "height": 2796}}
                for part in range(4)
            }
            session.run(Order(parse(json.dumps({"version": 1, "nodes": boxes}))))
    after = memory(os.getpid()) - before
    held = session.cache.memory.used
    session.close()
    return [
        Figure("ten runs of 512 MiB of results, bound 1 GiB: kept", held / GIB, "GiB", 1, "peer: +5.1 GiB"),
        Figure("  the process grew by", after / GIB, "GiB", 1.1),
        Figure("  its peak, the running step's own arrays included", (peak.bytes - before) / GIB, "GiB"),
    ]


PARTS: dict[str, Callable[[Path], list[Figure]]] = {
    "chain": chain, "branches": branches, "photo": photo, "scan": scan, "cancel": cancel, "bounds": bounds,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure, separated by commas")
    parser.add_argument("--pillow", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_known_args()[0]
    if arguments.pillow:
        by_hand(*arguments.pillow)
        return 0
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        for part in arguments.only.split(","):
            figures += PARTS[part](Path(name))
    return report("The engine", figures)


if __name__ == "__main__":
    sys.exit(main())
