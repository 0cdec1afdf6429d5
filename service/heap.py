"""Keeps the memory of a process that runs for weeks as small as it was on its first day."""

from __future__ import annotations

import ctypes
from contextlib import suppress

M_ARENA_MAX = -8
"""What glibc's mallopt(3) calls the limit on its heaps."""

ARENAS = 1
"""glibc gives threads heaps of their own, up to eight for each processor. Every run brings new threads, which leave
them full of holes: over a thousand small runs that was a tenth more memory. What is large has pages of its own."""


def few_heaps() -> None:
    """To be called before there are threads. Where the C library is another one, it does nothing."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
