"""Lending models: loaded once, pinned while lent, one borrower at a time on a lane."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest

from graph.cache import Cache
from graph.context import Context
from graph.errors import Cancelled
from graph.pool import Pool
from graph.session import Session
from tests.graph import toys
from tests.graph.conftest import Probe
from tests.graph.toys import KINDS, Value, box, carry_out, flow

SOON = 30


@dataclass
class Model:
    key: str
    size: int = 10
    lane: str = "cpu"
    loads: list[str] = field(default_factory=list)

    def load(self) -> tuple[Any, int]:
        self.loads.append(self.key)
        return f"model {self.key}", self.size


@pytest.fixture
def cancelled() -> threading.Event:
    return threading.Event()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def test_a_model_is_loaded_once(cancelled: threading.Event) -> None:
    pool, model = Pool(100), Model("a")
    for _ in range(3):
        with pool.borrow(model, cancelled) as lent:
            assert lent == "model a"
    assert model.loads == ["a"]
    assert pool.used == 10


def test_the_least_recently_lent_is_evicted_by_size(cancelled: threading.Event) -> None:
    pool = Pool(25)
    a, b, c = (Model(key) for key in "abc")
    for model in (a, b, a, c, a, b):
        with pool.borrow(model, cancelled):
            pass
    assert [model.loads for model in (a, b, c)] == [["a"], ["b", "b"], ["c"]]
    assert pool.used == 20


def test_what_is_lent_is_never_evicted(cancelled: threading.Event, stack: ExitStack) -> None:
    pool = Pool(15)
    pinned = Model("a", lane="gpu")
    stack.enter_context(pool.borrow(pinned, cancelled))
    with pool.borrow(Model("b"), cancelled):
        assert pool.used == 20
    assert pool.used == 10
    stack.close()
    with pool.borrow(pinned, cancelled):
        assert pinned.loads == ["a"]


def test_a_model_larger_than_the_pool_is_lent_and_then_let_go(cancelled: threading.Event) -> None:
    pool = Pool(5)
    with pool.borrow(Model("a"), cancelled) as lent:
        assert lent == "model a"
    assert pool.used == 0


def test_a_node_may_borrow_two_models_of_one_lane(cancelled: threading.Event) -> None:
    pool = Pool(100)
    with pool.borrow(Model("a"), cancelled), pool.borrow(Model("b"), cancelled) as second:
        assert second == "model b"


def test_one_borrower_at_a_time_works_on_a_lane(cancelled: threading.Event) -> None:
    pool = Pool(100)
    inside = threading.Lock()
    overlaps: list[int] = []

    def work(number: int) -> None:
        for _ in range(50):
            with pool.borrow(Model(f"m{number % 2}"), cancelled):
                if not inside.acquire(blocking=False):
                    overlaps.append(number)
                    continue
                inside.release()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    assert not overlaps


def test_lanes_work_side_by_side(cancelled: threading.Event) -> None:
    pool, meeting = Pool(100), threading.Barrier(2)

    def work(lane: str) -> None:
        with pool.borrow(Model(lane, lane=lane), cancelled):
            meeting.wait(SOON)

    threads = [threading.Thread(target=work, args=(lane,)) for lane in ("cpu", "cuda")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    assert not meeting.broken


def test_cancelled_while_waiting_for_a_lane(cancelled: threading.Event) -> None:
    pool = Pool(100)
    ended: list[str] = []

    def wait() -> None:
        try:
            with pool.borrow(Model("b"), cancelled):
                ended.append("lent")
        except Cancelled:
            ended.append("cancelled")

    with pool.borrow(Model("a"), threading.Event()):
        thread = threading.Thread(target=wait)
        thread.start()
        cancelled.set()
        thread.join(SOON)
        assert ended == ["cancelled"]
    with pool.borrow(Model("c"), threading.Event()) as lent:
        assert lent == "model c"


def test_a_model_that_cannot_be_loaded_frees_its_lane(cancelled: threading.Event) -> None:
    class Broken(Model):
        def load(self) -> tuple[Any, int]:
            raise OSError("no such weights")

    pool = Pool(100)
    with pytest.raises(OSError, match="no such weights"), pool.borrow(Broken("a"), cancelled):
        pass
    with pool.borrow(Model("a"), cancelled) as lent:
        assert lent == "model a"


def test_a_borrower_that_fails_gives_back(cancelled: threading.Event) -> None:
    pool = Pool(0)
    with pytest.raises(ValueError, match="oops"), pool.borrow(Model("a"), cancelled):
        raise ValueError("oops")
    assert pool.used == 0


def test_nodes_borrow_through_their_context(probe: Probe) -> None:
    model = Model("a")

    def use(context: Context, _: Any) -> Value:
        with context.borrow(model) as lent:
            context.say(lent)
        return Value(1)

    session = Session(toys.registry(), Cache(KINDS, 0), lender=Pool(100))
    name = probe("use", use)
    outcome, _ = carry_out(session, flow(a=box("probe", name=name), b=box("probe", name=name)))
    assert outcome.results["a"].notes == ("model a",)
    assert model.loads == ["a"]
