"""What a client may keep, and whether what it has is still right (RFC 9110, section 13)."""

from __future__ import annotations

import os

from fastapi import Request

FOR_EVER = "private, max-age=31536000, immutable"
"""Cache-Control of what never changes under its address."""


def tag_of(found: os.stat_result, *made: object) -> str:
    """The tag of a file, or of what is made of it in that way: another one once it is written anew."""
    return '"' + "-".join([f"{found.st_size:x}", f"{found.st_mtime_ns:x}", *(str(part) for part in made)]) + '"'


def is_known(request: Request, etag: str) -> bool:
    """Whether the client has what bears this tag, and is answered 304."""
    asked = request.headers.get("if-none-match", "")
    tags = (tag.strip().removeprefix("W/") for tag in asked.split(","))
    return any(tag in (etag, "*") for tag in tags)
