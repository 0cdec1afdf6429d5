"""Measures the page in a real Chromium: its start, its size, and how smoothly large graphs move.

python bench/editor.py [--check] [--json FILE] [--only start,size,graph,large] [--times N]

The graphs are real nodes at a real server. A browser draws 60 frames a second at most; what an empty page reaches on
this machine is measured in the same run. Chromium draws without a graphics card unless it finds one.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Page

from bench.browsing.browser import NEXT_PAINT, WINDOW, chromium, frames, window
from bench.browsing.graphs import grid
from bench.measuring import Figure, report
from bench.serving.program import Program

NODE = ".react-flow__node"

APPEARS = """(selector) => new Promise((done, fail) => {
  const look = () => {
    if (performance.now() > 60000) fail(new Error(`${selector} does not appear`));
    else if (document.querySelector(selector)) requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    else requestAnimationFrame(look);
  };
  look();
})"""
"""Milliseconds from the start of the navigation until an element has been painted."""

PRESSED = """(key) => {
  window.heirloomPainted = new Promise((done) => addEventListener("keydown", (event) => {
    const pressed = event.timeStamp;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - pressed);
      channel.port2.postMessage(null);
    });
  }, { once: true, capture: true }));
}"""
"""Measures the next key: milliseconds from the press until the frame after it has been painted."""

NODE_IN_SIGHT = """(selector) => {
  const middle = [innerWidth / 2, innerHeight / 2];
  const tops = [...document.querySelectorAll(selector)].map((node) => {
    const box = node.getBoundingClientRect();
    return [box.x + box.width / 3, box.y + Math.min(12, box.height / 2)];
  });
  const far = ([x, y]) => Math.hypot(x - middle[0], y - middle[1]);
  return tops.sort((one, other) => far(one) - far(other))[0];
}"""

EMPTY_SPOT = """([[width, height], pane]) => {
  for (let y = height / 2; y < height - 150; y += 7)
    for (let x = width / 4; x < width - 400; x += 7)
      if (document.elementFromPoint(x, y)?.matches(pane)) return [x, y];
  throw new Error("The canvas is full.");
}"""

TRANSFORMS = "(selector) => [...document.querySelectorAll(selector)].map((each) => each.style.transform)"

STEPS = 120
"""Of a drag, each waits for its frame."""


@dataclass(frozen=True)
class Bench:
    """A server with graphs, and a browser at it."""

    server: Program
    page: Page
    times: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/"

    def open(self, hash: str, selector: str) -> float:
        """Load a page afresh; milliseconds until what is looked for has been painted."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}#/{hash}", wait_until="commit")
        return self.page.evaluate(APPEARS, selector)


def start(bench: Bench) -> list[Figure]:
    """The Restore page, until its first button can be pressed."""
    cold = bench.open("restore", "main button:enabled")
    warm = [bench.open("restore", "main button:enabled") for _ in range(bench.times)]
    return [
        Figure("Restore page: first button, nothing cached", cold, "ms", 1500),
        Figure(f"  again, median of {bench.times}", statistics.median(warm), "ms", 1500),
    ]


