from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

import service.runs.queue
from graph.document import parse
from graph.errors import StepError, WorkflowError
from graph.events import RunFinished
from service.limits import Limits
from service.refusals import Refusal
from service.runs.record import RunRequest, State
from service.runs.store import Store
from service.watch.messages import QueueChanged, RunEnded, RunQueued, RunRemoved, RunStarted
from tests.graph.toy_kinds import Value
from tests.graph.toys import PROBES, box, flow
from tests.service.runs.house import GATED, PATIENCE, Gate, House, small, titled


def refused(problem: type[Exception], house: House, *arguments: Any, **request: Any) -> str:
    with pytest.raises(problem) as caught:
        house.add(*arguments, **request)
    assert not house.queue.list()
    return str(caught.value)


def test_a_run_leaves_its_result_and_its_story(house: House) -> None:
    id = house.start().add(titled(small(), "Sum"))
    record = house.ended(id)
    assert (record.name, record.state, record.result, record.problems) == ("Sum", "done", "result.txt", ())
    assert record.started
    assert record.ended
    assert record.created <= record.started <= record.ended
    assert [(step.step, step.action, step.why, step.state) for step in record.steps] == [
        ("n", "run", "new", "done"),
        ("sum", "run", "new", "done"),
    ]
    assert all(len(step.key) == 64 and step.seconds is not None for step in record.steps)
    (file,) = house.queue.files(id)
    assert (file.name, file.path.read_text()) == ("result.txt", "Value(number=5.0)")
    assert parse(house.queue.text(id)) == titled(small(), "Sum")


def test_what_clients_hear_is_in_order(house: House) -> None:
    first, second = house.add(), house.add()
    house.start()
    house.ended(second)
    told = [m for m in house.hub.heard if isinstance(m, RunQueued | RunStarted | RunFinished | RunEnded | QueueChanged)]
    per_run = [RunStarted, RunFinished, RunEnded]
    # What was accepted before the start is told again then, for a hub that knows nothing.
    assert [type(m) for m in told] == [RunQueued] * 4 + [QueueChanged] + per_run * 2
    ended = [m.run for m in told if isinstance(m, RunEnded)]
    assert [(run.id, run.state) for run in ended] == [(first, "done"), (second, "done")]


def test_the_same_again_comes_from_the_cache(house: House) -> None:
    house.start().ended(house.add())
    record = house.ended(house.add())
    assert {step.step: step.action for step in record.steps} == {"n": "unneeded", "sum": "cached"}


def test_higher_priorities_go_first(house: House) -> None:
    ids = {name: house.add(priority=priority) for name, priority in (("a", 0), ("b", 5), ("c", 0), ("d", 5))}
    house.start().ended(ids["c"])
    assert [message.run for message in house.hub.of(RunStarted)] == [ids[name] for name in "bdac"]


def test_a_photo_fills_the_input(house: House) -> None:
    (house.folder / "photos" / "ab").mkdir()
    (house.folder / "photos" / "ab" / "old.txt").write_text("7")
    document = flow("photo", "photo.photo", photo=box("open"))
    record = house.ended(house.start().add(document, photo="ab/old.txt"))
    assert record.photo == "ab/old.txt"
    assert house.queue.files(record.id)[0].path.read_text() == "Value(number=7.0)"


def test_a_photo_that_is_gone_by_then_fails_the_run(house: House) -> None:
    path = house.folder / "photos" / "old.txt"
    path.write_text("7")
    id = house.add(flow("photo", "photo.photo", photo=box("open")), photo="old.txt")
    path.unlink()
    record = house.start().ended(id)
    assert record.state == "failed"
    assert str(house.folder) not in str(record.problems)
    assert [problem["node"] for problem in record.problems] == ["photo"]


@pytest.mark.parametrize("photo", ["../runs.sqlite", "/etc/passwd", "~/x", "C:\\x", "ab\0c", "nothing.jpg"])
def test_no_photo_outside_of_the_photos(house: House, photo: str) -> None:
    document = flow("photo", "photo.photo", photo=box("open"))
    assert str(house.folder) not in refused(WorkflowError, house, document, photo=photo)


def test_a_wrong_workflow_is_refused_with_all_problems(house: House) -> None:
    nodes = {"a": {"type": "toy/nothing"}, "b": {"type": "toy/add", "settings": {"plus": "x"}}}
    with pytest.raises(WorkflowError) as caught:
        house.queue.add(RunRequest({"version": 1, "nodes": nodes}))
    assert {problem.node for problem in caught.value.problems} == {"a", "b"}
    assert "takes the photo" in refused(WorkflowError, house, photo="old.txt")
    assert "to force" in refused(WorkflowError, house, force=("x",))
    assert "to run" in refused(WorkflowError, house, targets=("x",))


def test_what_is_no_json_is_refused(house: House) -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for settings in ({"value": float("nan")}, {"value": "\ud800"}, {"value": {1, 2}}, {"value": deep}):
        nodes = {"n": {"type": "toy/number", "settings": settings}}
        with pytest.raises(WorkflowError):
            house.queue.add(RunRequest({"version": 1, "nodes": nodes}))


def test_limits(tmp_path: Path) -> None:
    with House(tmp_path, Limits(queued=2, nodes=2)) as house:
        house.add()
        with pytest.raises(Refusal) as caught:
            house.add(flow(**{f"n{i}": box("number") for i in range(3)}))
        assert caught.value.status == 413
        house.add()
        with pytest.raises(Refusal) as caught:
            house.add()
        assert caught.value.status == 429
        assert len(house.queue) == len(house.queue.list()) == 2


