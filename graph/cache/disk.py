"""Results on disk: raw buffers in files, small ones inside the index. No pickle, no half-written file."""

from __future__ import annotations

import contextlib
import mmap
import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph.cache.index import Entry, Index
from graph.cache.result import Result, WrittenFile
from graph.errors import CacheError
from graph.kinds import Kinds

SMALL = 64 * 1024
"""Bytes up to which a result lies in the index itself: thousands of tiny files would be slower than one."""

CHUNK = 8 * 2**20
"""Bytes written at a time."""

STALE = 60.0
"""Seconds after which a temporary file of a process that is no more is swept."""


class Disk:
    """A bounded store in a folder that several processes may share.

    A row of the index is the truth: files are renamed into place before it is written and removed after it is gone,
    so a reader sees a whole result or none.
    """

    def __init__(self, folder: Path, limit: int, kinds: Kinds) -> None:
        self.folder, self.limit, self.kinds = folder, limit, kinds
        self.objects, self.scratch = folder / "objects", folder / "scratch"
        for made in (self.objects, self.scratch):
            made.mkdir(parents=True, exist_ok=True)
        self.index = Index(folder / "index.sqlite")
        self._sweep()

    def get(self, key: str) -> Result | None:
        """A stored result, its arrays mapped from their files. CacheError if it is damaged; it is then forgotten."""
        try:
            entry = self.index.get(key)
            return self._decode(entry) if entry else None
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.remove([key])
            raise CacheError(f"The cached result {key[:12]} is damaged: {error}.") from error

    def put(self, key: str, result: Result) -> bool:
        """Store a result; False if it is larger than the store.

        OSError or sqlite3.Error when the disk is full; nothing is then left behind.
        """
        outputs: dict[str, Any] = {}
        parts: list[tuple[memoryview, Path | None]] = []
        for name, value in result.outputs.items():
            codec = self.kinds[result.kinds[name]].codec
            meta, buffers = codec.encode(value)
            outputs[name] = {"kind": result.kinds[name], "meta": meta, "sizes": [view.nbytes for view in buffers]}
            parts += [(view, codec.backing(value) if len(buffers) == 1 else None) for view in buffers]
        size = sum(view.nbytes for view, _ in parts)
        files = [[f.path, f.size, f.modified, f.sha256] for f in result.files]
        meta = {"outputs": outputs, "seconds": result.seconds, "notes": result.notes, "files": files}
        cost = size + len(str(meta))
        if cost > self.limit:
            return False
        self._make_room(cost)
        blob = b"".join(view.cast("B") for view, _ in parts) if size <= SMALL else None
        if blob is None:
            self._write(key, parts)
        try:
            self.index.put(Entry(key, meta, blob, cost))
        except sqlite3.Error:
            self._unlink(key)
            raise
        # What stood under the key before may have had more files.
        self._unlink(key, keep=0 if blob is not None else len(parts))
        return True

    def remove(self, keys: Sequence[str]) -> None:
        """Forget results and delete their files."""
        self.index.remove(keys)
        for key in keys:
            self._unlink(key)

    def clear(self) -> None:
        """Delete everything."""
        for key in self.index.clear():
            self._unlink(key)

    def close(self) -> None:
        self.index.close()

    def _path(self, key: str, number: int) -> Path:
        return self.objects / key[:2] / f"{key}-{number}"

    def _write(self, key: str, parts: Sequence[tuple[memoryview, Path | None]]) -> None:
        self._path(key, 0).parent.mkdir(exist_ok=True)
        try:
            for number, (view, backing) in enumerate(parts):
                path = self._path(key, number)
                if not (backing and _linked(backing, path)):
                    _write_whole(path, view)
        except OSError:
            self._unlink(key)
            raise

    def _decode(self, entry: Entry) -> Result:
        outputs: dict[str, Any] = {}
        kinds: dict[str, str] = {}
        blob, number = memoryview(entry.blob or b""), 0
        for name, stored in entry.meta["outputs"].items():
            buffers: list[memoryview] = []
            for size in stored["sizes"]:
                if entry.blob is None:
                    buffers.append(_map(self._path(entry.key, number), size))
                else:
                    buffers.append(blob[:size])
                    blob = blob[size:]
                if buffers[-1].nbytes != size:
                    raise ValueError("fewer bytes are stored than its row says")
                number += 1
            kinds[name] = stored["kind"]
            outputs[name] = self.kinds[stored["kind"]].codec.decode(stored["meta"], buffers)
        files = tuple(WrittenFile(*written) for written in entry.meta["files"])
        return Result(outputs, kinds, entry.meta["seconds"], tuple(entry.meta["notes"]), files)

    def _make_room(self, size: int) -> None:
        over = self.index.used() + size - self.limit
        while over > 0 and (oldest := self.index.oldest()):
            leaving: list[str] = []
            for key, stored in oldest:
                if over <= 0:
                    break
                leaving.append(key)
                over -= stored
            self.remove(leaving)

    def _unlink(self, key: str, keep: int = 0) -> None:
        """Delete a result's files, but for the first few."""
        for path in self._path(key, 0).parent.glob(f"{key}-*"):
            if int(path.name.rpartition("-")[2]) >= keep:
                # Windows keeps a mapped file until its last reader is gone; the next start sweeps it.
                with contextlib.suppress(OSError):
                    path.unlink()

    def _sweep(self) -> None:
        """Delete what killed processes left: temporary files, scratch arrays, arrays that no row knows."""
        now = time.time()
        for path in [*self.objects.glob("*/*.part"), *self.scratch.iterdir()]:
            with contextlib.suppress(OSError, ValueError):
                if now - path.stat().st_mtime > STALE and not _alive(int(path.name.split("-")[0])):
                    path.unlink()
        files = [path for path in self.objects.glob("*/*-*") if path.suffix != ".part"]
        known = self.index.known({path.name.partition("-")[0] for path in files})
        for path in files:
            with contextlib.suppress(OSError):
                if path.name.partition("-")[0] not in known and now - path.stat().st_mtime > STALE:
                    path.unlink()


def _linked(source: Path, path: Path) -> bool:
    """Give an array that already lies in a file its name in the store, without copying it."""
    try:
        path.unlink(missing_ok=True)
        os.link(source, path)
    except OSError:
        return False
    return True


def _write_whole(path: Path, view: memoryview) -> None:
    part = path.with_name(f"{os.getpid()}-{path.name}.part")
    data = view.cast("B")
    try:
        with part.open("wb", buffering=0) as file:
            for start in range(0, data.nbytes, CHUNK):
                _write_all(file, data[start : start + CHUNK])
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _write_all(file: Any, data: memoryview) -> None:
    while data.nbytes:
        data = data[file.write(data) :]


def _map(path: Path, size: int) -> memoryview:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size != size:
            raise ValueError(f"{path.name} has another size than its row says")
        return memoryview(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)) if size else memoryview(b"")


def _alive(pid: int) -> bool:
    if os.name == "nt":
        # There, signal 0 would stop the process: age alone decides.
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
