"""One client's view: a snapshot, then every difference, as frames of text."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Protocol, Self

from graph.events import StepProgress
from service.watch.feed import Feed, Place
from service.watch.messages import Message, encoded


class Publisher(Protocol):
    """What a subscription asks of the hub. All of it is called under the hub's lock."""

    def read(self, place: Place) -> tuple[str, Place]:
        """Messages since a place, with commas between them, and the place after."""
        ...

    def more(self, place: Place) -> bool:
        """Whether there is more than went into the frame."""
        ...

    def leave(self, reader: Subscription) -> None:
        """This one watches no more."""
        ...

    def arm(self) -> None:
        """Beat soon."""
        ...


class Subscription:
    """An async iterator of frames, for one task of the event loop that it was made in.

    It ends when it is closed, or when the client read too slowly; then `lost` is set as well, for whoever waits in a
    send that does not end.
    """

    def __init__(self, hub: Publisher, lock: threading.Lock, place: Place, first: Callable[[], str]) -> None:
        """`first` makes the frame of the snapshot that was taken at `place`."""
        self._hub, self._lock = hub, lock
        self._place = place
        self._first: Callable[[], str] | None = first
        self._own = Feed()
        self._own_place = self._own.end
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._told = False
        """Whether somebody has set out to set `_news`."""
        self._over = False
        self.lost = asyncio.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __aiter__(self) -> AsyncIterator[str]:
        return self

    async def __anext__(self) -> str:
        if self._first:
            first, self._first = self._first, None
            return await asyncio.to_thread(first)
        while not self._over:
            await self._news.wait()
            if frame := self._take():
                return frame
        raise StopAsyncIteration

    def send(self, message: Message) -> None:
        """Tell this client alone, at once but for progress. Quick, and from any thread."""
        text = "" if isinstance(message, StepProgress) else encoded(message)
        with self._lock:
            if self._over:
                return
            if isinstance(message, StepProgress):
                self._own.offer(message)
                self._hub.arm()
            else:
                self._own.append(message, text)
                self.wake()

    def close(self) -> None:
        """Watch no more."""
        with self._lock:
            self._hub.leave(self)
            self._end()

    # What follows is the hub's to call, under its lock and from any thread.

    def release(self, now: float) -> bool:
        """Let progress go whose time has come; whether more waits."""
        self._own.release(now)
        return self._own.unreleased

    def behind(self, end: Place) -> bool:
        """Whether there is something to read."""
        return self._place != end or self._own_place != self._own.end

    def lag(self, feed: Feed) -> int:
        """Bytes that wait for this client."""
        return feed.lag(self._place) + self._own.kept

    @property
    def entry(self) -> int:
        """The number of the next text it wants of all clients' feed."""
        return self._place.entry

    def drop(self) -> None:
        """The client is too slow: what waits for it is let go, and it is told to come again."""
        self._end()
        self._call(self.lost.set)

    def wake(self) -> None:
        """There is something to read."""
        if not self._told:
            self._told = True
            self._call(self._news.set)

    def _end(self) -> None:
        self._over = True
        self._own = Feed()
        self._own_place = self._own.end
        self.wake()

    def _call(self, what: Callable[[], None]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what)

    def _take(self) -> str:
        with self._lock:
            self._told = False
            self._news.clear()
            if self._over:
                self._news.set()
                return ""
            body, self._place = self._hub.read(self._place)
            own, self._own_place = self._own.since(self._own_place)
            self._own.trim(self._own_place.entry)
            if self._hub.more(self._place) or self._own_place != self._own.end:
                self._told = True
                self._news.set()
        parts = [body, *own] if body else own
        return f"[{','.join(parts)}]" if parts else ""