def test_a_failing_step_fails_the_run(house: House) -> None:
    def fail(*_: Any) -> Value:
        raise StepError(f"{house.folder}/secret/old.jpg is broken.", "Scan it again.")

    PROBES["fail"] = fail
    document = flow("sum", p=box("probe", name="fail"), sum=box("add", {"a": "p"}))
    record = house.ended(house.start().add(document))
    PROBES.clear()
    assert (record.state, record.result) == ("failed", None)
    expected = {"message": "old.jpg is broken.", "remedy": "Scan it again.", "node": "p", "port": None}
    assert list(record.problems) == [expected]
    assert [(step.step, step.state) for step in record.steps] == [("p", "failed"), ("sum", "blocked")]
    assert house.ended(house.add()).state == "done", "the queue goes on"


def test_steps_may_save_files_of_any_name(house: House) -> None:
    house.start()
    document = flow("n", n=box("number"), again=box("save", {"value": "n"}))
    record = house.ended(house.add(document))
    assert [file.name for file in house.queue.files(record.id)] == ["photo.txt", "result.txt"]


def test_a_result_never_replaces_what_a_step_saved(house: House) -> None:
    (house.folder / "photos" / "result.txt").write_text("7")
    document = flow("photo", "photo.photo", photo=box("open"), save=box("save", {"value": "photo"}))
    record = house.ended(house.start().add(document, photo="result.txt"))
    assert record.result == "result-1.txt"
    assert house.queue.file(record.id, "result.txt").path.read_text() == "7.0"


def test_only_listed_files_are_found(house: House) -> None:
    id = house.ended(house.start().add()).id
    for name in ("../../runs.sqlite", "/etc/passwd", "", ".", "..", "result.txt/", "a\0b", "x" * 10_000):
        with pytest.raises(Refusal):
            house.queue.file(id, name)


def test_cancelling_one_that_waits(house: House) -> None:
    id = house.add()
    assert house.queue.cancel(id).state == "cancelled"
    other = house.add()
    house.start().ended(other)
    assert house.queue.get(id).state == "cancelled"
    assert id not in [message.run for message in house.hub.of(RunStarted)]
    assert house.queue.cancel(other).state == "done", "what has ended stays as it is"


def test_cancelling_the_one_that_works(house: House, gate: Gate) -> None:
    id = house.start().add(GATED)
    assert gate.entered.wait(PATIENCE)
    assert house.queue.running == id
    assert [step.state for step in house.queue.get(id).steps] == ["running"]
    assert house.queue.cancel(id).state == "cancelled"
    record = house.ended(id)
    assert (record.state, record.result, [step.state for step in record.steps]) == ("cancelled", None, ["waiting"])
    assert house.ended(house.add()).state == "done"


def test_deleting(house: House, gate: Gate) -> None:
    done = house.ended(house.start().add()).id
    folder = house.queue.files(done)[0].path.parent
    house.queue.delete(done)
    assert not folder.exists()

    works = house.add(GATED)
    assert gate.entered.wait(PATIENCE)
    waits = house.add()
    for id in (waits, works):
        house.queue.delete(id)
    assert [message.run for message in house.hub.of(RunRemoved)] == [done, waits, works]
    for ask in (house.queue.get, house.queue.text, house.queue.cancel, house.queue.delete, house.queue.files):
        with pytest.raises(Refusal):
            ask(done)
    assert not house.queue.list()
    assert house.hub.snapshot().waiting == house.hub.snapshot().running == house.hub.snapshot().ended == ()


def test_a_history_keeps_so_many(tmp_path: Path) -> None:
    with House(tmp_path, Limits(kept=2)).start() as house:
        ids = [house.add() for _ in range(4)]
        house.hub.wait_for(RunRemoved, lambda message: message.run == ids[1])
        assert [record.id for record in house.queue.list()] == [ids[3], ids[2]]
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == sorted(ids[2:])


def test_pages_and_states(house: House) -> None:
    ids = [house.add() for _ in range(5)]
    house.queue.cancel(ids[1])
    newest = house.queue.list(limit=2)
    assert [record.id for record in newest] == [ids[4], ids[3]]
    assert [record.id for record in house.queue.list(limit=2, before=newest[-1].id)] == [ids[2], ids[1]]
    states: list[State] = ["cancelled"]
    assert [record.id for record in house.queue.list(states)] == [ids[1]]
    with pytest.raises(Refusal):
        house.queue.list(before="0" * 32)


def test_moving_what_does_not_wait_is_refused(house: House) -> None:
    id = house.ended(house.start().add()).id
    for arguments in ({"position": 0}, {"priority": 3}):
        with pytest.raises(Refusal) as caught:
            house.queue.move(id, **arguments)
        assert caught.value.status == 409


def test_a_disk_that_is_full_for_a_while_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.runs.queue, "FIRST_REST", 0.01)
    full = {"claim", "note_steps", "end"}

    class Full(Store):
        """Refuses each kind of change once."""

        def _change(self, **how: Any) -> Any:
            import sys

            name = sys._getframe(1).f_code.co_name
            if name in full:
                full.discard(name)
                raise sqlite3.OperationalError("database or disk is full")
            return super()._change(**how)

    with House(tmp_path, store=Full).start() as house:
        assert house.ended(house.add()).state == "done"
    assert not full


def test_whatever_the_engine_raises_the_queue_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: Any, **__: Any) -> Any:
        monkeypatch.undo()
        raise RuntimeError(f"in {house.folder}")

    monkeypatch.setattr(house.session, "start", stumble)
    record = house.ended(house.start().add())
    assert (record.state, record.problems[0]["message"]) == ("failed", "It failed unexpectedly.")
    assert house.ended(house.add()).state == "done"
