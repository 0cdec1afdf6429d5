"""The token that clients bring where others than this machine can connect."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from service.access.access import Access
from service.access.refuse import refuse
from service.refusals import Refusal

OPEN = frozenset({"/health"})
"""Paths for everybody: whoever watches over servers has no token."""

QUERY = "token"


class Token:
    """Serves who brings the token: as `Authorization: Bearer`, in the cookie, or once as `?token=`.

    The link with the token in it becomes a cookie at once, and the browser goes on to the address without it, so
    that the token stays out of histories, bookmarks and `Referer`.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._token = app, access.token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._token or scope["type"] not in {"http", "websocket"} or scope["path"] in OPEN:
            await self._app(scope, receive, send)
            return
        headers, given = Headers(scope=scope), _asked(scope)
        if given is not None and scope["type"] == "http" and scope["method"] == "GET":
            await self._exchange(scope, receive, send, given)
        elif any(matches(each, self._token) for each in (bearer(headers), _cookie(scope, headers), given) if each):
            await self._app(scope, receive, send)
        else:
            await self._refuse(scope, receive, send)

    async def _exchange(self, scope: Scope, receive: Receive, send: Send, given: str) -> None:
        if not matches(given, self._token):
            await self._refuse(scope, receive, send)
            return
        rest = [(name, value) for name, value in _query(scope) if name != QUERY]
        # A path that begins with two slashes, or what browsers take for them, would be another host's.
        path = scope.get("raw_path", b"/").decode("ascii", "replace").lstrip("/\\")
        location = f"/{path}?{urlencode(rest)}" if rest else f"/{path}"
        secure = "; Secure" if scope["scheme"] == "https" else ""
        cookie = f"{cookie_name(scope)}={self._token}; HttpOnly; SameSite=Strict; Path=/{secure}"
        headers = [
            (b"location", location.encode()), (b"set-cookie", cookie.encode()),
            (b"cache-control", b"no-store"), (b"content-length", b"0"),
        ]  # fmt: skip
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        remedy = "Open the link that the server printed at its start, or send Authorization: Bearer TOKEN."
        refusal = Refusal(401, "This server asks for its token.", remedy)
        await refuse(scope, receive, send, refusal, ((b"www-authenticate", b"Bearer"),))


def matches(given: str, token: str) -> bool:
    """Whether it is the token; takes as long whatever is wrong with it."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), token.encode())


def bearer(headers: Headers) -> str:
    """The token of an `Authorization` header."""
    scheme, _, given = headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""


def cookie_name(scope: Scope) -> str:
    """With the port: cookies are shared by all servers of a host."""
    server = scope.get("server") or ("", 0)
    return f"heirloom-{server[1]}"


def _cookie(scope: Scope, headers: Headers) -> str:
    return cookie_parser(headers.get("cookie", "")).get(cookie_name(scope), "")


def _asked(scope: Scope) -> str | None:
    return dict(_query(scope)).get(QUERY)


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
