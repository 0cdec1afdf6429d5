"""Work done side by side whose results come in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

WORKERS = min(4, os.cpu_count() or 1)
"""NumPy and zlib let go of the interpreter; beyond four, memory is what they wait for."""


def in_order(work: Callable[[A], B], items: Iterable[A], workers: int = WORKERS) -> Iterator[B]:
    """`map` on threads, at most two items ahead per thread, so that memory stays bounded."""
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[B]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) >= 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
