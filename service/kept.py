"""What was made and may be asked for again: bounded in bytes, and never made twice at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Least recently used first out. Threads that ask for what another one is making wait for it."""

    def __init__(self, limit: int, size: Callable[[T], int]) -> None:
        self._limit, self._size = limit, size
        self._used = 0
        self._things: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._making: dict[Hashable, Future[T]] = {}
        self._lock = threading.Lock()

    def get(self, name: Hashable, make: Callable[[], T]) -> T:
        """The thing of that name, made now if it is not at hand. What `make` raises reaches all who wait."""
        with self._lock:
            if (found := self._things.get(name)) is not None:
                self._things.move_to_end(name)
                return found[0]
            coming = self._making.get(name)
            mine = self._making.setdefault(name, Future())
        if coming:
            return coming.result()
        try:
            made = make()
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            self._put(name, made)
            mine.set_result(made)
            return made
        finally:
            with self._lock:
                del self._making[name]

    def _put(self, name: Hashable, made: T) -> None:
        size = self._size(made)
        with self._lock:
            self._things[name] = made, size
            self._used += size
            while self._used > self._limit:
                _, (_, left) = self._things.popitem(last=False)
                self._used -= left
