"""Messages on their way to clients that read at their own pace."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from graph.events import (
    Fetching,
    RunFinished,
    RunPlanned,
    StepBlocked,
    StepDone,
    StepFailed,
    StepProgress,
    StepStarted,
)
from service.watch.messages import (
    DownloadChanged,
    Message,
    RunEnded,
    RunQueued,
    RunRemoved,
    RunStarted,
    encoded,
)

FRAME = 256 * 1024
"""Bytes that a reader gets at a time, but for a single longer text: a slow one takes the rest when it can."""

PROGRESS_EVERY = 0.05
"""Seconds between two messages of progress of one run: 20 a second are smooth enough."""


class Source(NamedTuple):
    """Whose progress it is: a run's, or a download's."""

    kind: str
    name: str


class Place(NamedTuple):
    """How far a reader has come."""

    entry: int
    """The number of the next text."""
    version: int
    """Of the latest progress it has seen."""


class Feed:
    """Texts in order, kept until the slowest reader has them, and progress, of which only the latest is kept.

    Progress waits until it is released: one message of each source in PROGRESS_EVERY, whichever waits longest. A reader
    gets it after the texts; it is dropped once a text makes it pointless. A sketch is sent once, and yet not lost: the
    latest with one is kept beside the latest without. Not for several threads at once.
    """

    def __init__(self, accept: Callable[[Message], bool] = lambda _: True) -> None:
        """`accept` is asked when progress is released whether it still says anything."""
        self._accept = accept
        self._texts: list[str] = []
        self._ends: list[int] = []
        """Bytes of all texts up to and with each, ever."""
        self._trimmed = 0
        """Bytes of all texts that are not kept any more."""
        self._first = 0
        self._waiting: dict[Source, dict[str, Message]] = {}
        self._due: dict[Source, float] = {}
        self._released: dict[tuple[Source, str, bool], tuple[int, str]] = {}
        """The version and the text of each, with a sketch or without."""
        self._version = 0

    @property
    def end(self) -> Place:
        """Where a reader begins that knows everything."""
        return Place(self._first + len(self._texts), self._version)

    @property
    def kept(self) -> int:
        """Bytes of the texts that are kept."""
        return self._before(len(self._texts)) - self._trimmed

    @property
    def unreleased(self) -> bool:
        """Whether progress waits."""
        return bool(self._waiting)

    def append(self, message: Message, text: str) -> None:
        """A text that every reader gets, in order. Progress that the message makes pointless is dropped."""
        self._drop(message)
        self._ends.append(self._before(len(self._texts)) + len(text))
        self._texts.append(text)

    def offer(self, message: Message) -> None:
        """Progress: replaces what waits of the same step or file."""
        source, item = _source(message)
        waiting = self._waiting.setdefault(source, {})
        waiting[item] = _merged(waiting.get(item), message)

    def release(self, now: float) -> None:
        """Let progress go whose time has come."""
        for source in [source for source in self._waiting if self._due.get(source, now) <= now]:
            waiting = self._waiting[source]
            item = next(iter(waiting))
            message = waiting.pop(item)
            if not waiting:
                del self._waiting[source]
            if self._accept(message):
                self._due[source] = now + PROGRESS_EVERY
                self._version += 1
                self._released.pop((source, item, False), None)
                if has_sketch := isinstance(message, StepProgress) and message.sketch != "":
                    self._released.pop((source, item, True), None)
                self._released[source, item, has_sketch] = self._version, encoded(message)

    def since(self, place: Place) -> tuple[list[str], Place]:
        """What a reader at this place has not seen, or as much as goes into a frame, and the place after it."""
        read = place.entry - self._first
        most = self._before(read) + FRAME
        after = max(read + 1, bisect_right(self._ends, most))
        if after < len(self._texts):
            return self._texts[read:after], Place(self._first + after, place.version)
        newer: list[str] = []
        for version, text in reversed(self._released.values()):
            if version <= place.version:
                break
            newer.append(text)
        return [*self._texts[read:], *reversed(newer)], self.end

    def lag(self, place: Place) -> int:
        """Bytes of the texts that a reader at this place has not seen."""
        return self._before(len(self._texts)) - self._before(place.entry - self._first)

    def trim(self, entry: int) -> None:
        """Let go of texts before this one: every reader has them."""
        read = entry - self._first
        if read:
            self._trimmed, self._first = self._before(read), entry
            del self._texts[:read], self._ends[:read]

    def _before(self, read: int) -> int:
        """Bytes of all texts, ever, up to the one that a reader of so many of the kept ones reads next."""
        return self._ends[read - 1] if read else self._trimmed

    def _drop(self, message: Message) -> None:
        """Forget the progress of what this message starts or ends."""
        match message:
            case StepStarted() | StepDone() | StepFailed() | StepBlocked() | Fetching():
                source, item = _source(message)
                self._forget(source, item)
            case DownloadChanged(name):
                self._end(Source("download", name))
            case RunQueued(run) | RunEnded(run):
                self._end(Source("run", run.id))
            case RunPlanned(run) | RunStarted(run) | RunRemoved(run) | RunFinished(run):
                self._end(Source("run", run))
            case _:
                pass

    def _forget(self, source: Source, item: str) -> None:
        for has_sketch in (False, True):
            self._released.pop((source, item, has_sketch), None)
        waiting = self._waiting.get(source, {})
        if waiting.pop(item, None) and not waiting:
            del self._waiting[source]

    def _end(self, source: Source) -> None:
        self._waiting.pop(source, None)
        self._due.pop(source, None)
        for place in [place for place in self._released if place[0] == source]:
            del self._released[place]


def _merged(before: Message | None, now: Message) -> Message:
    """The later one, with the sketch of the one it replaces if it has none."""
    if isinstance(before, StepProgress) and isinstance(now, StepProgress):
        return replace(now, sketch=now.sketch or before.sketch)
    return now


def _source(message: Message) -> tuple[Source, str]:
    match message:
        case Fetching(run, name):
            return Source("run", run), f"file {name}"
        case StepStarted(run, step) | StepProgress(run, step) | StepDone(run, step):
            return Source("run", run), f"step {step}"
        case StepFailed(run, step) | StepBlocked(run, step):
            return Source("run", run), f"step {step}"
        case DownloadChanged(name):
            return Source("download", name), ""
        case _:
            raise ValueError(f"{type(message).__name__} is no progress.")
