"""Answers a request that goes no further, over HTTP and before a websocket opens."""

from __future__ import annotations

import json

from starlette.types import Receive, Scope, Send

from service.refusals import Refusal, problems_json

POLICY_VIOLATION = 1008
"""RFC 6455, section 7.4.1."""


async def refuse(
    scope: Scope, receive: Receive, send: Send, refusal: Refusal, headers: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    """Send the refusal as the whole answer."""
    prefix = "http.response"
    if scope["type"] == "websocket":
        await receive()
        if "websocket.http.response" not in scope.get("extensions", {}):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        prefix = "websocket.http.response"
    body = json.dumps(problems_json(refusal.problems)).encode()
    about = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": f"{prefix}.start", "status": refusal.status, "headers": about})
    await send({"type": f"{prefix}.body", "body": body})
