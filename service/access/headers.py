"""What browsers are told about every answer."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' blob: data:",
        "connect-src 'self' blob:",  # a photo that was just dropped is looked at before it is uploaded
        "style-src 'self' 'unsafe-inline'",  # toasts and dialogs bring their styles with them
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
"""Content-Security-Policy of pages and their scripts: nothing from elsewhere, no script that stands in the page."""

REST = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Of everything else: whatever a file turns out to be, opened by itself it can do nothing."""

SAME_FOR_ALL = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}

STARTS = frozenset({"http.response.start", "websocket.http.response.start"})


class SafeHeaders:
    """Adds the headers that keep answers from being embedded, guessed at or run."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] in STARTS:
                headers = MutableHeaders(scope=message)
                for name, value in SAME_FOR_ALL.items():
                    headers[name] = value
                # A 304 has no type of its own, and its headers replace those of the answer that the browser has kept.
                if message.get("status") != HTTPStatus.NOT_MODIFIED:
                    headers.setdefault("content-security-policy", policy(headers.get("content-type", "")))
            await send(message)

        await self._app(scope, receive, with_headers)


def policy(content_type: str) -> str:
    """The policy for a type of content. A worker has that of its script."""
    kind = content_type.partition(";")[0].strip().lower()
    return PAGE if kind in {"text/html", "text/javascript", "application/javascript"} else REST
