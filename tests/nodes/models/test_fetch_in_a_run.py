"""A run that fetches: reported, cancelled at once though the server stands still, and taken up again later."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path
from typing import Annotated

import pytest

from graph.cache import Cache
from graph.controls import Weights
from graph.errors import WorkflowError
from graph.events import Event, Fetching, RunFinished, RunPlanned
from graph.session import Order, Session
from graph.spec import node, read
from nodes.models.catalog import Catalog
from nodes.models.shelf import Shelf
from tests.graph import toys
from tests.graph.toys import KINDS, Diary, Value, box, flow
from tests.nodes.models.fetching import BODY, entry_of
from tests.nodes.models.hostile import Hostile, Manner, hostile_server

SOON = 30
"""Seconds that nothing here may take; waiting ends much earlier."""

HALF = len(BODY) // 2

ORDER = Order(flow("it", it=box("enlarge")))


@node(title="Enlarge")
def enlarge(*, model: Annotated[str, Weights(task="upscale")] = "toy") -> Value:
    """Need a model."""
    return Value(float(len(model)))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Generator[Hostile]:
    monkeypatch.delenv("HEIRLOOM_OFFLINE", raising=False)
    with hostile_server() as hostile:
        hostile.serve("/toy", Manner(BODY, gate=threading.Event()))
        yield hostile


@pytest.fixture
def session(server: Hostile, tmp_path: Path) -> Session:
    shelf = Shelf([tmp_path], Catalog({"toy": entry_of(f"{server.address}/toy")}))
    registry = toys.registry(enlarge=read(enlarge, "toy/enlarge", KINDS))
    return Session(registry, Cache(KINDS, toys.MEGABYTE), shelf=shelf)


class Halfway(Diary):
    """Knows when half of the file has come."""

    def __init__(self) -> None:
        super().__init__()
        self.half = threading.Event()

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        if isinstance(event, Fetching) and event.done == HALF:
            self.half.set()


def test_cancelling_frees_a_run_whose_download_stands_still(session: Session, server: Hostile, tmp_path: Path):
    gate = server.manners["/toy"].gate
    assert gate
    diary = Halfway()
    run = session.start(ORDER, diary)
    assert diary.half.wait(SOON)
    assert run.wait(0) is None
    run.cancel()
    outcome = run.wait(SOON)
    assert not gate.is_set(), "the server still stands still"
    assert outcome
    assert outcome.status == "cancelled"
    assert not diary.of(RunPlanned)
    assert [(event.run, event.status) for event in diary.of(RunFinished)] == [(run.id, "cancelled")]
    assert (tmp_path / "toy.pth.part").stat().st_size == HALF

    gate.set()
    again = Diary()
    outcome = session.start(ORDER, again).wait(SOON)
    assert outcome
    assert outcome.value(("it", "value")) == Value(3)
    assert server.ranges == ["", f"bytes={HALF}-"]
    assert (tmp_path / "toy.pth").read_bytes() == BODY
    assert {(event.name, event.total) for event in again.of(Fetching)} == {("toy", len(BODY))}
    assert again.of(Fetching)[-1].done == len(BODY)


def test_of_two_runs_that_want_the_same_file_each_can_be_cancelled(session: Session, server: Hostile):
    diary = Halfway()
    first = session.start(ORDER, diary)
    assert diary.half.wait(SOON)
    second = session.start(ORDER)
    second.cancel()
    outcome = second.wait(SOON)
    assert outcome
    assert outcome.status == "cancelled"
    assert first.wait(0) is None
    gate = server.manners["/toy"].gate
    assert gate
    gate.set()
    outcome = first.wait(SOON)
    assert outcome
    assert outcome.status == "done"
    assert server.ranges == [""]


def test_offline_nothing_starts(session: Session, server: Hostile, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HEIRLOOM_OFFLINE", "1")
    with pytest.raises(WorkflowError, match="forbids to fetch it") as caught:
        session.start(ORDER)
    assert caught.value.problems[0].node == "it"
    assert server.asked == []


def test_a_file_that_is_nowhere_is_told_by_waiting(session: Session, server: Hostile):
    server.manners["/toy"].statuses = [404]
    run = session.start(ORDER)
    with pytest.raises(WorkflowError, match=r"toy\.pth cannot be fetched: .*404") as caught:
        run.wait(SOON)
    assert "--fetch toy" in caught.value.problems[0].remedy