def size(bench: Bench) -> list[Figure]:
    """Bytes of script that the Restore page loads, as they travel."""
    devtools = bench.page.context.new_cdp_session(bench.page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    scripts: dict[str, str] = {}
    bytes_of: dict[str, int] = {}

    def answered(event: dict[str, Any]) -> None:
        if event["type"] == "Script":
            scripts.setdefault(event["requestId"], event["response"]["url"])

    def finished(event: dict[str, Any]) -> None:
        bytes_of.setdefault(event["requestId"], event["encodedDataLength"])

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", finished)
    bench.open("restore", "main button:enabled")
    bench.page.wait_for_load_state("networkidle")
    devtools.detach()
    loaded = sum(bytes_of.get(request, 0) for request in scripts)
    return [Figure("Restore page: script as it travels", loaded / 1000, "kB", 250, f"{len(scripts)} files")]


def graph(bench: Bench) -> list[Figure]:
    """300 nodes and 400 wires."""
    shown = [_open_graph(bench, "bench-300") for _ in range(bench.times)]
    figures = [Figure("300 nodes, 400 wires: first render, median", statistics.median(shown), "ms", 1300)]
    _zoom_to_one(bench.page)
    figures += [
        Figure("  a slider's change until it is painted, median", _slide(bench.page), "ms", 50),
        Figure("  panning at zoom 1", _pan(bench.page), "frames/s", 50, at_least=True),
        Figure("  dragging a node at zoom 1", _drag_node(bench.page), "frames/s", 50, at_least=True),
    ]
    bench.page.get_by_role("button", name="Show everything").click()
    bench.page.evaluate(NEXT_PAINT)
    figures += [
        Figure("  panning with all on screen", _pan(bench.page), "frames/s", 25, at_least=True),
        Figure("  dragging a node with all on screen", _drag_node(bench.page), "frames/s", 25, at_least=True),
    ]
    return figures


def large(bench: Bench) -> list[Figure]:
    """1,000 nodes."""
    shown = _open_graph(bench, "bench-1000")
    _zoom_to_one(bench.page)
    return [
        Figure("1,000 nodes, 1,300 wires: first render", shown, "ms"),
        Figure("  panning at zoom 1", _pan(bench.page), "frames/s", 30, at_least=True),
        Figure("  dragging a node at zoom 1", _drag_node(bench.page), "frames/s", 30, at_least=True),
    ]


def _open_graph(bench: Bench, name: str) -> float:
    return bench.open(f"graph?workflow={name}", NODE)


def _zoom_to_one(page: Page) -> None:
    """Nodes at their natural size."""
    page.get_by_role("button", name="Zoom to 100 %").click()
    page.evaluate(NEXT_PAINT)


def _pan(page: Page) -> float:
    """Frames a second while the empty canvas is dragged, there and back."""
    x, y = page.evaluate(EMPTY_SPOT, [list(WINDOW), ".react-flow__pane"])
    return _dragged(page, x, y, ".react-flow__viewport")


def _drag_node(page: Page) -> float:
    """Frames a second while the node nearest to the middle is dragged by its top, there and back."""
    x, y = page.evaluate(NODE_IN_SIGHT, NODE)
    return _dragged(page, x, y, NODE)


def _dragged(page: Page, x: float, y: float, moves: str) -> float:
    """Frames a second of a drag from a point. RuntimeError if none of the elements that shall move does."""
    before: list[str] = page.evaluate(TRANSFORMS, moves)
    page.mouse.move(x, y)
    page.mouse.down()
    half = STEPS // 2

    def work() -> None:
        for number in (*range(half), *range(half, 5, -1)):
            page.mouse.move(x + 6 * number, y + 2 * number)
            page.evaluate(NEXT_PAINT)

    smooth = frames(page, work)
    page.mouse.up()
    if page.evaluate(TRANSFORMS, moves) == before:
        raise RuntimeError(f"Nothing moved: {moves}")
    return smooth


def _slide(page: Page) -> float:
    """Milliseconds from a key on a slider until the next frame has been painted."""
    slider = page.locator(f"{NODE} input[type=range]").first
    slider.focus()

    def once() -> float:
        page.evaluate(PRESSED, "ArrowRight")
        page.keyboard.press("ArrowRight")
        return page.evaluate("() => window.heirloomPainted")

    return statistics.median(once() for _ in range(15))


PARTS: Mapping[str, Callable[[Bench], list[Figure]]] = {"start": start, "size": size, "graph": graph, "large": large}


def _save(server: Program, name: str, workflow: dict[str, Any]) -> None:
    server.client.ask("PUT", f"/api/workflows/{name}", json.dumps(workflow).encode(), "application/json")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure, separated by commas")
    parser.add_argument("--times", type=int, default=5, help="how often a page is opened for a median")
    return parser.parse_known_args()[0]


def main() -> int:
    options = _options()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, Program(Path(folder)) as server, chromium() as browser:
        _save(server, "bench-300", grid(300, 400))
        _save(server, "bench-1000", grid(1000, 1300))
        with window(browser) as page:
            empty = frames(page, lambda: page.wait_for_timeout(1000))
        for part in options.only.split(","):
            with window(browser) as page:
                figures += PARTS[part](Bench(server, page, options.times))
    return report("The editor", figures, f"An empty page draws {empty:.0f} frames a second here.")


if __name__ == "__main__":
    sys.exit(main())
