"""Places for a few who wait, and one who works."""

from __future__ import annotations

import asyncio
import threading

import pytest

from service.turns import Turns
from tests.service.conftest import PATIENCE


class Job:
    """Works until it is let go or called off."""

    def __init__(self) -> None:
        self.begun, self.ended, self.over = threading.Event(), threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        assert self.over.wait(PATIENCE)
        self.ended.set()
        return "done"


async def until(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, PATIENCE)


def test_one_works_and_the_others_wait():
    async def act() -> None:
        turns, first, second = Turns(2), Job(), Job()
        with turns.place(), turns.place():
            assert turns.full
            tasks = [asyncio.ensure_future(turns.work(job, job.over.set)) for job in (first, second)]
            await until(first.begun)
            assert not second.begun.is_set()
            first.over.set()
            await until(second.begun)
            second.over.set()
            assert await asyncio.gather(*tasks) == ["done", "done"]
        assert (turns.taken, turns.full, turns.ended) == (0, False, {"done": 2})

    asyncio.run(act())


def test_the_turn_lasts_until_what_was_called_off_has_ended():
    async def act() -> None:
        turns, job, waiting = Turns(3), Job(), Job()
        working, next_one = (asyncio.ensure_future(turns.work(each, each.over.set)) for each in (job, waiting))
        await until(job.begun)
        next_one.cancel()
        with pytest.raises(asyncio.CancelledError):
            await next_one
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working
        assert job.ended.is_set()
        assert not waiting.begun.is_set()
        assert turns.ended == {"cancelled": 1}

    asyncio.run(act())


def test_what_a_job_raises_is_raised():
    async def act() -> None:
        turns = Turns(1)

        def fail() -> None:
            raise ValueError("no")

        with pytest.raises(ValueError, match="no"):
            await turns.work(fail, lambda: None)
        assert turns.ended == {"failed": 1}

    asyncio.run(act())
