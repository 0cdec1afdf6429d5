"""Places for a few who wait, and one who works: what takes much memory is done one after the other."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request

T = TypeVar("T")


class Turns:
    """The places of one event loop. To be used in its thread only."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._turn = asyncio.Lock()
        self.taken = 0
        """How many wait or work."""
        self.ended: Counter[str] = Counter()
        """How many jobs ended how: done, failed, cancelled; and how many were refused for want of a place."""

    @property
    def full(self) -> bool:
        """Whether nobody more may wait."""
        return self.taken >= self._places

    @contextmanager
    def place(self) -> Generator[None]:
        """Take a place for the length of the block."""
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1

    async def work(self, job: Callable[[], T], cancel: Callable[[], None]) -> T:
        """Do the job in a thread when its turn has come.

        Whoever gives up waiting calls it off: `cancel` must make the job end soon, and the turn lasts until then.
        """
        async with self._turn:
            working = asyncio.ensure_future(asyncio.to_thread(job))
            ended = "failed"
            try:
                result = await asyncio.shield(working)
                ended = "done"
                return result
            except asyncio.CancelledError:
                ended = "cancelled"
                cancel()
                await asyncio.wait({working})
                raise
            finally:
                self.ended[ended] += 1


async def unless_gone(request: Request, work: Coroutine[None, None, T]) -> T:
    """What the work gives. ClientDisconnect where the client goes away first; the work is then cancelled.

    The request's body must have been read.
    """
    working, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        working.cancel()
        gone.cancel()
        await asyncio.wait({working, gone})


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
