"""Model files that a workflow needs: known or not, at hand or fetched before anything runs, part of the key."""

from __future__ import annotations

import threading

import pytest

from graph.check import check
from graph.errors import WorkflowError
from graph.events import Fetching, RunFinished, RunWarned
from graph.session import Order, Session
from graph.shelf import Told
from tests.graph import toys
from tests.graph.toy_shelf import ToyShelf, guessing_session
from tests.graph.toys import Value, box, carry_out, flow

SOON = 30
"""Seconds that nothing here may take; waiting ends much earlier."""


@pytest.fixture
def shelf() -> ToyShelf:
    return ToyShelf()


@pytest.fixture
def session(shelf: ToyShelf) -> Session:
    return guessing_session(shelf)


def test_what_is_missing_is_fetched_before_anything_runs(session, shelf):
    outcome, diary = carry_out(session, flow("it", it=box("guess")))
    assert outcome.status == "done"
    assert shelf.fetched == ["oracle"]
    assert diary.events[0] == Fetching(outcome_run(diary), "oracle", 5, 10)


def outcome_run(diary: toys.Diary) -> str:
    return diary.events[-1].run


def ending(diary: toys.Diary) -> tuple[str, str]:
    """Which run the last event ends, and how."""
    last = diary.events[-1]
    assert isinstance(last, RunFinished)
    return last.run, last.status


def test_what_is_at_hand_or_not_needed_is_not_fetched(session, shelf):
    shelf.there["oracle"] = "1"
    carry_out(session, flow("it", it=box("guess"), other=box("guess", model="crystal")))
    carry_out(session, flow("it", it=box("guess", model="coin")))
    assert shelf.fetched == []


def test_a_cached_step_needs_no_file(session, shelf):
    document = flow("it", it=box("guess"))
    carry_out(session, document)
    shelf.missing = lambda _: pytest.fail("nobody may ask for files of a cached step")
    _, diary = carry_out(session, document)
    assert diary.ran == set()


TWO_MODELS = flow("sum", one=box("guess"), two=box("guess", model="crystal"), sum=box("add", {"a": "one", "b": "two"}))


@pytest.mark.parametrize("go", [Session.run, Session.start, Session.fetch])
def test_offline_every_missing_file_is_a_problem_and_nothing_starts(session, shelf, go):
    shelf.online = False
    diary = toys.Diary()
    with pytest.raises(WorkflowError) as caught:
        go(session, Order(TWO_MODELS), diary)
    first, second = caught.value.problems
    assert (first.node, first.port, second.node) == ("one", "model", "two")
    assert "--fetch oracle" in first.remedy
    assert "'coin', which needs no download" in first.remedy
    assert diary.events == []


def test_a_file_that_does_not_come_ends_a_run_that_was_started(session, shelf):
    shelf.answering = False
    diary = toys.Diary()
    run = session.start(Order(TWO_MODELS), diary)
    with pytest.raises(WorkflowError) as caught:
        run.wait(SOON)
    assert [problem.node for problem in caught.value.problems] == ["one", "two"]
    assert [type(event) for event in diary.events] == [Fetching, Fetching, RunFinished]
    assert ending(diary) == (run.id, "failed")


def test_starting_does_not_wait_for_the_files(session, shelf):
    gate, begun = threading.Event(), threading.Event()
    fetch = shelf.fetch

    def slow(name: str, told: Told, cancelled: threading.Event) -> None:
        begun.set()
        gate.wait(SOON)
        fetch(name, told, cancelled)

    shelf.fetch = slow
    run = session.start(Order(flow("it", it=box("guess"))))
    assert begun.wait(SOON)
    assert run.wait(0) is None
    gate.set()
    assert run.wait(SOON).value(("it", "value")) == Value(6)


def test_a_run_cancelled_while_it_fetches_runs_nothing(session, shelf):
    told = threading.Event()
    diary = toys.Diary()

    def listen(event) -> None:
        diary(event)
        if isinstance(event, Fetching):
            told.wait(SOON)
            run.cancel()

    run = session.start(Order(flow("it", it=box("guess"))), listen)
    told.set()
    outcome = run.wait(SOON)
    assert (outcome.status, dict(outcome.results), dict(outcome.failed)) == ("cancelled", {}, {})
    assert [type(event) for event in diary.events] == [Fetching, RunFinished]
    assert ending(diary) == (run.id, "cancelled")
    assert shelf.fetched == []


def test_a_cancel_between_fetching_and_the_first_step_counts(session, shelf):
    fetch = shelf.fetch

    def last_moment(name: str, told: Told, cancelled: threading.Event) -> None:
        fetch(name, told, cancelled)
        cancelled.set()

    shelf.fetch = last_moment
    diary = toys.Diary()
    outcome = session.start(Order(flow("it", it=box("guess"))), diary).wait(SOON)
    assert (outcome.status, diary.ran, shelf.fetched) == ("cancelled", set(), ["oracle"])


def test_a_live_run_never_waits_for_a_download(session, shelf):
    with pytest.raises(WorkflowError, match="--fetch oracle"):
        session.live(Order(flow("it", it=box("guess"))))
    assert shelf.fetched == []


def test_an_unknown_model_is_refused_with_the_nearest(session, shelf):
    with pytest.raises(WorkflowError, match="Did you mean 'crystal'") as caught:
        check(flow("it", it=box("guess", model="cristal")), session.registry, shelf=shelf)
    assert caught.value.problems[0].port == "model"


@pytest.mark.parametrize("model", ["", "../secret", "a\\b"])
def test_a_model_is_a_name_and_no_path(session, shelf, model):
    with pytest.raises(WorkflowError, match="must be the name of a model"):
        check(flow("it", it=box("guess", model=model)), session.registry, shelf=shelf)


def test_another_file_under_the_same_name_is_another_result(session, shelf):
    document = flow("it", it=box("guess"))
    shelf.there["oracle"] = "1"
    carry_out(session, document)
    shelf.there["oracle"] = "2"
    _, diary = carry_out(session, document)
    assert diary.ran == {"it"}


def test_a_node_may_warn_at_once(session):
    _, diary = carry_out(session, flow("it", it=box("guess")))
    assert [event.message for event in diary.of(RunWarned)] == ["it: oracle only guesses."]
