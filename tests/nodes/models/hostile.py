"""A real HTTP server that behaves as badly as it is told to."""

from __future__ import annotations

import re
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Manner:
    """How one path answers. The defaults are those of a good server."""

    body: bytes = b""
    etag: str = '"one"'
    ranges: bool = True
    """Whether it knows Range."""
    cuts: list[int] = field(default_factory=list)
    """After how many bytes of the body the connection is cut, answer by answer."""
    statuses: list[int] = field(default_factory=list)
    """What it answers instead of the file, answer by answer."""
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    """The Content-Length it claims; 0 for none at all."""
    shift: int = 0
    """By how many bytes its parts begin elsewhere than it was asked."""
    gate: threading.Event | None = None
    """It stands still in the middle of the body until this is set."""


@dataclass
class Hostile:
    """The server, and what it was asked."""

    address: str
    manners: dict[str, Manner] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def serve(self, path: str, manner: Manner) -> str:
        """Answer so at this path; its url."""
        self.manners[path] = manner
        return f"{self.address}{path}"

    @property
    def ranges(self) -> list[str]:
        """The Range of every request, empty where there was none."""
        return [headers.get("range", "") for _, headers in self.asked]


@contextmanager
def hostile_server() -> Generator[Hostile]:
    """A server on a free port of this machine, for the length of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    hostile = Hostile(f"http://127.0.0.1:{server.server_address[1]}")
    server.hostile = hostile  # pyright: ignore[reportAttributeAccessIssue] - how a handler reaches what it serves
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hostile
    finally:
        for manner in hostile.manners.values():
            if manner.gate:
                manner.gate.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        hostile: Hostile = self.server.hostile  # pyright: ignore[reportAttributeAccessIssue] - see above
        hostile.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        manner = hostile.manners.get(self.path, Manner(statuses=[404]))
        with suppress(BrokenPipeError, ConnectionResetError):
            self._answer(manner)
        self.close_connection = True

    def _answer(self, manner: Manner) -> None:
        if manner.statuses:
            self._head(manner.statuses.pop(0), manner.headers)
            return
        start = self._start(manner)
        if start > len(manner.body):
            self._head(416, {"Content-Range": f"bytes */{len(manner.body)}"})
            return
        headers = {"ETag": manner.etag, **manner.headers} if manner.etag else dict(manner.headers)
        if start:
            at = start + manner.shift
            headers["Content-Range"] = f"bytes {at}-{len(manner.body) - 1}/{len(manner.body)}"
        length = len(manner.body) - start if manner.length is None else manner.length
        if length:
            headers["Content-Length"] = str(length)
        self._head(206 if start else 200, headers)
        self._body(manner, manner.body[start:])

    def _start(self, manner: Manner) -> int:
        """Where the asked part begins; 0 for the whole file, as when the file is another one than If-Range says."""
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if not found or not manner.ranges or self.headers.get("If-Range", manner.etag) != manner.etag:
            return 0
        return int(found[1])

    def _body(self, manner: Manner, body: bytes) -> None:
        if manner.cuts:
            self.wfile.write(body[: manner.cuts.pop(0)])
        elif manner.gate:
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            manner.gate.wait()
            self.wfile.write(body[len(body) // 2 :])
        else:
            self.wfile.write(body)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """A test's output is its own."""
