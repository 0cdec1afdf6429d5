"""One HTTP connection, and how long it may take to say what it wants."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0
"""For the head of a request. uvicorn itself waits for ever: a few hundred clients that send a letter a minute would
take every connection there is."""


class Connection(H11Protocol):
    """Hangs up on clients that do not get to the point."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.transport.is_closing():
            self._wait()

    def _wait(self) -> None:
        self._stop()
        self._timer = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _hang_up(self) -> None:
        working = self.cycle is not None and not self.cycle.response_complete
        # A websocket has the transport to itself.
        if not working and self.transport.get_protocol() is self:
            self.transport.close()
