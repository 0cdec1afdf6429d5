"""The websocket: what goes on, as it goes on, and live previews for whoever asks."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import suppress

from anyio import to_thread
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from graph.errors import Problem
from service.desk import Desk, TheDesk
from service.watch.live import LiveRuns
from service.watch.messages import Asked, Live, MessageRefused, asked_of
from service.watch.subscription import Subscription

router = APIRouter()

TRY_AGAIN, TOO_LARGE = 1013, 1009
"""Close codes of RFC 6455 and its registry."""

LAST_WORD = 2.0
"""Seconds that a client which does not read has to take the close frame."""

LONG = 32 * 1024
"""Characters of a message from which on reading it is a thread's work."""


@router.websocket("/ws")
async def watch(websocket: WebSocket, desk: TheDesk) -> None:
    """A snapshot, then every change. What is said in both directions: service/watch/messages.py.

    Closed with 1013 where there are too many clients, or this one reads too slowly: come again for a new snapshot.
    """
    # A client that does not take the close frame either is left to its end of the line.
    with suppress(WebSocketDisconnect, TimeoutError):
        await websocket.accept()
        if desk.hub.clients >= desk.limits.clients:
            await websocket.close(TRY_AGAIN, "Too many are watching.")
            return
        with desk.hub.subscribe() as subscription:
            end = await _Connection(websocket, desk, subscription).serve()
        if end:
            await asyncio.wait_for(websocket.close(*end), LAST_WORD)


class _Connection:
    """One client, until it goes or has to."""

    def __init__(self, websocket: WebSocket, desk: Desk, subscription: Subscription) -> None:
        self._websocket, self._subscription = websocket, subscription
        self._longest = desk.limits.message
        self._live = LiveRuns(desk, uuid.uuid4().hex, subscription.send)

    async def serve(self) -> tuple[int, str] | None:
        """The code and reason to close with; None if the client has gone."""
        parts = (self._send(), self._receive(), self._live.work(), self._lost())
        tasks = [asyncio.create_task(part) for part in parts]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._live.stop()
            for task in tasks:
                task.cancel()
            ends = await asyncio.gather(*tasks, return_exceptions=True)
        return _end(ends)

    async def _send(self) -> None:
        async for frame in self._subscription:
            await self._websocket.send_text(frame)
        await asyncio.Event().wait()  # for `_lost`

    async def _lost(self) -> tuple[int, str]:
        await self._subscription.lost.wait()
        return TRY_AGAIN, "You read too slowly."

    async def _receive(self) -> tuple[int, str]:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1005))
            text = message.get("text")
            if text is None:
                self._refuse("A message is text, not bytes.")
            elif len(text) > self._longest:
                return TOO_LARGE, f"A message has at most {self._longest} characters."
            else:
                await self._heed(text)

    async def _heed(self, text: str) -> None:
        try:
            asked = await to_thread.run_sync(asked_of, text) if len(text) > LONG else asked_of(text)
        except ValueError as error:
            self._refuse(str(error))
        else:
            self._carry_out(asked)

    def _carry_out(self, asked: Asked) -> None:
        match asked:
            case Live():
                self._live.ask(asked)
            case _:
                self._live.stop()

    def _refuse(self, why: str) -> None:
        self._subscription.send(MessageRefused((Problem(why, "See the documentation of the websocket."),)))


def _end(ends: list[tuple[int, str] | BaseException | None]) -> tuple[int, str] | None:
    """What ended the connection, of all its parts; a defect of ours is raised."""
    reason = None
    for end in ends:
        if isinstance(end, tuple):
            reason = end
        elif isinstance(end, WebSocketDisconnect):
            return None
        elif isinstance(end, BaseException) and not isinstance(end, asyncio.CancelledError):
            raise end
    return reason
