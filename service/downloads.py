"""Model files on their way here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from graph.errors import Cancelled, Problem, WorkflowError, nearest
from graph.shelf import Missing, Stock
from service.limits import Limits
from service.pathless import without_paths
from service.refusals import Refusal
from service.watch.hub import Hub
from service.watch.messages import DownloadChanged

log = logging.getLogger("heirloom.service")

State = Literal["waiting", "running", "done", "failed", "cancelled"]

ENDED: tuple[State, ...] = ("done", "failed", "cancelled")

POLL = 0.05
"""Seconds between looks at the cancel flag while others are ahead."""


@dataclass(frozen=True)
class Download:
    """A model that was asked for, with the files it needs."""

    name: str
    """As the catalogue calls it."""
    state: State
    done: int = 0
    """Bytes that are there."""
    total: int | None = None
    """Bytes of all its files, where that is known."""
    problems: tuple[Problem, ...] = ()
    """Why it failed."""


class _Work:
    """A download under way: its thread, and how far each of its files is."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        self.cancelled = threading.Event()
        self.thread = threading.Thread()
        self._files: dict[str, tuple[int, int | None]] = {file.name: (0, file.bytes) for file in missing}

    def heard(self, file: str, done: int, total: int | None) -> None:
        self._files[file] = done, total

    def done(self) -> int:
        return sum(done for done, _ in self._files.values())

    def total(self) -> int | None:
        """None as long as the size of one file is not known."""
        sizes = [total for _, total in self._files.values() if total is not None]
        return sum(sizes) if len(sizes) == len(self._files) else None


class Downloads:
    """Fetches models in threads, a few at once; who comes later waits.

    Responsibilities:
    - start, cancel, start again after a failure: what came before is kept and only the rest is fetched
    - tell the hub of every change
    """

    def __init__(self, stock: Stock, hub: Hub, limits: Limits) -> None:
        self._stock, self._hub = stock, hub
        self._turns = threading.Semaphore(limits.downloads)
        self._lock = threading.Lock()
        self._downloads: dict[str, Download] = {}
        self._working: dict[str, _Work] = {}
        self._closed = False

    def start(self, name: str) -> Download:
        """Fetch a model and what it needs, unless it is there or on its way already.

        Refusal with 404 for one that does not exist, with 409 where it may not be fetched.
        """
        if name not in self._stock.catalog:
            raise Refusal(404, f"There is no model {name[:100]!r}.", nearest(name[:100], self._stock.catalog))
        missing = self._stock.missing(name)
        if forbidden := self._stock.forbidden(name):
            raise Refusal(409, "The model cannot be fetched.", problems=map(without_paths, forbidden))
        with self._lock:
            if self._closed:
                raise Refusal(503, "The server is about to end.", "Ask again when it has started.")
            if name in self._working:
                return self._downloads[name]
            # An ended one goes to the end of the list when it is started again.
            self._downloads.pop(name, None)
            if not missing:
                return self._note(Download(name, "done"))
            return self._begin(name, _Work(missing))

    def list(self) -> Sequence[Download]:
        """Every model that was asked for since the server started, in that order."""
        with self._lock:
            return tuple(self._downloads.values())

    def cancel(self, name: str) -> Download:
        """Stop a download and wait until it has stopped; one that has ended stays as it is. Refusal for others."""
        with self._lock:
            work, known = self._working.get(name), name in self._downloads
        if not known:
            raise Refusal(404, f"No download of {name[:100]!r} was started.", "GET /api/downloads lists them.")
        if work:
            work.cancelled.set()
            work.thread.join()
        with self._lock:
            return self._downloads[name]

    def close(self) -> None:
        """Cancel everything and wait until it has stopped. What has come in is kept for the next attempt."""
        with self._lock:
            self._closed = True
            working = tuple(self._working.values())
        for work in working:
            work.cancelled.set()
        for work in working:
            work.thread.join()

    def _begin(self, name: str, work: _Work) -> Download:
        self._working[name] = work
        begun = self._note(Download(name, "waiting", 0, work.total()))
        work.thread = threading.Thread(target=self._carry_out, args=(name, work), name=f"download-{name}", daemon=True)
        work.thread.start()
        return begun

    def _carry_out(self, name: str, work: _Work) -> None:
        """In the download's thread."""
        try:
            self._fetch(name, work)
            self._change(name, state="done", done=work.done(), total=work.done())
        except Cancelled:
            self._change(name, state="cancelled")
        except WorkflowError as error:
            self._change(name, state="failed", problems=tuple(map(without_paths, error.problems)))
        except Exception:
            log.exception("The download of %s failed", name)
            problem = Problem(f"The download of {name} failed unexpectedly.", "Start it again; the log says more.")
            self._change(name, state="failed", problems=(problem,))

    def _fetch(self, name: str, work: _Work) -> None:
        def told(file: str, done: int, total: int | None) -> None:
            work.heard(file, done, total)
            self._change(name, state="running", done=work.done(), total=work.total())

        while not self._turns.acquire(timeout=POLL):
            if work.cancelled.is_set():
                raise Cancelled
        try:
            self._stock.fetch(name, told, work.cancelled)
        finally:
            self._turns.release()

    def _change(self, name: str, **fields: Any) -> None:
        with self._lock:
            changed = replace(self._downloads[name], **fields)
            if changed.state in ENDED:
                del self._working[name]
            self._note(changed)

    def _note(self, download: Download) -> Download:
        """Called under the lock, so that everybody hears of the changes in one order."""
        self._downloads[download.name] = download
        message = " ".join(f"{each.message} {each.remedy}".rstrip() for each in download.problems)
        self._hub.publish(DownloadChanged(download.name, download.done, download.total, download.state, message))
        return download
