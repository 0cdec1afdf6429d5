"""Finished results: in memory, then on disk, both bounded in bytes."""

from graph.cache.cache import Cache
from graph.cache.disk import Disk
from graph.cache.memory import Memory
from graph.cache.result import Result

__all__ = ["Cache", "Disk", "Memory", "Result"]
