"""Brings a model file here: from the first place that has it, checked before it gets its name."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import Cancelled, Problem, WorkflowError
from graph.shelf import Told
from nodes.models.catalog import Entry
from nodes.models.connection import SILENCE
from nodes.models.download import DownloadError, Part, PartError, WritingError, download
from nodes.models.lockfile import NAME, record, recorded

OFFLINE = "HEIRLOOM_OFFLINE"
"""Set to anything but 0, this variable of the environment forbids every connection."""

BLOCK = 2**20

STEPS = 200
"""How often a download is told of, at most."""


@dataclass(frozen=True)
class Patience:
    """How long is waited for whom, in seconds."""

    pauses: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)
    """Before each further attempt at one place that brought nothing new."""
    longest: float = 30.0
    """Of what a busy server may ask for."""
    silence: float = SILENCE
    stuck: float = 300.0
    """Without a byte while another process fetches the same file."""


PATIENCE = Patience()


def fetch(entry: Entry, folder: Path, told: Told, cancelled: threading.Event, patience: Patience = PATIENCE) -> Path:
    """The file of an entry, in the folder. WorkflowError naming file, url and command where it cannot be had.

    Several processes may fetch the same file into the same folder: one does, the others wait for it. What a cut or
    cancelled download brought is kept, and the next attempt goes on from there.
    """
    if refused := offline(entry, folder):
        raise refused
    try:
        (folder / entry.file).parent.mkdir(parents=True, exist_ok=True)
        with _alone(entry, folder, told, cancelled, patience):
            target = folder / entry.file
            return target if target.is_file() else _Fetch(entry, folder, told, cancelled, patience).run()
    except OSError as error:
        raise refusal(entry, folder, f"{folder} cannot be used: {error.strerror or error}") from error


def offline(entry: Entry, folder: Path) -> WorkflowError | None:
    """The error for a file that is not there, where every connection is forbidden or nobody else has it."""
    if not entry.urls:
        return WorkflowError([entry.absent])
    if os.environ.get(OFFLINE, "0") in {"", "0"}:
        return None
    return refusal(entry, folder, f"it is not there, and {OFFLINE} forbids to fetch it from {entry.urls[0]}")


def refusal(entry: Entry, folder: Path, reason: str) -> WorkflowError:
    """The error for a file that cannot be had."""
    remedy = f"Fetch it later: python server.py --fetch {entry.name}. Or put the file into {folder} yourself."
    return WorkflowError([Problem(f"{entry.file} cannot be fetched: {reason}.", remedy)])


@contextmanager
def _alone(entry: Entry, folder: Path, told: Told, cancelled: threading.Event, patience: Patience) -> Generator[None]:
    """Only one at a time fetches a file. The system frees the lock of a process that died."""
    target = folder / entry.file
    lock, part = FileLock(target.with_name(f".{target.name}.lock")), Part(target.with_name(f"{target.name}.part"))
    size, since = part.size, time.monotonic()
    while True:
        try:
            lock.acquire(timeout=0.05)
            break
        except Timeout:
            if cancelled.is_set():
                raise Cancelled from None
        if part.size != size:
            size, since = part.size, time.monotonic()
            told(entry.name, size, entry.bytes)
        elif time.monotonic() - since > patience.stuck:
            raise refusal(entry, folder, "another process has begun to fetch it and stands still")
    try:
        yield
    finally:
        lock.release()


class _Fetch:
    """One file's way here, under the lock."""

    def __init__(self, entry: Entry, folder: Path, told: Told, cancelled: threading.Event, patience: Patience) -> None:
        self.entry, self.folder, self.told = entry, folder, told
        self.cancelled, self.patience = cancelled, patience
        self.part = Part(folder / f"{entry.file}.part")
        self.sha256 = entry.sha256 or recorded(folder, entry.file)

    def run(self) -> Path:
        """The file under its name."""
        self._check_room()
        reasons: list[str] = []
        for url in self.entry.urls:
            try:
                return self._keep(self._from(url), url)
            except DownloadError as error:
                reasons.append(f"{url}: {error}")
            except WritingError as error:
                # What a full disk holds of a file is in the way of everything else.
                self.part.remove()
                raise refusal(self.entry, self.folder, f"{self.folder} cannot be written: {error}") from error
        raise refusal(self.entry, self.folder, "; ".join(reasons))

    def _check_room(self) -> None:
        missing = (self.entry.bytes or 0) - self.part.size
        if missing > (free := shutil.disk_usage(self.folder).free):
            reason = f"it takes {missing:,} bytes more, and only {free:,} are free in {self.folder}"
            raise refusal(self.entry, self.folder, reason)

    def _from(self, url: str) -> str:
        """Bring the part to its end from one place; its sha256. DownloadError when asking again makes no sense."""
        pauses, best = iter(self.patience.pauses), self.part.size
        while True:
            begun = self.part.size
            try:
                self._download(url)
                return self._checked(begun)
            except DownloadError as error:
                if isinstance(error, PartError):
                    self.part.remove()
                if not error.again:
                    raise
                if self.part.size > best:
                    pauses, best = iter(self.patience.pauses), self.part.size
                if (pause := next(pauses, None)) is None:
                    raise
                self._wait(max(pause, min(error.pause or 0.0, self.patience.longest)))

    def _download(self, url: str) -> None:
        last = -1

        def heard(done: int, whole: int | None) -> None:
            nonlocal last
            if last < 0 or done == whole or done - last >= (whole or 0) // STEPS:
                last = done
                self.told(self.entry.name, done, whole)

        checked = bool(self.sha256)
        silence = self.patience.silence
        download(url, self.part, self.entry.bytes, heard, self.cancelled, checked=checked, silence=silence)

    def _checked(self, begun: int) -> str:
        """The sha256 of the part. DownloadError if it is another file; parts put together get a second chance."""
        if not self.part.size:
            raise DownloadError("the file there is empty")
        sha256 = self._measured()
        if self.sha256 in {"", sha256}:
            return sha256
        if begun:
            raise PartError("the parts of the file did not fit together")
        self.part.remove()
        known = "the published one" if self.entry.sha256 else f"that of the first download, noted in {NAME}"
        raise DownloadError(f"the file there has the sha256 {sha256}, and {known} is {self.sha256}")

    def _measured(self) -> str:
        digest = hashlib.sha256()
        with self.part.path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                if self.cancelled.is_set():
                    raise Cancelled
        return digest.hexdigest()

    def _keep(self, sha256: str, url: str) -> Path:
        """Give the checked file its name."""
        target = self.folder / self.entry.file
        with self.part.path.open("rb+") as file:
            os.fsync(file.fileno())
        if not self.sha256:
            record(self.folder, self.entry.file, sha256, url)
        self.part.path.replace(target)
        self.part.remove()
        return target

    def _wait(self, pause: float) -> None:
        if self.cancelled.wait(pause):
            raise Cancelled
