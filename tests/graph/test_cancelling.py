"""A cancelled run is free at once, whatever its workers still do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from graph.context import Context
from graph.errors import Cancelled
from graph.events import (
    RunFinished,
    StepStarted,
)
from graph.session import Order, Session
from tests.graph.conftest import Probe
from tests.graph.toys import Diary, Value, box, carry_out, chain, flow

SOON = 30
"""Seconds that nothing here may take; waiting ends much earlier."""


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Opened at the latest when the test ends, so that no worker stays behind."""
    event = threading.Event()
    yield event
    event.set()


def test_cancelling_frees_the_run_while_a_worker_is_stuck(
    memory_session: Session, probe: Probe, gate: threading.Event
) -> None:
    def stuck(*_: Any) -> Value:
        gate.wait(SOON)
        return Value(1)

    document = flow("b", a=box("probe", name=probe("stuck", stuck)), b=box("add", {"a": "a"}))
    diary = Diary()
    run = memory_session.start(Order(document), diary)
    diary.wait_for(StepStarted, "a")
    assert run.wait(timeout=0) is None
    run.cancel()
    outcome = run.wait(SOON)
    assert not gate.is_set()
    assert outcome
    assert (outcome.status, dict(outcome.results)) == ("cancelled", {})
    told = len(diary.events)
    assert isinstance(diary.events[-1], RunFinished)

    gate.set()
    for thread in threading.enumerate():
        if thread.name.startswith("step"):
            thread.join(SOON)
    assert len(diary.events) == told, "after the end, silence"
    assert carry_out(memory_session, document)[1].ran == {"b"}, "what was finished late is kept"


def test_cancelling_stops_a_node_at_its_next_check(memory_session: Session, probe: Probe) -> None:
    stopped = threading.Event()

    def patient(context: Context, _: Any) -> Value:
        try:
            while not context.cancelled.wait(SOON):
                pass
            context.check()
        except Cancelled:
            stopped.set()
            raise
        return Value(1)

    diary = Diary()
    run = memory_session.start(Order(flow(a=box("probe", name=probe("patient", patient)))), diary)
    diary.wait_for(StepStarted, "a")
    run.cancel()
    run.wait(SOON)
    assert stopped.wait(SOON)
    assert diary.ended == []


def test_cancelling_from_the_listener_starts_nothing_more(memory_session: Session) -> None:
    started: list[str] = []
    running = threading.Event()

    def listen(event: Any) -> None:
        if isinstance(event, StepStarted):
            started.append(event.step)
            running.wait(SOON)
            run.cancel()

    run = memory_session.start(Order(chain(50)), listen)
    running.set()
    outcome = run.wait(SOON)
    assert outcome
    assert outcome.status == "cancelled"
    assert started == ["n0"]


def test_cancelling_by_the_node_itself_cancels_the_run(memory_session: Session, probe: Probe) -> None:
    def quitting(*_: Any) -> Value:
        raise Cancelled

    outcome, _ = carry_out(memory_session, flow(a=box("probe", name=probe("quit", quitting))))
    assert outcome.status == "cancelled"


def test_cancelling_after_the_end_does_nothing(memory_session: Session) -> None:
    run = memory_session.start(Order(chain(3)))
    outcome = run.wait(SOON)
    run.cancel()
    assert outcome is run.wait()
    assert outcome
    assert outcome.status == "done"
