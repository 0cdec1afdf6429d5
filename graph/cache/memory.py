"""The results at hand: least recently used first out, bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict

from graph.cache.result import Result

OVERHEAD = 1024
"""Bytes counted for a result beside its values: tuples, names, notes."""


class Memory:
    """Results by key. The bound counts what the values hold in memory; a result larger than it is not kept."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0
        self._results: OrderedDict[str, tuple[Result, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, key: str) -> bool:
        return key in self._results

    def get(self, key: str) -> Result | None:
        """The result, now the most recently used."""
        with self._lock:
            found = self._results.get(key)
            if found is None:
                return None
            self._results.move_to_end(key)
            return found[0]

    def put(self, key: str, result: Result, size: int) -> None:
        """Keep a result whose values hold `size` bytes."""
        cost = size + OVERHEAD
        with self._lock:
            self._drop(key)
            if cost > self.limit:
                return
            self._results[key] = result, cost
            self.used += cost
            while self.used > self.limit:
                self._drop(next(iter(self._results)))

    def drop(self, key: str) -> None:
        """Forget one result."""
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._results.clear()
            self.used = 0

    def _drop(self, key: str) -> None:
        if found := self._results.pop(key, None):
            self.used -= found[1]
