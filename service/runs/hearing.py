"""Listens to one run of the queue: writes down what becomes of each step, and passes every event on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from graph.events import (
    Event,
    RunPlanned,
    RunWarned,
    StepBlocked,
    StepDone,
    StepFailed,
    StepProgress,
    StepStarted,
)
from graph.plan import PlannedStep
from service.pathless import pathless
from service.runs.record import StepRecord


class Hearing:
    """Called by the engine's threads; asked by whoever wants to know the steps."""

    def __init__(self, earlier: Iterable[StepRecord], pass_on: Callable[[Event], None]) -> None:
        """`earlier` is what was written down before the server was killed and the run began again."""
        self._steps = {step.step: step for step in earlier}
        self._pass_on = pass_on
        self._lock = threading.Lock()
        self._changed = False

    def __call__(self, event: Event) -> None:
        """Take note of an event and pass it on, without the folders of this machine in it."""
        if not isinstance(event, StepProgress):
            event = _shown(event)
            with self._lock:
                self._note(event)
        self._pass_on(event)

    def steps(self) -> tuple[StepRecord, ...]:
        """The steps in the plan's order."""
        with self._lock:
            return tuple(self._steps.values())

    def news(self) -> tuple[StepRecord, ...] | None:
        """The steps, if anything has changed since this was last asked."""
        with self._lock:
            if not self._changed:
                return None
            self._changed = False
            return tuple(self._steps.values())

    def stopped(self) -> tuple[StepRecord, ...]:
        """The steps, now that nothing runs any more."""
        return tuple(replace(step, state="waiting") if step.state == "running" else step for step in self.steps())

    def problems(self) -> list[dict[str, Any]]:
        """Why steps failed."""
        return [
            {"message": step.message, "remedy": step.remedy, "node": step.step, "port": None}
            for step in self.steps()
            if step.state == "failed"
        ]

    def _note(self, event: Event) -> None:
        if isinstance(event, RunPlanned):
            self._steps = {step.id: _planned(step, self._steps) for step in event.steps}
        elif isinstance(event, StepStarted):
            self._change(event.step, state="running", seconds=None)
        elif isinstance(event, StepDone):
            self._change(event.step, state="done", seconds=event.seconds, notes=event.notes)
        elif isinstance(event, StepFailed):
            self._change(event.step, state="failed", message=event.message, remedy=event.remedy)
        elif isinstance(event, StepBlocked):
            self._change(event.step, state="blocked", message=f"It needs {event.by}, which failed.")
        else:
            return
        self._changed = True

    def _change(self, step: str, **changes: Any) -> None:
        self._steps[step] = replace(self._steps[step], **changes)


def _planned(step: PlannedStep, earlier: Mapping[str, StepRecord]) -> StepRecord:
    """A step before the run. What an earlier life of the same run has finished stays written as it was."""
    before = earlier.get(step.id)
    if before and before.key == step.key and before.state == "done" and step.action != "run":
        return before
    state = "done" if step.action == "cached" else "waiting"
    return StepRecord(step.id, step.action, step.why, step.key, state, notes=step.notes, fallback=step.fallback)


def _shown(event: Event) -> Event:
    """The event as clients may see it."""
    if isinstance(event, StepFailed):
        return replace(event, message=pathless(event.message), remedy=pathless(event.remedy))
    if isinstance(event, RunWarned):
        return replace(event, message=pathless(event.message))
    if isinstance(event, StepDone) and event.notes:
        return replace(event, notes=tuple(pathless(note) for note in event.notes))
    if isinstance(event, RunPlanned) and any(step.notes or step.fallback for step in event.steps):
        return replace(event, steps=tuple(_shown_step(step) for step in event.steps))
    return event


def _shown_step(step: PlannedStep) -> PlannedStep:
    return step._replace(notes=tuple(pathless(note) for note in step.notes), fallback=pathless(step.fallback))
