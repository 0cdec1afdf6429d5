"""One place that hears of everything, and tells everybody who watches."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, partial

from graph.events import Event, StepProgress
from service.limits import Limits
from service.watch.feed import Feed, Place
from service.watch.messages import Message, Snapshot, encoded
from service.watch.pulse import Pulse
from service.watch.state import State
from service.watch.subscription import Subscription


class Hub:
    """What goes on, for any number of clients.

    Responsibilities:
    - take messages from any thread, and never make it wait for a client
    - know what a client sees, so that a late one gets a snapshot and from then on each difference once
    - encode each message once, and make each frame once for all clients that are equally far
    - let progress merge, and drop a client that reads too slowly

    It knows only what is published: a run's events are passed on from its RunQueued to its RunEnded or RunRemoved.
    """

    def __init__(self, backlog: int = Limits.backlog, clock: Callable[[], float] = time.monotonic) -> None:
        """`backlog`: bytes that may wait for one client."""
        self._backlog, self._clock = backlog, clock
        self._lock = threading.Lock()
        self._state = State()
        self._feed = Feed(self._state.apply)
        self._readers: dict[asyncio.AbstractEventLoop, set[Subscription]] = {}
        self._pulses: dict[asyncio.AbstractEventLoop, Pulse] = {}
        self._first: tuple[Place, Callable[[], str]] | None = None
        """The frame that a client gets that comes now, and since when."""
        self._read: tuple[tuple[Place, Place], str, Place] | None = None
        """What was read last: between which places, the messages, and the place after them."""

    @property
    def clients(self) -> int:
        """How many watch."""
        with self._lock:
            return sum(len(readers) for readers in self._readers.values())

    def listener(self, run: str) -> Callable[[Event], None]:
        """What the engine tells of a run goes on under this id. Quick, and from any thread."""
        return lambda event: self.publish(event if event.run == run else replace(event, run=run))

    def publish(self, message: Message) -> None:
        """Tell everybody, unless it is no news. Quick, and from any thread."""
        # Nearly always encoded before the lock is taken.
        text = encoded(message) if self._readers and not isinstance(message, StepProgress) else ""
        with self._lock:
            if self._state.merges(message):
                self._feed.offer(message)
                self._feed.release(self._clock())
                self.arm()
            elif self._state.apply(message):
                self._append(message, text)
                self.arm()

    def snapshot(self) -> Snapshot:
        """All there is to see now."""
        with self._lock:
            return self._state.snapshot()

    def subscribe(self) -> Subscription:
        """For a client of the event loop that calls this: a snapshot, then all that follows. To be closed."""
        loop = asyncio.get_running_loop()
        with self._lock:
            place = self._feed.end
            if self._first is None or self._first[0] != place:
                self._first = place, lru_cache(maxsize=1)(partial(_frame, place.entry, self._state.snapshot()))
            reader = Subscription(self, self._lock, place, self._first[1])
            self._readers.setdefault(loop, set()).add(reader)
            if loop not in self._pulses:
                self._pulses[loop] = Pulse(loop, partial(self._beat, loop))
            return reader

    # What follows happens under the lock.

    def read(self, place: Place) -> tuple[str, Place]:
        """Messages since a place, with commas between them, and the place after."""
        stretch = place, self._feed.end
        if self._read is None or self._read[0] != stretch:
            texts, after = self._feed.since(place)
            self._read = stretch, ",".join(texts), after
        return self._read[1:]

    def more(self, place: Place) -> bool:
        """Whether there is more than went into the frame."""
        return place.entry != self._feed.end.entry

    def leave(self, reader: Subscription) -> None:
        """This one watches no more."""
        for loop, readers in list(self._readers.items()):
            readers.discard(reader)
            if not readers:
                del self._readers[loop], self._pulses[loop]
        self._trim()

    def arm(self) -> None:
        """Beat soon."""
        for pulse in self._pulses.values():
            pulse.arm()

    def _append(self, message: Message, text: str) -> None:
        self._first = None
        if not self._readers:
            self._feed.append(message, "")
            self._trim()
            return
        number = self._feed.end.entry + 1
        self._feed.append(message, f'{{"seq":{number},{(text or encoded(message))[1:]}')
        if self._feed.kept > self._backlog:
            self._drop_slow(reader for readers in self._readers.values() for reader in readers)
            self._trim()

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let progress go that is due, and wake those who have something to read."""
        with self._lock:
            pulse, readers, now = self._pulses.get(loop), self._readers.get(loop, ()), self._clock()
            if pulse is None:
                return
            pulse.disarm()
            self._feed.release(now)
            more = [reader.release(now) for reader in readers]
            if any(more) or self._feed.unreleased:
                pulse.arm()
            self._drop_slow(readers)
            self._trim()
            for reader in readers:
                if reader.behind(self._feed.end):
                    reader.wake()

    def _drop_slow(self, readers: Iterable[Subscription]) -> None:
        for reader in [reader for reader in readers if reader.lag(self._feed) > self._backlog]:
            reader.drop()
            self.leave(reader)

    def _trim(self) -> None:
        """Let go of what every client has."""
        entries = [reader.entry for readers in self._readers.values() for reader in readers]
        self._feed.trim(min(entries, default=self._feed.end.entry))


def _frame(number: int, snapshot: Snapshot) -> str:
    return f'[{{"seq":{number},{encoded(snapshot)[1:]}]'
