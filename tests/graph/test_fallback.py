"""What a workflow does without model files that cannot be had: as it says, plainly, and with the right keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.check import check
from graph.document import Box, Document, parse
from graph.errors import WorkflowError
from graph.events import Fetching, RunFinished, RunPlanned
from graph.plan import PlannedStep
from graph.session import Order, Outcome, Session
from tests.graph.toy_shelf import ToyShelf, guessing_session
from tests.graph.toys import Diary, Value, box, carry_out, flow

SOON = 30

LEFT_OUT: Any = "bypass"
BY_COIN: Any = {"model": "coin"}


@pytest.fixture
def shelf() -> ToyShelf:
    return ToyShelf()


@pytest.fixture
def session(shelf: ToyShelf) -> Session:
    return guessing_session(shelf)


def embellished(without: Any = None, **settings: Any) -> Document:
    """2, and what a model adds: 6 for the oracle, 4 for a coin."""
    it = box("embellish", {"value": "two"}, **settings)._replace(without=without)
    return flow("it", two=box("number", value=2.0), it=it)


def offline(shelf: ToyShelf) -> None:
    shelf.online = False


def silent(shelf: ToyShelf) -> None:
    shelf.answering = False


def not_asked(_: ToyShelf) -> None:
    pass


WAYS = [(offline, True), (silent, True), (not_asked, False)]
"""How a file is not to be had, and whether it may be asked for."""


def planned(diary: Diary, id: str = "it") -> PlannedStep:
    return next(step for each in diary.of(RunPlanned) for step in each.steps if step.id == id)


def value(outcome: Outcome) -> float:
    assert outcome.status == "done"
    found = outcome.value(("it", "value"))
    assert isinstance(found, Value)
    return found.number


@pytest.mark.parametrize(("trouble", "download"), WAYS)
def test_a_step_is_left_out_or_works_otherwise(
    session: Session, shelf: ToyShelf, trouble: Callable[[ToyShelf], None], download: bool
) -> None:
    trouble(shelf)
    outcome, diary = carry_out(session, embellished(LEFT_OUT), download=download)
    assert value(outcome) == 2
    assert planned(diary).action == "left out"
    assert planned(diary).fallback.startswith("Left out: ")
    assert "python server.py --fetch oracle" in planned(diary).fallback
    outcome, diary = carry_out(session, embellished(BY_COIN), download=download)
    assert value(outcome) == 6
    assert planned(diary).action == "run"
    assert planned(diary).fallback.startswith("Works with model coin instead: ")
    assert [each.step for each in outcome.fallbacks] == ["it"]


def test_what_can_be_had_is_fetched_and_used(session: Session, shelf: ToyShelf) -> None:
    outcome, diary = carry_out(session, embellished(LEFT_OUT))
    assert (value(outcome), shelf.fetched, planned(diary).fallback) == (8, ["oracle"], "")
    assert outcome.fallbacks == ()


def test_the_keys_are_those_of_what_really_ran(session: Session) -> None:
    outcome, _ = carry_out(session, embellished(BY_COIN), download=False)
    plain, diary = carry_out(session, embellished(model="coin"))
    assert (plain.keys["it"], diary.ran) == (outcome.keys["it"], set())
    outcome, diary = carry_out(session, embellished(BY_COIN))
    assert (value(outcome), diary.ran) == (8, {"it"})


def test_the_document_of_the_outcome_is_what_really_ran_and_still_says_how_to_do_without(session: Session) -> None:
    outcome, _ = carry_out(session, embellished(LEFT_OUT), download=False)
    it = parse(outcome.graph.document.text()).nodes["it"]
    assert (it.bypass, it.without) == (True, "bypass")


def test_without_a_word_on_it_a_missing_file_is_a_problem(session: Session) -> None:
    document = flow(
        "sum",
        two=box("number", value=2.0),
        it=box("embellish", {"value": "two"})._replace(without=LEFT_OUT),
        guess=box("guess", model="crystal"),
        sum=box("add", {"a": "it", "b": "guess"}),
    )
    with pytest.raises(WorkflowError) as caught:
        session.run(Order(document, download=False))
    assert [problem.node for problem in caught.value.problems] == ["guess"]


def test_a_file_that_does_not_come_is_asked_for_once(session: Session, shelf: ToyShelf) -> None:
    silent(shelf)
    document = flow("sum", it=box("guess"), sum=box("embellish", {"value": "it"}, model="crystal"))
    nodes = {**document.nodes, "sum": document.nodes["sum"]._replace(without=LEFT_OUT)}
    diary = Diary()
    with pytest.raises(WorkflowError) as caught:
        session.run(Order(Document(nodes, result=document.result)), diary)
    assert [problem.node for problem in caught.value.problems] == ["it"]
    assert [type(event) for event in diary.events] == [Fetching, Fetching, RunFinished]


def test_what_only_fed_a_step_that_is_left_out_is_not_needed(session: Session, shelf: ToyShelf) -> None:
    silent(shelf)
    fed = box("embellish", {"value": "two", "more": "guess"})
    document = flow("it", two=box("number", value=2.0), guess=box("guess", model="crystal"), it=fed)
    with pytest.raises(WorkflowError, match="crystal"):
        carry_out(session, document)
    nodes = {**document.nodes, "it": fed._replace(without=LEFT_OUT)}
    assert value(carry_out(session, Document(nodes, result=document.result))[0]) == 2


@pytest.mark.parametrize(("trouble", "download"), WAYS)
def test_settings_that_need_another_missing_file_do_not_help(
    session: Session, shelf: ToyShelf, trouble: Callable[[ToyShelf], None], download: bool
) -> None:
    trouble(shelf)
    with pytest.raises(WorkflowError, match="crystal"):
        carry_out(session, embellished({"model": "crystal"}), download=download)


def test_of_settings_that_need_another_file_that_is_the_one_fetched(session: Session, shelf: ToyShelf) -> None:
    forbidden = shelf.forbidden
    shelf.online = False
    shelf.forbidden = lambda name: forbidden(name) if name == "oracle" else []
    outcome, _ = carry_out(session, embellished({"model": "crystal"}))
    assert (value(outcome), shelf.fetched) == (9, ["crystal"])


def test_a_wanted_step_that_is_left_out_is_what_it_passes_on(session: Session) -> None:
    outcome, _ = carry_out(session, embellished(LEFT_OUT), targets=["it"], download=False)
    assert value(outcome) == 2
    outcome, _ = carry_out(session, embellished(LEFT_OUT), force=["it"], download=False)
    assert value(outcome) == 2


def test_fetching_alone_tells_what_goes_on_without(session: Session, shelf: ToyShelf) -> None:
    silent(shelf)
    assert [each.step for each in session.fetch(Order(embellished(LEFT_OUT))).fallbacks] == ["it"]


def test_settling_falls_back_but_refuses_nothing(session: Session) -> None:
    assert session.settle(Order(embellished(), download=False)).fallbacks == ()
    job = session.settle(Order(embellished(LEFT_OUT), download=False))
    assert [(step.id, step.action) for step in job.plan.planned] == [("two", "run"), ("it", "left out")]


def test_a_live_run_goes_on_without(session: Session, shelf: ToyShelf) -> None:
    for targets in (None, ["it"]):
        diary = Diary()
        outcome = session.live(Order(embellished(LEFT_OUT), targets=targets), diary).wait(SOON)
        assert outcome
        assert value(outcome) == 2
        assert planned(diary).action == "left out"
    assert shelf.fetched == []


def test_a_fallback_is_checked_like_settings(session: Session) -> None:
    def problems(it: Box) -> list[tuple[str | None, str]]:
        with pytest.raises(WorkflowError) as caught:
            check(flow(two=box("number"), it=it), session.registry, shelf=session.shelf)
        return [(problem.port, problem.message) for problem in caught.value.problems]

    wired = box("embellish", {"value": "two"})
    assert problems(wired._replace(without={"modle": "coin"})) == [("modle", "toy/embellish has no setting 'modle'.")]
    assert problems(wired._replace(without={"model": "cion"})) == [("model", "there is no model 'cion' for this.")]
    assert problems(wired._replace(without={"model": "broken"})) == [("model", "broken is damaged.")]
    assert problems(box("number", value=1.0)._replace(without=LEFT_OUT)) == [
        ("without", "toy/number needs no model file.")
    ]
