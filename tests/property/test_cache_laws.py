"""Bounds in bytes that hold whatever is put, asked for, removed, and across restarts."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from graph.cache import Cache, Disk
from tests.graph.cache.conftest import blob_result, key_of
from tests.graph.toys import KINDS

MEMORY = 150_000
DISK = 400_000

NAMES = st.integers(0, 9)
SIZES = st.sampled_from([0, 1, 1000, 60_000, 70_000, 140_000, 200_000, 500_000])


class CacheMachine(RuleBasedStateMachine):
    """A cache beside a model of what it may hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.put_last: dict[int, tuple[int, int]] = {}
        self.letter = 0
        self.open()

    def open(self) -> None:
        self.cache = Cache(KINDS, MEMORY, Disk(self.folder, DISK, KINDS))

    @rule(name=NAMES, size=SIZES, seconds=st.sampled_from([0.0, 5.0]))
    def put(self, name: int, size: int, seconds: float) -> None:
        self.letter = (self.letter + 1) % 256
        stored = self.cache.put(key_of(name), blob_result(size, self.letter, seconds))
        assert stored == (seconds > 1 and size < DISK)
        if stored or size < MEMORY - 2000:
            self.put_last[name] = size, self.letter

    @rule(name=NAMES)
    def get(self, name: int) -> None:
        if found := self.cache.get(key_of(name)):
            data = bytes(found.outputs["blob"].data)
            assert len(set(data)) <= 1, "never half of one and half of another"
            assert name in self.put_last

    @rule(name=NAMES, size=SIZES)
    def what_was_just_stored_is_there(self, name: int, size: int) -> None:
        self.put(name, size, 5.0)
        if size < DISK:
            found = self.cache.get(key_of(name))
            assert found
            assert bytes(found.outputs["blob"].data) == bytes([self.letter]) * size

    @rule()
    def restart(self) -> None:
        self.cache.close()
        self.open()
        assert self.cache.memory.used == 0

    @rule()
    def clear(self) -> None:
        self.cache.clear()
        self.put_last.clear()
        assert not self.cache.known(key_of(name) for name in range(10))

    @invariant()
    def bounded(self) -> None:
        assert self.cache.memory.used <= MEMORY
        disk = self.cache.disk
        assert disk
        assert disk.index.used() <= DISK
        files = [path for path in disk.objects.rglob("*") if path.is_file()]
        assert sum(path.stat().st_size for path in files) <= DISK
        keys = {path.name.partition("-")[0] for path in files}
        assert keys <= disk.index.known(keys), "no file without its row"

    def teardown(self) -> None:
        self.cache.close()
        shutil.rmtree(self.folder)


CacheMachine.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
test_bounds = CacheMachine.TestCase
