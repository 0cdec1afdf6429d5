"""What a client may keep, and whether what it has is still right (RFC 9110, section 13)."""

from __future__ import annotations

from fastapi import Request

FOR_EVER = "private, max-age=31536000, immutable"
"""Cache-Control of what never changes under its address."""


def is_known(request: Request, etag: str) -> bool:
    """Whether the client has what bears this tag, and is answered 304."""
    asked = request.headers.get("if-none-match", "")
    tags = (tag.strip().removeprefix("W/") for tag in asked.split(","))
    return any(tag in (etag, "*") for tag in tags)
