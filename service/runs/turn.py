"""One run from its turn to its end."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from graph.errors import Problem, StepError, WorkflowError
from graph.events import Event
from graph.run import Outcome, Run
from graph.session import Order, Session
from service.pathless import without_paths
from service.refusals import problems_json
from service.runs.hearing import Hearing
from service.runs.record import RunRecord, State, StepRecord
from service.runs.results import Results

log = logging.getLogger("heirloom")

BATCH = 0.5
"""Seconds between two times that a run's steps are written down; until then its events only fill memory."""

SHARE = 0.02
"""Of the time: what writing them down may take in a run of many thousand steps."""

Note = Callable[[Sequence[StepRecord], str | None], None]
"""Writes down what is known of the steps, and the name that the result is about to get."""


class End(NamedTuple):
    """How a run ended."""

    state: State
    result: str | None = None
    problems: Sequence[Mapping[str, Any]] = ()


class Turn:
    """Carries out one run.

    Responsibilities:
    - ask the engine, and write down every now and then what became of the steps
    - save the result under a name that was written down before
    - whatever goes wrong, give an end that says so
    """

    def __init__(self, record: RunRecord, results: Results, listen: Callable[[Event], None]) -> None:
        self.record = record
        self._results = results
        self._hearing = Hearing(record.steps, listen)
        self._lock = threading.Lock()
        self._run: Run | None = None
        self._stopped = False

    def stop(self) -> None:
        """Cancel the run, whether the engine has it yet or not. From any thread."""
        with self._lock:
            self._stopped = True
            if self._run:
                self._run.cancel()

    def seen(self, record: RunRecord) -> RunRecord:
        """The record with what is known of the steps at this moment."""
        return replace(record, steps=self._hearing.steps())

    @property
    def steps(self) -> Sequence[StepRecord]:
        """The steps, now that none works any more."""
        return self._hearing.stopped()

    def carry_out(self, session: Session, order: Callable[[], Order], note: Note) -> End:
        """Run, and save the result."""
        try:
            outcome = self._computed(session, order(), note)
            if outcome.status != "done":
                return End(outcome.status, problems=self._hearing.problems())
            return End("done", self._saved(outcome, note))
        except WorkflowError as error:
            return _failed(error.problems)
        except StepError as error:
            return _failed([Problem(error.message, error.remedy)])
        except (Exception, SystemExit):
            log.exception("run %s failed", self.record.id)
            return _failed([Problem("It failed unexpectedly.", "What happened stands where the server was started.")])

    def _computed(self, session: Session, order: Order, note: Note) -> Outcome:
        run = session.start(order, self._hearing, id=self.record.id)
        with self._lock:
            self._run = run
            if self._stopped:
                run.cancel()
        pause = BATCH
        while not run.over(pause):
            started = time.perf_counter()
            if steps := self._hearing.news():
                note(steps, None)
            pause = max(BATCH, (time.perf_counter() - started) / SHARE)
        outcome = run.wait()
        assert outcome, "a run that is over has an outcome or raises"  # noqa: S101 - see Run.wait
        return outcome

    def _saved(self, outcome: Outcome, note: Note) -> str | None:
        name = self._results.name_for(self.record.id, outcome)
        if name is not None:
            note(self._hearing.steps(), name)
            self._results.save(self.record.id, name, outcome)
        return name


def _failed(problems: Sequence[Problem]) -> End:
    return End("failed", problems=problems_json(map(without_paths, problems))["problems"])
