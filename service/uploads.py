"""Bodies of requests as they come in, never whole in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from service.limits import MIB
from service.refusals import Refusal

BLOCK = MIB
"""Bytes handed on at a time."""

FIELD = b"file"
"""The field of a form that holds the upload."""

AROUND = MIB
"""Bytes that a form may have around its file."""


async def pour(request: Request, write: Callable[[bytes], None]) -> str:
    """Give `write` the request's file, from a form or as the body itself; returns the name that a form gives it.

    Refusal for a form that is broken or has not exactly one file, and where the client leaves in the middle.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    form = Form(options.get(b"boundary", b"")) if kind == b"multipart/form-data" else None
    waiting = bytearray()
    async for chunk in chunks(request):
        waiting += form.feed(chunk) if form else chunk
        if len(waiting) >= BLOCK:
            await run_in_threadpool(write, bytes(waiting))
            waiting.clear()
    await run_in_threadpool(write, bytes(waiting))
    return form.end() if form else ""


async def whole(request: Request) -> bytes:
    """A body that the server's limits keep small."""
    return b"".join([chunk async for chunk in chunks(request)])


async def chunks(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes. Refusal where the client leaves."""
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect as error:
        raise Refusal(400, "The upload broke off.", "Send it again.") from error


class Form:
    """A multipart form (RFC 7578) with one file in it, whose bytes come out as they come in."""

    def __init__(self, boundary: bytes) -> None:
        if not boundary:
            raise _broken()
        called: dict[str, Any] = {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header,
            "on_headers_finished": self._headers,
            "on_part_data": self._data,
            "on_end": self._end,
        }
        try:
            self._parser = MultipartParser(boundary, called)  # pyright: ignore[reportArgumentType]  # a TypedDict of all
        except FormParserError as error:
            raise _broken() from error
        self._out = bytearray()
        self._names: list[str] = []
        self._around = 0
        self._is_whole = False
        self._begin()

    def feed(self, chunk: bytes) -> bytes:
        """What this piece of the form holds of the file."""
        self._out.clear()
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise _broken() from error
        self._around += len(chunk) - len(self._out)
        if self._around > AROUND:
            raise Refusal(413, "The form holds too much beside its file.", 'Send one field, "file".')
        return bytes(self._out)

    def end(self) -> str:
        """The file's name. Refusal where the form broke off or had no file."""
        if not self._is_whole:
            raise _broken()
        if len(self._names) != 1:
            raise Refusal(422, "The form holds no file, or more than one.", 'Send one, in the field "file".')
        return self._names[0]

    def _begin(self) -> None:
        self._header_key, self._header_text = b"", b""
        self._disposition = b""
        self._is_file = False

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header_key += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_text += data[start:end]

    def _header(self) -> None:
        if self._header_key.lower() == b"content-disposition":
            self._disposition = self._header_text
        self._header_key, self._header_text = b"", b""

    def _headers(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._is_file = options.get(b"name") == FIELD
        if self._is_file:
            self._names.append(options.get(b"filename", b"").decode(errors="replace"))

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file and len(self._names) == 1:
            self._out += data[start:end]

    def _end(self) -> None:
        self._is_whole = True


def _broken() -> Refusal:
    return Refusal(400, "The form cannot be read.", "Send multipart/form-data, or the photo's bytes as they are.")
