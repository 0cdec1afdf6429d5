"""One run, as whoever started it sees it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.cache import Result
from graph.check import Graph
from graph.document import Place
from graph.errors import StepError
from graph.events import Status
from graph.execute import Execution
from graph.fallback import Fallback


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    status: Status
    graph: Graph
    keys: Mapping[str, str]
    results: Mapping[str, Result]
    """Of the targets that were reached."""
    failed: Mapping[str, StepError]
    fallbacks: Sequence[Fallback] = ()
    """The steps that went on without their model files."""

    def value(self, place: Place) -> Any:
        """An output of a target."""
        step, output = self.graph.passed.get(place, place)
        return self.results[step].outputs[output]


class Run:
    """A run under way, in its caller's thread or in one of its own.

    It can be cancelled from any thread at any moment, whether it fetches files or computes.
    """

    def __init__(self, id: str | None = None) -> None:
        self.id = id or uuid.uuid4().hex
        self.cancelled = threading.Event()
        self._execution: Execution | None = None
        self._outcome: Outcome | None = None
        self._error: BaseException | None = None
        self._thread: threading.Thread | None = None

    def start(self, work: Callable[[Run], Outcome]) -> Run:
        """Do it in a thread of its own; what it raises, `wait` raises."""

        def go() -> None:
            try:
                self._outcome = work(self)
            except BaseException as error:  # noqa: BLE001 - whoever waits for the run gets it
                self._error = error

        self._thread = threading.Thread(target=go, name=f"run-{self.id[:8]}")
        self._thread.start()
        return self

    def carry_out(self, execution: Execution) -> Status:
        """Compute. A cancel that came before counts."""
        self._execution = execution
        return execution.carry_out()

    def cancel(self) -> None:
        """Ask the run to stop."""
        self.cancelled.set()
        if self._execution:
            self._execution.cancel()

    def over(self, timeout: float | None = None) -> bool:
        """Whether the run has ended, well or not, after at most `timeout` seconds."""
        if self._thread:
            self._thread.join(timeout)
        return not (self._thread and self._thread.is_alive())

    def wait(self, timeout: float | None = None) -> Outcome | None:
        """The outcome, or None if it has not ended within `timeout` seconds. WorkflowError if a file was not had."""
        self.over(timeout)
        if self._error:
            raise self._error
        return self._outcome
