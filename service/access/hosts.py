"""Which host a request names, and which page sent it: against DNS rebinding and cross-site requests."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.access.access import Access
from service.access.refuse import refuse
from service.refusals import Refusal

READING = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

OWN_SITES = frozenset({"same-origin", "none"})
"""What `Sec-Fetch-Site` says of this server's own page, and of an address that a person typed or a bookmark has."""


class Hosts:
    """Refuses requests that name a foreign host, and those that change things on behalf of a foreign page.

    Programs send neither `Origin` nor `Sec-Fetch-Site`, and are served.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._host(headers)
        if not refusal and (scope["type"] == "websocket" or scope["method"] not in READING):
            refusal = _origin(headers)
        if refusal:
            await refuse(scope, receive, send, refusal)
        else:
            await self._app(scope, receive, send)

    def _host(self, headers: Headers) -> Refusal | None:
        name = host_name(headers.get("host", ""))
        if name and self._access.knows(name):
            return None
        remedy = "Use the address that the server printed, or start it with --allow-host NAME."
        return Refusal(421, "This server is not known by the host name that was asked for.", remedy)


def _origin(headers: Headers) -> Refusal | None:
    origin = headers.get("origin")
    if origin is not None:
        own = authority(origin) == headers.get("host", "").lower()
    else:
        own = headers.get("sec-fetch-site", "none") in OWN_SITES
    if own:
        return None
    return Refusal(403, "Another site's page sent this request.", "Open this server's own page.")


def authority(origin: str) -> str | None:
    """Host and port of an origin as a `Host` header has them; None where it is no page's, such as `null`."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    return parts.netloc.lower() if parts.scheme in {"http", "https"} else None


def host_name(host: str) -> str:
    """The name in a `Host` header, without port and brackets; empty where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises for what is no port
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.netloc == host and "@" not in host else ""
