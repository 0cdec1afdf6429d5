"""What outlives a run."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from graph.errors import WorkflowError
from graph.events import RunFinished, RunPlanned
from graph.places import Places
from graph.run import Run
from graph.session import Order, Session
from tests.graph import toys
from tests.graph.toys import Diary, Value, box, carry_out, chain, flow


def test_a_run_and_its_values(session: Session) -> None:
    outcome, _ = carry_out(session, chain(4, value=10), targets=["n1", "last"])
    assert outcome.status == "done"
    assert [outcome.value((id, "value")) for id in ("n1", "last")] == [Value(11), Value(13)]


def test_converted_kinds(session: Session) -> None:
    outcome, _ = carry_out(session, flow("h.share", a=box("number", value=0.5), h=box("halve", {"share": "a"})))
    assert outcome.value(("h", "share")).percent == 25


def test_a_bypassed_result_is_found_where_it_passes(session: Session) -> None:
    document = flow("b", a=box("number", value=3), b=box("add", {"a": "a"}, bypass=True))
    assert carry_out(session, document)[0].value(("b", "value")) == Value(3)


@pytest.mark.usefixtures("every_result_stored")
def test_a_second_session_goes_on_where_the_first_ended(cache_folder: Path) -> None:
    for expected in ({"n0", "n1", "last"}, set()):
        session = toys.open_session(cache_folder)
        outcome, diary = carry_out(session, chain(3))
        assert (diary.ran, outcome.value(("last", "value"))) == (expected, Value(3))
        session.close()


@pytest.mark.parametrize("go", [Session.run, Session.start, Session.live])
def test_a_wrong_workflow_is_refused_before_anything_starts(session: Session, go) -> None:
    diary = Diary()
    with pytest.raises(WorkflowError):
        go(session, Order(flow(a=box("add"))), diary)
    assert diary.events == []


def test_runs_side_by_side_share_the_cache(session: Session) -> None:
    runs = [session.start(Order(chain(200, value=number % 2))) for number in range(6)]
    outcomes = [run.wait(30) for run in runs]
    assert all(outcome and outcome.status == "done" for outcome in outcomes)
    assert [outcome.value(("last", "value")) for outcome in outcomes if outcome] == [Value(199), Value(200)] * 3


def test_an_error_in_the_thread_reaches_whoever_waits(session: Session) -> None:
    def listen(event: object) -> None:
        if isinstance(event, RunFinished):
            raise OSError("no listener")

    run = session.start(Order(chain(2)), listen)
    with pytest.raises(OSError, match="no listener"):
        run.wait(30)


def test_a_photo_that_cannot_be_read(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: Path) -> str:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("1", encoding="utf-8")
    monkeypatch.setattr("graph.cache.cache.sha256_of", locked)
    with pytest.raises(WorkflowError, match="cannot be read: Permission denied"):
        carry_out(session, flow(a=box("open", photo=str(tmp_path / "a.txt"))))


def test_the_running_workflow_is_handed_only_to_runs_with_effects(session: Session, tmp_path: Path, probe) -> None:
    carried: list[str | None] = []

    def look(context, _) -> Value:
        carried.append(context.workflow)
        return Value(1)

    peek = box("probe", name=probe("look", look))
    with_effect = flow(a=peek, s=box("save", {"value": "a"}))
    carry_out(session, with_effect, outputs=tmp_path)
    carry_out(session, flow(a=peek), force=["a"])
    assert carried == [with_effect.text(), None]


def test_closing_leaves_no_thread_behind(cache_folder: Path) -> None:
    before = threading.active_count()
    session = toys.open_session(cache_folder)
    carry_out(session, chain(10))
    session.close()
    for thread in threading.enumerate():
        if thread.name.startswith("step"):
            thread.join(30)
    assert threading.active_count() <= before


def test_a_watcher_sees_every_needed_result(session: Session) -> None:
    for _ in range(2):
        seen: dict[str, Value] = {}
        carry_out(session, chain(3), watch=lambda step, result, seen=seen: seen.update({step: result.outputs["value"]}))
        assert seen == {"n0": Value(1), "n1": Value(2), "last": Value(3)}


@pytest.mark.parametrize("go", [Session.run, Session.start])
def test_a_run_may_be_given_its_id(session: Session, go) -> None:
    diary = Diary()
    run = go(session, Order(chain(3)), diary, "my-run")
    if isinstance(run, Run):
        assert run.id == "my-run"
        run.wait(30)
    assert {event.run for event in diary.events} == {"my-run"}
    assert diary.of(RunFinished)


def test_the_plan_says_where_each_result_will_be(session: Session) -> None:
    outcome, diary = carry_out(session, flow("b", a=box("number"), b=box("add", {"a": "a"}), unwired=box("add")))
    (planned,) = diary.of(RunPlanned)
    keys = {step.id: step.key for step in planned.steps}
    assert keys == {**outcome.keys, "unwired": ""}
    result = session.cache.get(keys["b"])
    assert result
    assert result.outputs == {"value": Value(1)}


def test_a_strangers_photo_that_cannot_be_read_is_told_without_its_folder(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: Path) -> str:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("1", encoding="utf-8")
    monkeypatch.setattr("graph.cache.cache.sha256_of", locked)
    with pytest.raises(WorkflowError, match=r"^a\.txt cannot be read"):
        carry_out(session, flow(a=box("open", photo="a.txt")), places=Places([tmp_path], confined=True))
