"""A file on its way in: what has come of it lies in a folder of its own, which nobody takes for a finished one."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from filelock import FileLock, Timeout

from service.limits import MIB
from service.refusals import Refusal

MARK = ".incoming-"
"""How the folders of unfinished files begin."""


class Incoming:
    """Takes bytes, counts and hashes them, and gives the whole its place in one step.

    A lock beside the folder is held while it fills. The system frees it when the process ends, however it ends, and
    `sweep` then knows that nobody will finish the file.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self._name = f"{MARK}{uuid4().hex}"
        self._lock = FileLock(folder / f"{self._name}.lock", thread_local=False)
        self._hash = hashlib.sha256()
        self._limit = limit
        self.size = 0
        self.folder = folder / self._name
        self.path = self.folder / "file"
        with _room():
            self._lock.acquire()
            self.folder.mkdir()
            self._file = self.path.open("xb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.discard()

    def discard(self) -> None:
        """Whatever was not settled goes."""
        with contextlib.suppress(OSError):  # what a full disk did not take is not wanted either
            self._file.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()
        Path(self._lock.lock_file).unlink(missing_ok=True)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, data: bytes) -> None:
        """Add to the file. Refusal beyond the limit, or on a full disk."""
        self.size += len(data)
        if self.size > self._limit:
            remedy = f"At most {self._limit // MIB:,} MiB are taken."
            raise Refusal(413, "The file is too large.", remedy)
        self._hash.update(data)
        with _room():
            self._file.write(data)

    def close(self) -> None:
        """All is there: see that it is on the disk before anybody relies on it."""
        with _room():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def call(self, name: str) -> None:
        """Rename the file within its folder."""
        self.path = self.path.replace(self.folder / name)

    def settle(self, place: Path, is_whole: Callable[[], bool]) -> bool:
        """Make the folder `place`; False where one stands already that `is_whole`, which then stays."""
        for _ in range(3):
            if not place.exists():
                with contextlib.suppress(OSError):  # another upload of the same file was faster
                    self.folder.rename(place)
                    return True
            elif is_whole():
                return False
            else:
                discard(place)
        raise Refusal(507, "The file cannot be stored.", "Try again.")


@contextlib.contextmanager
def _room() -> Generator[None]:
    try:
        yield
    except OSError as error:
        remedy = "See whether the disk is full or protected."
        raise Refusal(507, "The file cannot be stored.", remedy) from error


def discard(place: Path) -> None:
    """Delete a folder so that it is there or gone, never half there."""
    gone = place.with_name(f"{MARK}{uuid4().hex}")
    try:
        place.rename(gone)
    except FileNotFoundError:
        return
    except OSError as error:  # Windows keeps what somebody reads
        raise Refusal(409, "The file is in use.", "Try again in a moment.") from error
    shutil.rmtree(gone, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Delete what killed processes left."""
    for lock in folder.glob(f"{MARK}*.lock"):
        with contextlib.suppress(Timeout, OSError), FileLock(lock, timeout=0):
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)
    for left in folder.glob(f"{MARK}*"):
        if not left.suffix and not left.with_suffix(".lock").exists():
            shutil.rmtree(left, ignore_errors=True)
