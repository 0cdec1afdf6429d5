"""Live runs: the latest wins, and what changed runs on a smaller sheet."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from graph.document import Document
from graph.errors import WorkflowError
from graph.events import RunFinished, RunPlanned, StepStarted
from graph.session import Order, Outcome, Session
from tests.graph.conftest import Probe
from tests.graph.toy_kinds import SheetCodec
from tests.graph.toys import Diary, Sheet, Value, box, carry_out, flow

SOON = 30


def live(session: Session, document: Document, **order: Any) -> Outcome:
    outcome = session.live(Order(document, **order), side=1000).wait(SOON)
    assert outcome
    return outcome


def sheet(outcome: Outcome, id: str) -> Sheet:
    return outcome.value((id, "sheet"))


def blurred(**settings: Any) -> Document:
    return flow("b.sheet", s=box("scan", width=4000), b=box("blur", {"sheet": "s.sheet"}, **settings))


def test_what_changed_runs_on_a_shrunk_cached_input(memory_session: Session) -> None:
    carry_out(memory_session, blurred(radius=8))
    outcome = live(memory_session, blurred(radius=20))
    assert outcome.status == "done"
    assert sheet(outcome, "b") == Sheet(500, 1000, ("shrunk", "blur 5 at [] by 0.5 on 1000"))


def test_lengths_and_places_scale_along_and_nothing_else(memory_session: Session) -> None:
    carry_out(memory_session, blurred())
    outcome = live(memory_session, blurred(radius=4, spots=[[40, 80]], strength=0.75))
    assert sheet(outcome, "b").diary[-1] == "blur 1 at [[10.0, 20.0]] by 0.75 on 1000"


def test_a_small_result_is_never_taken_for_a_full_one(memory_session: Session) -> None:
    carry_out(memory_session, blurred())
    changed = blurred(radius=4)
    live(memory_session, changed)
    outcome, diary = carry_out(memory_session, changed)
    assert diary.ran == {"b"}
    assert sheet(outcome, "b").width == 4000


def test_what_is_cached_is_shown_as_it_is(memory_session: Session) -> None:
    carry_out(memory_session, blurred())
    assert sheet(live(memory_session, blurred()), "b").width == 4000


def test_a_small_photo_is_not_enlarged(memory_session: Session) -> None:
    def small(radius: float) -> Document:
        return flow("b.sheet", s=box("scan", width=640), b=box("blur", {"sheet": "s.sheet"}, radius=radius))

    carry_out(memory_session, small(1))
    assert sheet(live(memory_session, small(2)), "b") == Sheet(320, 640, ("blur 2 at [] by 0.5 on 640",))


def test_without_a_cached_photo_it_runs_at_full_size(memory_session: Session) -> None:
    assert sheet(live(memory_session, blurred()), "b").width == 4000


def test_what_means_nothing_on_a_small_sheet_and_all_that_feeds_it_runs_at_full_size(memory_session: Session) -> None:
    def document(radius: float) -> Document:
        return flow(
            s=box("scan", width=4000),
            b=box("blur", {"sheet": "s.sheet"}, radius=radius),
            g=box("grain", {"sheet": "b.sheet"}),
            after=box("blur", {"sheet": "g.sheet"}, radius=radius),
            beside=box("blur", {"sheet": "s.sheet"}, radius=radius, strength=1),
        )

    carry_out(memory_session, document(8))
    outcome = live(memory_session, document(20), targets=["after", "beside"])
    assert sheet(outcome, "beside").diary == ("shrunk", "blur 5 at [] by 1 on 1000")
    full = ("blur 20 at [] by 0.5 on 4000", "grain 0.5 on 4000")
    assert sheet(outcome, "after").diary == (*full, "shrunk", "blur 5 at [] by 0.5 on 1000")


def test_a_shrunk_input_is_made_once(memory_session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[float] = []
    shrink = SheetCodec.shrink

    def counting(self: SheetCodec, value: Sheet, scale: float) -> Sheet:
        made.append(scale)
        return shrink(self, value, scale)

    monkeypatch.setattr(SheetCodec, "shrink", counting)
    carry_out(memory_session, blurred())
    for radius in (1, 2, 3):
        live(memory_session, blurred(radius=radius))
    assert made == [0.25]


def test_effects_are_left_out_even_if_they_could_not_run(memory_session: Session, tmp_path: Path) -> None:
    document = flow(
        "a", a=box("number", value=2), s=box("save", {"value": "a"}), unwired=box("save"), off=box("open", photo="gone")
    )
    outcome = live(memory_session, document, outputs=tmp_path / "out")
    assert outcome.value(("a", "value")) == Value(2)
    assert not (tmp_path / "out").exists()


def test_effects_that_are_asked_for_run(memory_session: Session, tmp_path: Path) -> None:
    document = flow("a", a=box("number", value=2), s=box("save", {"value": "a"}))
    live(memory_session, document, targets=["s"], outputs=tmp_path)
    assert (tmp_path / "photo.txt").read_text(encoding="utf-8") == "2.0"


def test_the_latest_wins(memory_session: Session, probe: Probe) -> None:
    gate = threading.Event()

    def stuck(*_: Any) -> Value:
        gate.wait(SOON)
        return Value(1)

    probe("stuck", stuck)
    diary = Diary()
    first = memory_session.live(Order(flow(a=box("probe", name="stuck"))), diary)
    diary.wait_for(StepStarted, "a")
    second = live(memory_session, flow("b", b=box("number", value=2)))
    ended = first.wait(SOON)
    gate.set()
    assert ended
    assert (ended.status, second.status) == ("cancelled", "done")


def test_a_broken_workflow_leaves_the_earlier_run_alone(memory_session: Session, probe: Probe) -> None:
    gate = threading.Event()

    def slow(*_: Any) -> Value:
        gate.wait(SOON)
        return Value(1)

    probe("slow", slow)
    first = memory_session.live(Order(flow("a", a=box("probe", name="slow"))))
    with pytest.raises(WorkflowError):
        memory_session.live(Order(flow(a=box("nonesuch"))))
    gate.set()
    outcome = first.wait(SOON)
    assert outcome
    assert outcome.status == "done"


def test_a_preview_is_not_what_the_next_run_is_compared_with(memory_session: Session) -> None:
    carry_out(memory_session, blurred(radius=1), name="it")
    live(memory_session, blurred(radius=2), name="it")
    assert carry_out(memory_session, blurred(radius=2), name="it")[1].why == {"b": "setting radius changed"}


def test_small_results_are_found_again(memory_session: Session) -> None:
    """While a later slider moves, an earlier step that only ever ran small does not run again."""

    def document(first: float, second: float) -> Document:
        return flow(
            "c.sheet",
            s=box("scan", width=4000),
            b=box("blur", {"sheet": "s.sheet"}, radius=first),
            c=box("blur", {"sheet": "b.sheet"}, radius=second),
        )

    carry_out(memory_session, document(8, 8))
    live(memory_session, document(20, 8))
    diary = Diary()
    run = memory_session.live(Order(document(20, 12)), diary, side=1000)
    outcome = run.wait(SOON)
    assert outcome
    assert diary.ran == {"c"}
    assert sheet(outcome, "c").diary[-2:] == ("blur 5 at [] by 0.5 on 1000", "blur 3 at [] by 0.5 on 1000")


# Several at once


def gated(probe: Probe, name: str) -> tuple[Document, threading.Event]:
    """A document whose one step waits at a gate."""
    gate = threading.Event()

    def stuck(*_: Any) -> Value:
        gate.wait(SOON)
        return Value(1)

    return flow("a", a=box("probe", name=probe(name, stuck))), gate


def test_each_name_has_a_run_of_its_own(memory_session: Session, probe: Probe) -> None:
    document, gate = gated(probe, "stuck")
    diary = Diary()
    first = memory_session.live(Order(document), diary, by="first")
    diary.wait_for(StepStarted, "a")
    second = memory_session.live(Order(flow("b", b=box("number", value=2))), by="second").wait(SOON)
    gate.set()
    outcome = first.wait(SOON)
    assert outcome
    assert second
    assert (outcome.status, second.status) == ("done", "done")


def test_a_run_is_stopped_by_its_name(memory_session: Session, probe: Probe) -> None:
    document, gate = gated(probe, "stuck")
    diary = Diary()
    run = memory_session.live(Order(document), diary, by="x")
    diary.wait_for(StepStarted, "a")
    memory_session.stop_live("y")
    assert not run.cancelled.is_set()
    memory_session.stop_live("x")
    outcome = run.wait(SOON)
    gate.set()
    assert outcome
    assert outcome.status == "cancelled"


def test_closing_cancels_live_runs(memory_session: Session, probe: Probe) -> None:
    document, gate = gated(probe, "stuck")
    diary = Diary()
    run = memory_session.live(Order(document), diary, by="x")
    diary.wait_for(StepStarted, "a")
    memory_session.close()
    assert run.over(0)
    gate.set()
    assert [event.status for event in diary.of(RunFinished)] == ["cancelled"]


def test_runs_that_ended_are_forgotten(memory_session: Session) -> None:
    runs = [memory_session.live(Order(blurred(radius=number)), by=str(number)) for number in range(20)]
    assert all(run.over(SOON) for run in runs)
    assert len(memory_session._lanes) == 0


def test_while_one_is_planned_another_starts_and_ends(memory_session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, planning = threading.Event(), threading.Event()
    plan = Session.plan

    def slow(self: Session, order: Order, *rest: Any) -> Any:
        if order.name == "slow":
            planning.set()
            gate.wait(SOON)
        return plan(self, order, *rest)

    monkeypatch.setattr(Session, "plan", slow)
    outdated: list[Outcome] = []
    thread = threading.Thread(target=lambda: outdated.append(live(memory_session, blurred(radius=1), name="slow")))
    thread.start()
    assert planning.wait(SOON)
    assert live(memory_session, blurred(radius=2)).status == "done"
    gate.set()
    thread.join(SOON)
    assert [outcome.status for outcome in outdated] == ["cancelled"]


def test_the_plan_says_where_each_small_result_will_be(memory_session: Session) -> None:
    carry_out(memory_session, blurred(radius=8))
    diary = Diary()
    run = memory_session.live(Order(blurred(radius=20)), diary, side=1000)
    outcome = run.wait(SOON)
    assert outcome
    (planned,) = diary.of(RunPlanned)
    keys = {step.id: step.key for step in planned.steps}
    assert keys == dict(outcome.keys)
    small = memory_session.cache.get(keys["b"])
    assert small
    assert small.outputs["sheet"].width == 1000
    assert keys["b"] != memory_session.plan(Order(blurred(radius=20))).keys["b"]
