"""Results to store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.cache import Cache, Disk, Result
from tests.graph.toys import KINDS, MEGABYTE, Blob

LARGE = 100_000
"""Bytes: too many for the index, so the result lies in a file."""


def key_of(name: object) -> str:
    return hashlib.sha256(str(name).encode()).hexdigest()


def blob_result(size: int, letter: int = 7, seconds: float = 2.0, notes: tuple[str, ...] = ()) -> Result:
    return Result({"blob": Blob(memoryview(bytes([letter]) * size))}, {"blob": "blob"}, seconds, notes)


@pytest.fixture
def disk(cache_folder: Path) -> Iterator[Disk]:
    opened = Disk(cache_folder, 8 * MEGABYTE, KINDS)
    yield opened
    opened.close()


@pytest.fixture
def reopened(cache_folder: Path) -> Iterator[Callable[[], Cache]]:
    """A fresh cache on the same folder each time, as after a restart."""
    caches: list[Cache] = []

    def open_again() -> Cache:
        for cache in caches:
            cache.close()
        caches[:] = [Cache(KINDS, MEGABYTE, Disk(cache_folder, 8 * MEGABYTE, KINDS))]
        return caches[0]

    yield open_again
    for cache in caches:
        cache.close()
