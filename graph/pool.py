"""Lends loaded models: each is loaded once, pinned while lent, evicted by size; each device has one lane."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from graph.errors import Cancelled

POLL = 0.05
"""Seconds between looks at the cancel flag while waiting for a lane."""


class Loadable(Protocol):
    """What can be borrowed: a model file together with the way it is loaded."""

    @property
    def key(self) -> str:
        """What makes two loaded models the same: file, precision, device."""
        ...

    @property
    def lane(self) -> str:
        """The device it computes on. One borrower at a time works on a lane."""
        ...

    def load(self) -> tuple[Any, int]:
        """The loaded model and the bytes it holds."""
        ...


@dataclass
class _Loaded:
    model: Any
    size: int
    lent: int = 0


class Pool:
    """Loaded models, least recently used first out once they hold more than `limit` bytes together."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._loaded: OrderedDict[str, _Loaded] = OrderedDict()
        self._lock = threading.Lock()
        # Re-entrant, so that a node may borrow a second model of the same device inside the first block.
        self._lanes: dict[str, threading.RLock] = {}

    @property
    def used(self) -> int:
        """Bytes that loaded models hold."""
        with self._lock:
            return sum(held.size for held in self._loaded.values())

    @contextmanager
    def borrow(self, spec: Loadable, cancelled: threading.Event) -> Generator[Any]:
        """Lend the model, alone on its lane, for the length of the block. Cancelled while waiting stops the wait."""
        with self._lock:
            lane = self._lanes.setdefault(spec.lane, threading.RLock())
        while not lane.acquire(timeout=POLL):
            if cancelled.is_set():
                raise Cancelled
        try:
            held = self._take(spec)
            try:
                yield held.model
            finally:
                with self._lock:
                    held.lent -= 1
                    self._evict()
        finally:
            lane.release()

    def _take(self, spec: Loadable) -> _Loaded:
        with self._lock:
            if held := self._loaded.get(spec.key):
                self._loaded.move_to_end(spec.key)
                held.lent += 1
                return held
        model, size = spec.load()
        with self._lock:
            held = self._loaded.setdefault(spec.key, _Loaded(model, size))
            held.lent += 1
            self._evict()
            return held

    def _evict(self) -> None:
        over = sum(held.size for held in self._loaded.values()) - self.limit
        for key in [key for key, held in self._loaded.items() if not held.lent]:
            if over <= 0:
                return
            over -= self._loaded.pop(key).size
