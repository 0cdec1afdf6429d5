"""One file from one place into a `.part` beside its name, going on where an earlier attempt was cut."""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import RawIOBase
from pathlib import Path
from typing import Any

from nodes.models.connection import Connection, Reply

BUSY = {408, 425, 429}
"""Answers that mean: later. So do all from 500 on."""

Heard = Callable[[int, int | None], None]
"""Called with the bytes that are there and those of the whole."""


class DownloadError(Exception):
    """Why this place did not give the file."""

    def __init__(self, reason: str, *, again: bool = False, pause: float | None = None) -> None:
        super().__init__(reason)
        self.again = again
        """Whether the same place may be asked again."""
        self.pause = pause
        """Seconds that the server asks to be left alone."""


class PartError(DownloadError):
    """The part does not fit: it has to go, and the place may be asked again."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, again=True)


class WritingError(Exception):
    """The file cannot be written here."""


@dataclass(frozen=True)
class Part:
    """What has come in so far, and from where."""

    path: Path

    @property
    def note(self) -> Path:
        """Beside it: the place and its validator, without which a part cannot be trusted to belong to the rest."""
        return self.path.with_name(f"{self.path.name}.json")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def validator(self, url: str) -> str:
        """The ETag or date under which this place gave the part; empty if another place did, or none is known."""
        try:
            noted: Any = json.loads(self.note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        fits = isinstance(noted, dict) and noted.get("url") == url
        return str(noted.get("validator", "")) if fits else ""

    def begin(self, url: str, validator: str) -> None:
        """Write down where the next bytes come from."""
        try:
            self.note.write_text(json.dumps({"url": url, "validator": validator}), encoding="utf-8")
        except OSError as error:
            raise WritingError(error.strerror or str(error)) from error

    def remove(self) -> None:
        """Forget everything."""
        for path in (self.path, self.note):
            path.unlink(missing_ok=True)


def download(
    url: str, part: Part, size: int | None, heard: Heard, cancelled: threading.Event, *, checked: bool, silence: float
) -> None:
    """Bring the rest of a file into its part. DownloadError says why it is not whole; what came is kept.

    `size` is that of the whole, where it is known. `checked` says that a sha256 will tell whether the parts belong
    together; without one, only a server that vouches for it by If-Range may go on where another answer ended.
    """
    validator = part.validator(url)
    have = part.size if validator or checked else 0
    if size is not None and have == size:
        return
    headers = {"Range": f"bytes={have}-"} if have else {}
    if have and validator:
        headers["If-Range"] = validator
    try:
        with closing(Connection(url, headers, cancelled, silence)) as connection:
            reply = connection.reply()
            start, whole = _place(reply, have)
            if size is not None and whole not in (None, size):
                raise DownloadError(f"the file there has {whole:,} bytes instead of {size:,}")
            with _opened(part.path, start) as file:
                # Only now: were the program killed before old bytes are gone, they would pass for the new file's.
                part.begin(url, _validator(reply))
                _receive(connection, file, start, whole or size, heard)
    except (OSError, http.client.HTTPException) as error:
        raise _failure(error) from error


def _receive(connection: Connection, file: RawIOBase, start: int, whole: int | None, heard: Heard) -> None:
    """Write the body behind the first `start` bytes."""
    done = start
    heard(done, whole)
    for piece in connection:
        if whole is not None and done + len(piece) > whole:
            raise DownloadError(f"more came than the {whole:,} bytes of the file")
        _write(file, piece)
        done += len(piece)
        heard(done, whole)
    if whole is not None and done < whole:
        raise DownloadError(f"the connection was cut after {done:,} of {whole:,} bytes", again=True)


def _write(file: RawIOBase, piece: bytes) -> None:
    rest = memoryview(piece)
    try:
        while rest:
            # On a disk that is nearly full, a part of it may be written.
            rest = rest[file.write(rest) or 0 :]
    except OSError as error:
        raise WritingError(error.strerror or str(error)) from error


def _opened(path: Path, start: int) -> RawIOBase:
    """The part, open behind its first `start` bytes; unbuffered, so that a full disk is noticed where it happens."""
    try:
        file = path.open("r+b" if start else "wb", buffering=0)
        file.seek(start)
        file.truncate()
    except OSError as error:
        raise WritingError(error.strerror or str(error)) from error
    return file


def _place(reply: Reply, have: int) -> tuple[int, int | None]:
    """Where the body begins in the file, and how long the file is. DownloadError for an answer without either."""
    if reply.status == http.client.PARTIAL_CONTENT and have:
        found = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", reply.headers.get("content-range", "").strip())
        if not found or int(found[1]) != have:
            raise PartError("the server answered with another part than was asked for")
        return have, int(found[2]) if found[2] != "*" else None
    if reply.status == http.client.REQUESTED_RANGE_NOT_SATISFIABLE and have:
        raise PartError("the file there is shorter than what came before")
    if reply.status != http.client.OK:
        phrase = http.client.responses.get(reply.status, "")
        again = reply.status in BUSY or reply.status >= http.client.INTERNAL_SERVER_ERROR
        reason = f"the server answered {reply.status} {phrase}".rstrip()
        raise DownloadError(reason, again=again, pause=_pause(reply.headers))
    if reply.headers.get("content-type", "").startswith("text/html"):
        raise DownloadError("there is a web page instead of the file")
    length = reply.headers.get("content-length", "")
    return 0, int(length) if length.isdecimal() else None


def _validator(reply: Reply) -> str:
    """What If-Range may carry: a strong ETag, or else the date (RFC 9110, section 13.1.5)."""
    etag = reply.headers.get("etag", "")
    return etag if etag and not etag.startswith("W/") else reply.headers.get("last-modified", "")


def _pause(headers: Mapping[str, str]) -> float | None:
    """Retry-After in seconds: a number or a date (RFC 9110, section 10.2.3)."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    with suppress(ValueError):
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    return None


def _failure(error: Exception) -> DownloadError:
    """The system's reason in words, and whether asking again makes sense."""
    if isinstance(error, socket.gaierror):
        return DownloadError("the server's name is not known here: there may be no connection to the internet")
    if isinstance(error, ConnectionRefusedError):
        return DownloadError("the server refuses the connection")
    if isinstance(error, ssl.SSLCertVerificationError):
        return DownloadError(f"the server's certificate is not accepted: {error.verify_message}")
    if isinstance(error, TimeoutError):
        return DownloadError("the server was silent for too long", again=True)
    if isinstance(error, OSError | http.client.IncompleteRead | http.client.RemoteDisconnected):
        return DownloadError("the connection was cut", again=True)
    return DownloadError(f"the server's answer makes no sense: {type(error).__name__}", again=True)
