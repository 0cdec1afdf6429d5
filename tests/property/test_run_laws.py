"""Laws of runs that hold for every graph."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.document import Document
from graph.events import RunFinished, RunPlanned, StepDone, StepStarted
from graph.session import Order, Session
from tests.graph.toys import carry_out, open_session
from tests.property.graphs import documents, downstream, expected

FEW = settings(max_examples=60)
"""Every example starts threads."""


def assert_right(session: Session, document: Document) -> set[str]:
    """Run everything; the results are right, and so is the order of events. Returns what ran."""
    outcome, diary = carry_out(session, document, targets=list(document.nodes), name="it")
    assert outcome.status == "done"
    assert {id: dict(result.outputs) for id, result in outcome.results.items()} == {
        id: expected(document, id) for id in document.nodes
    }
    first, *between, last = diary.events
    assert isinstance(first, RunPlanned)
    assert isinstance(last, RunFinished)
    started = [event.step for event in between if isinstance(event, StepStarted)]
    done = [event.step for event in between if isinstance(event, StepDone)]
    assert sorted(started) == sorted(done) == sorted(diary.why)
    assert len(set(done)) == len(done)
    return set(done)


@FEW
@given(documents())
def test_every_graph_gives_what_it_must_and_then_nothing_runs(document: Document) -> None:
    session = open_session(None)
    assert assert_right(session, document) == set(document.nodes)
    assert assert_right(session, document) == set()


@FEW
@given(documents(), st.data())
def test_only_what_a_change_touches_runs_again(document: Document, data: st.DataObject) -> None:
    session = open_session(None)
    assert_right(session, document)
    id = data.draw(st.sampled_from(sorted(id for id, node in document.nodes.items() if node.settings)))
    (name,) = document.nodes[id].settings
    changed = document.with_settings({(id, name): 77.5})
    assert assert_right(session, changed) == downstream(document, id)
    assert assert_right(session, document) == set(), "and back again all is still known"


@FEW
@given(documents(), st.data())
def test_only_what_the_targets_need_runs(document: Document, data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(sorted(document.nodes)))
    outcome, diary = carry_out(open_session(None), document, targets=[target])
    assert outcome.results.keys() == {target}
    assert diary.ran == {id for id in document.nodes if target in downstream(document, id)}


@FEW
@given(documents(), st.data())
def test_forcing_runs_exactly_what_depends_on_it(document: Document, data: st.DataObject) -> None:
    session = open_session(None)
    assert_right(session, document)
    forced = data.draw(st.sampled_from(sorted(document.nodes)))
    planned = session.plan(Order(document, targets=list(document.nodes), force=[forced]))
    assert planned.steps.keys() == downstream(document, forced)


@FEW
@given(documents(), st.integers(0, 20_000))
def test_a_cache_that_is_too_small_changes_nothing(document: Document, memory: int) -> None:
    session = open_session(None, memory=memory)
    for _ in range(2):
        assert_right(session, document)
        assert session.cache.memory.used <= memory
