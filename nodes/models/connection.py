"""One request over HTTP, read in a thread of its own: cancelling never waits for a server that is silent."""

from __future__ import annotations

import http.client
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from graph.errors import Cancelled

PIECE = 256 * 1024
"""Bytes read at once."""

POLL = 0.05
"""Seconds between looks at the cancel flag."""

SILENCE = 30.0
"""Seconds without a byte after which a server counts as gone."""

AGENT = "heirloom/0.1 (+model files)"


class Reply(NamedTuple):
    """The head of an answer."""

    status: int
    headers: Mapping[str, str]
    """Names in small letters."""


class Connection:
    """The answer to one GET. First ask for `reply()`, then iterate over the body in pieces.

    OSError and http.client.HTTPException say that the connection failed; an answer of any status is an answer.
    A body that ends early simply ends: whoever reads it counts.
    """

    def __init__(
        self, url: str, headers: Mapping[str, str], cancelled: threading.Event, silence: float = SILENCE
    ) -> None:
        # urllib undoes no compression, and a compressed body has another length: it is asked for as it is.
        sent = {"User-Agent": AGENT, "Accept-Encoding": "identity", **headers}
        self._request = urllib.request.Request(url, headers=sent)  # noqa: S310 - the catalogue's check lets http and https pass only
        self._cancelled, self._silence = cancelled, silence
        self._closed = threading.Event()
        # Few pieces wait, so that a slow disk slows the download and not the memory down.
        self._pieces: queue.Queue[Reply | bytes | BaseException | None] = queue.Queue(maxsize=4)
        threading.Thread(target=self._read, name="download", daemon=True).start()

    def reply(self) -> Reply:
        """The head of the answer, waited for."""
        head = self._next()
        assert isinstance(head, Reply)  # noqa: S101 - it is what the thread gives first
        return head

    def __iter__(self) -> Iterator[bytes]:
        while isinstance(piece := self._next(), bytes):
            yield piece

    def close(self) -> None:
        """Let the thread end; what it still reads is thrown away."""
        self._closed.set()

    def _next(self) -> Reply | bytes | None:
        while True:
            if self._cancelled.is_set():
                raise Cancelled
            with suppress(queue.Empty):
                piece = self._pieces.get(timeout=POLL)
                if isinstance(piece, BaseException):
                    raise piece
                return piece

    def _read(self) -> None:
        try:
            with _opened(self._request, self._silence) as answer:
                headers = {name.lower(): value for name, value in answer.headers.items()}
                self._give(Reply(answer.status, headers))
                while not self._closed.is_set() and (piece := answer.read(PIECE)):
                    self._give(piece)
            self._give(None)
        except Exception as error:  # noqa: BLE001 - whoever reads gets it
            self._give(_cause(error))

    def _give(self, piece: Reply | bytes | BaseException | None) -> None:
        while not self._closed.is_set():
            with suppress(queue.Full):
                self._pieces.put(piece, timeout=POLL)
                return


def _opened(request: urllib.request.Request, silence: float) -> http.client.HTTPResponse:
    """An answer whatever its status; redirects are followed."""
    try:
        return urllib.request.urlopen(request, timeout=silence)  # noqa: S310 - see above
    except urllib.error.HTTPError as error:
        return error  # pyright: ignore[reportReturnType] - it has status, headers, read and close, too


def _cause(error: Exception) -> BaseException:
    """What urllib wraps, a refused connection or a name nobody knows; an address it cannot make sense of, likewise."""
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(inner, OSError) or not isinstance(inner, str | ValueError):
        return inner
    return OSError(str(inner))
