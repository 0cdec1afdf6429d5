"""Whatever is done to the line, it stands as a plain list would, on disk and for those who watch."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from service.watch.messages import RunQueued
from tests.service.runs.house import House

PRIORITIES = st.integers(-2, 2)


class Line(RuleBasedStateMachine):
    """A queue whose thread never starts, beside a list of (priority, id)."""

    runs: Bundle[str] = Bundle("runs")

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.house = House(Path(self.folder.name))
        self.line: list[tuple[int, str]] = []

    @rule(target=runs, priority=PRIORITIES)
    def add(self, priority: int) -> str:
        id = self.house.add(priority=priority)
        self._insert(priority, id)
        return id

    @rule(id=consumes(runs), delete=st.booleans())
    def leave(self, id: str, *, delete: bool) -> None:
        if delete:
            self.house.queue.delete(id)
        else:
            self.house.queue.cancel(id)
        self._take(id)

    @rule(id=runs, priority=PRIORITIES)
    def prioritise(self, id: str, priority: int) -> None:
        self.house.queue.move(id, priority=priority)
        self._take(id)
        self._insert(priority, id)

    @rule(id=runs, position=st.integers(0, 8))
    def move(self, id: str, position: int) -> None:
        self.house.queue.move(id, position=position)
        priority = self._take(id)
        position = min(position, len(self.line))
        if self.line[position:]:
            priority = max(priority, self.line[position][0])
        if self.line[:position]:
            priority = min(priority, self.line[position - 1][0])
        self.line.insert(position, (priority, id))

    @rule()
    def restart(self) -> None:
        self.house.close()
        self.house = House(Path(self.folder.name))
        for record in self.house.store.line():
            self.house.hub.publish(RunQueued(record))

    @rule()
    def interrupt(self) -> None:
        """The first begins and is thrown back."""
        if self.line and (record := self.house.store.claim(1.0)):
            assert record.id == self.line[0][1]
            self.house.store.requeue(record.id)

    @invariant()
    def stands_as_the_list_does(self) -> None:
        ids = [id for _, id in self.line]
        assert self.house.queue.order() == (ids, False)
        assert len(self.house.queue) == len(ids)
        assert [(run.priority, run.id) for run in self.house.hub.snapshot().waiting] == self.line

    def teardown(self) -> None:
        self.house.close()
        self.folder.cleanup()

    def _insert(self, priority: int, id: str) -> None:
        place = sum(other >= priority for other, _ in self.line)
        self.line.insert(place, (priority, id))

    def _take(self, id: str) -> int:
        (entry,) = [entry for entry in self.line if entry[1] == id]
        self.line.remove(entry)
        return entry[0]


TestLine = Line.TestCase
TestLine.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
