"""Live runs over a real websocket, with nodes that do what the test says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.document import Document
from graph.events import RunFinished, RunPlanned, StepProgress, StepStarted
from service.watch.messages import LiveRefused, RunEnded
from tests.graph.toys import Value, box, flow
from tests.service.conftest import Running, wait_for
from tests.service.watch.watching import Probe, Sketching, drawn, probing, settled, start, sum_of, watching


def test_live_runs_are_told_to_their_own_client_alone(shared: Running) -> None:
    with watching(shared) as watcher, watching(shared) as other:
        watcher.live("1", sum_of(41.0))
        planned = watcher.hear(RunPlanned, "live-1")
        key = next(step.key for step in planned.steps if step.id == "sum")
        assert watcher.hear(RunFinished, "live-1").status == "done"
        result = shared.desk.session.cache.get(key)
        assert result
        assert result.outputs["value"] == Value(42.0)
        run = start(shared, sum_of(7.0))
        other.until(lambda m: isinstance(m, RunEnded) and m.run.id == run)
        assert not [m for m in other.client.seen if str(getattr(m, "run", "")).startswith("live-")]
    settled(shared)


def test_a_live_run_shows_what_is_becoming(shared: Running, sketching: Sketching) -> None:
    with watching(shared) as watcher:
        watcher.live("1", probing("sketching"))
        sketching.sketches.put(b"half")
        watcher.until(lambda m: isinstance(m, StepProgress) and (m.run, m.sketch) == ("live-1", drawn(b"half")))
        sketching.sketches.put(b"")
        assert watcher.hear(RunFinished, "live-1").status == "done"
    settled(shared)


def test_of_a_live_plan_only_what_differs_is_told(shared: Running) -> None:
    def document(plus: float) -> Document:
        return flow("c", a=box("number", value=77.0), b=box("add", {"a": "a"}), c=box("add", {"a": "b"}, plus=plus))

    with watching(shared) as watcher:
        for id in "123":
            watcher.live(id, document(float(id)))
            watcher.hear(RunFinished, f"live-{id}")
        plans = [m for m in watcher.client.seen if isinstance(m, RunPlanned)]
        assert [[step.id for step in plan.steps] for plan in plans][0::2] == [["a", "b", "c"], ["c"]]
    settled(shared)


def test_the_latest_wish_wins_and_each_has_one_end(shared: Running, probe: Probe) -> None:
    with watching(shared) as watcher:
        watcher.live("first", probing())
        watcher.until(lambda m: m == StepStarted("live-first", "p"))
        for number in range(30):
            watcher.live(str(number), sum_of(100.0 + number))
        ends: dict[str, str] = {}
        while len(ends) < 31:
            end = watcher.hear(RunFinished)
            assert end.run not in ends
            ends[end.run] = end.status
        assert ends["live-29"] == "done"
        assert ends["live-first"] == "cancelled"
        wait_for(lambda: probe.ends == ["cancelled"])
    settled(shared)


def test_a_live_run_is_stopped(shared: Running, probe: Probe) -> None:
    with watching(shared) as watcher:
        watcher.live("1", probing())
        watcher.until(lambda m: m == StepStarted("live-1", "p"))
        watcher.connection.send('{"ask": "StopLive"}')
        assert watcher.hear(RunFinished, "live-1").status == "cancelled"
        wait_for(lambda: probe.ends == ["cancelled"])
    settled(shared)


@pytest.mark.parametrize(
    ("document", "more", "says"),
    [
        ({"nodes": {}}, {}, "version"),
        ({"version": 1, "nodes": {"a": {"type": "toy/nothing"}}}, {}, "no node type"),
        ({"version": 1, "nodes": {"a": {"type": "toy/number"}}}, {"targets": ["b"]}, "no node 'b'"),
        ({"version": 1, "nodes": {"a": {"type": "toy/number"}}}, {"photo": "a/b.jpg"}, "photo"),
        ({"version": 1, "nodes": {"\ud800": {"type": "toy/number"}}}, {}, "not UTF-8"),
        ({"version": 1, "nodes": {str(n): {"type": "toy/number"} for n in range(20_001)}}, {}, "20001 nodes"),
    ],
    ids=["no version", "unknown node", "unknown target", "no input", "half a character", "too many"],
)
def test_a_wrong_workflow_is_refused_with_its_problems(
    shared: Running, document: Any, more: dict[str, Any], says: str
) -> None:
    with watching(shared) as watcher:
        watcher.connection.send(json.dumps({"ask": "Live", "id": "x", "document": document, **more}))
        refused = watcher.hear(LiveRefused)
        assert refused.live == "x"
        assert says in " ".join(problem.message for problem in refused.problems)
    settled(shared)


@pytest.mark.parametrize("name", ["/etc/passwd", "../../secret.txt", "~/secret.txt", "C:\\secret.txt"])
def test_files_outside_the_photos_are_refused_without_a_path(shared: Running, name: str) -> None:
    (shared.desk.data.parent / "secret.txt").write_text("1", encoding="utf-8")
    with watching(shared) as watcher:
        watcher.live("x", flow("f", f=box("open", photo=name)))
        (problem,) = watcher.hear(LiveRefused).problems
        assert "Upload the photo first" in str(problem)
        assert str(shared.desk.data) not in str(problem)
    settled(shared)


@pytest.mark.parametrize("targets", [["s"], None])
def test_a_live_run_writes_no_files(shared: Running, targets: list[str] | None) -> None:
    nodes = flow(None, None, n=box("number"), s=box("save", {"value": "n"}))
    with watching(shared) as watcher:
        watcher.live("x", nodes, targets=targets)
        end = watcher.until(lambda m: isinstance(m, LiveRefused | RunFinished))
        assert isinstance(end, LiveRefused) == bool(targets)
        assert not list(shared.desk.data.rglob("*.txt"))
    settled(shared)
