"""Of the live runs of one name the latest wins, however long each was planned."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.lanes import Lanes
from graph.run import Run


def begun(lanes: Lanes, by: str) -> Run:
    run = Run()
    with lanes.turn(by) as number:
        lanes.begin(by, number, run)
    return run


def test_a_later_one_cancels_the_earlier_of_its_name_only() -> None:
    lanes = Lanes()
    first, other, second = begun(lanes, "a"), begun(lanes, "b"), begun(lanes, "a")
    assert [run.cancelled.is_set() for run in (first, other, second)] == [True, False, False]


@pytest.mark.parametrize("ended", [False, True])
def test_one_that_was_planned_slowly_does_not_displace_a_later_one(ended: bool) -> None:
    lanes = Lanes()
    slow = Run()
    with lanes.turn("a") as number:
        quick = begun(lanes, "a")
        if ended:
            lanes.ended("a", quick)
        lanes.begin("a", number, slow)
    assert slow.cancelled.is_set()
    assert not quick.cancelled.is_set()


def test_a_caller_that_fails_changes_nothing() -> None:
    lanes = Lanes()
    run = begun(lanes, "a")
    with pytest.raises(KeyError), lanes.turn("a"):
        raise KeyError
    assert not run.cancelled.is_set()


def test_what_ended_is_forgotten() -> None:
    lanes = Lanes()
    runs = [begun(lanes, str(number)) for number in range(100)]
    assert len(lanes) == 100
    for number, run in enumerate(runs):
        lanes.ended(str(number), run)
    assert len(lanes) == 0


def test_an_outdated_end_forgets_nothing() -> None:
    lanes = Lanes()
    first, second = begun(lanes, "a"), begun(lanes, "a")
    lanes.ended("a", first)
    assert len(lanes) == 1
    lanes.ended("a", second)
    assert len(lanes) == 0


def test_stopping_cancels_what_runs_and_what_is_planned() -> None:
    lanes = Lanes()
    running, planned = begun(lanes, "a"), Run()
    with lanes.turn("a") as number:
        lanes.stop("a")
        lanes.begin("a", number, planned)
    assert running.cancelled.is_set()
    assert planned.cancelled.is_set()
    lanes.stop("nobody")


def test_after_closing_nothing_runs() -> None:
    lanes = Lanes()
    running = begun(lanes, "a")
    assert lanes.close() == [running]
    assert running.cancelled.is_set()
    assert begun(lanes, "b").cancelled.is_set()
    assert len(lanes) == 1


def test_of_many_threads_one_wins() -> None:
    lanes, barrier = Lanes(), threading.Barrier(16)

    def call(number: int) -> Run:
        barrier.wait(30)
        return begun(lanes, str(number % 2))

    with ThreadPoolExecutor(16) as pool:
        runs = list(pool.map(call, range(16)))
    assert sum(not run.cancelled.is_set() for run in runs) == 2
