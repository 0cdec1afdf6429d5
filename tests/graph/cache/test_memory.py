from __future__ import annotations

from graph.cache import Memory
from graph.cache.memory import OVERHEAD
from tests.graph.cache.conftest import blob_result


def memory_of(results: int, size: int = 1000) -> Memory:
    return Memory(results * (size + OVERHEAD))


def test_the_least_recently_used_goes_first() -> None:
    memory = memory_of(2)
    for key in "ab":
        memory.put(key, blob_result(1000), 1000)
    assert memory.get("a")
    memory.put("c", blob_result(1000), 1000)
    assert [key in memory for key in "abc"] == [True, False, True]


def test_what_is_larger_than_memory_is_not_kept_and_drives_nothing_out() -> None:
    memory = memory_of(2)
    memory.put("a", blob_result(1000), 1000)
    memory.put("b", blob_result(5000), 5000)
    assert [key in memory for key in "ab"] == [True, False]


def test_a_result_that_grew_too_large_replaces_its_smaller_self() -> None:
    memory = memory_of(1)
    memory.put("a", blob_result(1000), 1000)
    memory.put("a", blob_result(5000), 5000)
    assert (memory.get("a"), memory.used) == (None, 0)


def test_putting_twice_counts_once() -> None:
    memory = memory_of(2)
    memory.put("a", blob_result(1000), 1000)
    memory.put("a", blob_result(10), 10)
    assert memory.used == 10 + OVERHEAD


def test_dropping_and_clearing() -> None:
    memory = memory_of(2)
    memory.put("a", blob_result(10), 10)
    memory.drop("a")
    memory.drop("never there")
    assert memory.used == 0
    memory.put("a", blob_result(10), 10)
    memory.clear()
    assert ("a" in memory, memory.used) == (False, 0)
