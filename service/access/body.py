"""How much a request may send, and how long it may be silent meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.access.refuse import refuse
from service.limits import MIB, Limits
from service.refusals import Refusal

PHOTOS = ("/api/photos", "/api/restore")
"""Where bodies are photos."""

LINGER_SECONDS, LINGER_BYTES = 2.0, 64 * MIB
"""What is still read, and thrown away, of a body that was refused: many clients look for an answer only after they
have sent all, and a connection that is closed while they send takes the answer with it."""


class Body:
    """Refuses a body that is too large before it is read, or as soon as it proves to be; and one that never ends."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        takes_photos = any(f"{scope['path']}/".startswith(f"{path}/") for path in PHOTOS)
        most = self._limits.body if takes_photos else self._limits.text
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdecimal() and int(announced) <= most:
            await _Reading(most, self._limits.silence, receive, send).serve(self._app, scope)
        else:
            await _refuse(scope, receive, send, too_large(most))


class _Reading:
    """One request whose body is counted while the application reads it."""

    def __init__(self, most: int, silence: float, receive: Receive, send: Send) -> None:
        self._most, self._silence = most, silence
        self._receive, self._send = receive, send
        self._count, self._whole, self._started = 0, False, False
        self._refusal: Refusal | None = None

    async def serve(self, app: ASGIApp, scope: Scope) -> None:
        try:
            await app(scope, self.receive, self.send)
        except Refusal as error:
            if error is not self._refusal:
                raise
        if self._refusal and not self._started:
            await _refuse(scope, self._receive, self._send, self._refusal)

    async def receive(self) -> Message:
        if self._refusal:
            raise self._refusal
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout(self._silence):
                message = await self._receive()
        except TimeoutError:
            raise self._refused(Refusal(408, "The rest of the request did not come.", "Send it again.")) from None
        self._count += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._count > self._most:
            raise self._refused(too_large(self._most))
        return message

    async def send(self, message: Message) -> None:
        """Whatever the application makes of the refusal that it met while reading, the refusal is the answer."""
        if self._refusal and not self._started:
            return
        self._started = True
        await self._send(message)

    def _refused(self, refusal: Refusal) -> Refusal:
        self._refusal = refusal
        return refusal


def too_large(most: int) -> Refusal:
    """The answer to a body beyond its limit."""
    return Refusal(413, f"This is more than the {most / MIB:,.0f} MiB that are taken here.", "Send less at once.")


async def _refuse(scope: Scope, receive: Receive, send: Send, refusal: Refusal) -> None:
    """Answer, then read on for a moment, then close."""

    async def held_back(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "more_body": True}
        await send(message)

    await refuse(scope, receive, held_back, refusal, ((b"connection", b"close"),))
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            await _discard(receive)
    await send({"type": "http.response.body", "body": b""})


async def _discard(receive: Receive) -> None:
    count = 0
    while count < LINGER_BYTES:
        message = await receive()
        count += len(message.get("body", b""))
        if not message.get("more_body", False):
            return
