"""Wakes the readers of one event loop, so many times a second and no more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PACE = 0.05
"""Seconds between two beats: 20 frames a second, each with all that came meanwhile, look like every change at once."""


class Pulse:
    """A beat soon after something happened, whichever thread it happened in; one for all that happens meanwhile."""

    def __init__(self, loop: asyncio.AbstractEventLoop, beat: Callable[[], None]) -> None:
        self._loop, self._beat = loop, beat
        self._armed = False
        self._next = 0.0

    def arm(self) -> None:
        """Beat soon. Called by one thread at a time."""
        if not self._armed and not self._loop.is_closed():
            self._armed = True
            self._loop.call_soon_threadsafe(self._schedule)

    def disarm(self) -> None:
        """What happens from now on needs another beat. Called under the same lock as `arm`."""
        self._armed = False

    def _schedule(self) -> None:
        self._loop.call_at(max(self._next, self._loop.time()), self._go)

    def _go(self) -> None:
        self._next = self._loop.time() + PACE
        self._beat()
