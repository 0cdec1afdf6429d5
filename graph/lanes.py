"""Live runs side by side: of those that follow one slider the latest wins, and nobody waits for anybody else's."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from graph.run import Run


@dataclass
class _Lane:
    """What is known of one slider's runs."""

    latest: int = 0
    """The number of the last run that began, or of the last stop; earlier ones are outdated."""
    run: Run | None = None
    planning: int = 0
    """Callers that have a number and have not begun."""


class Lanes:
    """One run at a time for each name.

    Responsibilities:
    - number the callers as they come; planning takes a while, and a later one may be done with it earlier
    - cancel whatever a later one outdates
    - forget a name when nothing of it runs
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lanes: dict[str, _Lane] = {}
        self._number = 0
        self._closed = False

    @contextmanager
    def turn(self, by: str) -> Generator[int]:
        """A caller's number, for the length of its planning and its `begin`."""
        with self._lock:
            lane = self._lanes.setdefault(by, _Lane())
            lane.planning += 1
            number = self._next()
        try:
            yield number
        finally:
            with self._lock:
                lane.planning -= 1
                self._tidy(by)

    def begin(self, by: str, number: int, run: Run) -> None:
        """Let the run be the one of its name. It is itself cancelled if a later one has begun before it."""
        with self._lock:
            lane = self._lanes[by]
            outdated: Run | None = run
            if number > lane.latest and not self._closed:
                outdated, lane.run, lane.latest = lane.run, run, number
        if outdated:
            outdated.cancel()

    def ended(self, by: str, run: Run) -> None:
        """Forget a run."""
        with self._lock:
            lane = self._lanes.get(by)
            if lane and lane.run is run:
                lane.run = None
                self._tidy(by)

    def stop(self, by: str) -> None:
        """Cancel the run of that name, and those still planned."""
        with self._lock:
            lane = self._lanes.get(by)
            run = lane.run if lane else None
            if lane:
                lane.latest = self._next()
        if run:
            run.cancel()

    def close(self) -> list[Run]:
        """Cancel everything, also what comes later. Returns what was running."""
        with self._lock:
            self._closed = True
            running = [lane.run for lane in self._lanes.values() if lane.run]
        for run in running:
            run.cancel()
        return running

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._lanes)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _tidy(self, by: str) -> None:
        lane = self._lanes.get(by)
        if lane and lane.run is None and not lane.planning:
            del self._lanes[by]
