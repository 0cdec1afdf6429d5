"""What a client sees: the queue, the runs under way, the last ended ones, downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.events import (
    Fetching,
    RunFinished,
    RunPlanned,
    RunWarned,
    StepBlocked,
    StepDone,
    StepFailed,
    StepProgress,
    StepStarted,
)
from graph.plan import PlannedStep
from service.runs.record import RunRecord
from service.watch.messages import (
    DownloadChanged,
    FetchView,
    Message,
    QueueChanged,
    RunEnded,
    RunQueued,
    RunRemoved,
    RunStarted,
    RunView,
    Snapshot,
    StepView,
)

ENDED = 50
"""Ended runs that a snapshot names; older ones are in the history."""

WARNINGS = 100
"""Of one run; the latest stay."""

NOTHING = Snapshot(waiting=(), paused=False, running=(), ended=(), downloads=())


@dataclass(slots=True)
class _Running:
    run: RunRecord
    steps: dict[str, StepView] = field(default_factory=dict[str, StepView])
    warnings: tuple[str, ...] = ()
    fetching: dict[str, FetchView] = field(default_factory=dict[str, FetchView])

    def view(self) -> RunView:
        return RunView(self.run, tuple(self.steps.values()), self.warnings, tuple(self.fetching.values()))


class State:
    """A snapshot, kept up to date by applying each message; clients do the same.

    What is known of an ended run's steps is dropped: the history has it. Not for several threads at once.
    """

    def __init__(self, snapshot: Snapshot = NOTHING) -> None:
        self._waiting = {run.id: run for run in snapshot.waiting}
        self._order = [run.id for run in snapshot.waiting]
        self._paused = snapshot.paused
        self._running = {view.run.id: _running(view) for view in snapshot.running}
        self._ended = {run.id: run for run in snapshot.ended}
        self._downloads = {download.name: download for download in snapshot.downloads}

    def snapshot(self) -> Snapshot:
        """All there is to see now."""
        return Snapshot(
            waiting=tuple([self._waiting[id] for id in self._order]),
            paused=self._paused,
            running=tuple([running.view() for running in self._running.values()]),
            ended=tuple(self._ended.values()),
            downloads=tuple(self._downloads.values()),
        )

    def apply(self, message: Message) -> bool:
        """Take a message in; False if it changes nothing, such as an event of a run that was removed."""
        apply = _APPLY.get(type(message))
        return apply is not None and apply(self, message)

    def merges(self, message: Message) -> bool:
        """Whether a later message of the kind may replace this one: it is between the first and the last."""
        match message:
            case StepProgress():
                return True
            case Fetching(run, name, done, total):
                running = self._running.get(run)
                return running is not None and name in running.fetching and done != total
            case DownloadChanged(name, state="running"):
                return name in self._downloads and self._downloads[name].state == "running"
            case _:
                return False

    def queued(self, message: RunQueued) -> bool:
        run = message.run
        if self._waiting.get(run.id) == run:
            return False
        self._forget(run.id)
        place = len(self._order)
        while place and self._waiting[self._order[place - 1]].priority < run.priority:
            place -= 1
        self._order.insert(place, run.id)
        self._waiting[run.id] = run
        return True

    def started(self, message: RunStarted) -> bool:
        run = self._waiting.get(message.run)
        if run is None:
            return False
        self._forget(run.id)
        self._running[run.id] = _Running(replace(run, state="running", started=message.started))
        return True

    def finished(self, message: RunFinished) -> bool:
        running = self._running.get(message.run)
        if running is None:
            return False
        return self.ended(RunEnded(replace(running.run, state=message.status)))

    def ended(self, message: RunEnded) -> bool:
        run = replace(message.run, steps=())
        if self._ended.get(run.id) == run:
            return False
        if run.id not in self._ended:
            self._forget(run.id)
        self._ended[run.id] = run
        while len(self._ended) > ENDED:
            del self._ended[next(iter(self._ended))]
        return True

    def removed(self, message: RunRemoved) -> bool:
        return self._forget(message.run)

    def _forget(self, id: str) -> bool:
        """Take a run out of wherever it is."""
        if id in self._waiting:
            del self._waiting[id]
            self._order.remove(id)
            return True
        return bool(self._running.pop(id, None) or self._ended.pop(id, None))

    def reordered(self, message: QueueChanged) -> bool:
        named = [id for id in dict.fromkeys(message.order) if id in self._waiting]
        if len(named) < len(self._order):
            first = set(named)
            named += [id for id in self._order if id not in first]
        changed = (named, message.paused) != (self._order, self._paused)
        self._order, self._paused = named, message.paused
        return changed

    def downloaded(self, message: DownloadChanged) -> bool:
        changed = self._downloads.get(message.name) != message
        self._downloads[message.name] = message
        return changed

    def planned(self, message: RunPlanned) -> bool:
        running = self._running.get(message.run)
        if running is None:
            return False
        running.steps = {step.id: _view(step) for step in message.steps}
        running.fetching = {}
        return True

    def fetched(self, message: Fetching) -> bool:
        running = self._running.get(message.run)
        if running is None:
            return False
        running.fetching[message.name] = FetchView(message.name, message.done, message.total)
        return True

    def warned(self, message: RunWarned) -> bool:
        running = self._running.get(message.run)
        if running is None:
            return False
        running.warnings = (*running.warnings, message.message)[-WARNINGS:]
        return True

    def stepped(self, message: StepStarted | StepProgress | StepDone | StepFailed | StepBlocked) -> bool:
        running = self._running.get(message.run)
        if running is None or (step := running.steps.get(message.step)) is None:
            return False
        if isinstance(message, StepProgress) and step.state != "running":
            return False
        running.steps[step.id] = replace(step, **_change(message))
        return True


def _running(view: RunView) -> _Running:
    steps = {step.id: step for step in view.steps}
    return _Running(view.run, steps, view.warnings, {each.name: each for each in view.fetching})


def _view(step: PlannedStep) -> StepView:
    view = StepView(step.id, step.action, step.why, step.key, fallback=step.fallback)
    return replace(view, state="done", fraction=1.0, notes=step.notes) if step.action == "cached" else view


def _change(message: StepStarted | StepProgress | StepDone | StepFailed | StepBlocked) -> dict[str, Any]:
    match message:
        case StepStarted():
            return {"state": "running"}
        case StepProgress(fraction=fraction, sketch=sketch):
            return {"fraction": fraction, "sketch": sketch} if sketch else {"fraction": fraction}
        case StepDone(seconds=seconds, notes=notes):
            return {"state": "done", "fraction": 1.0, "seconds": seconds, "notes": notes, "sketch": ""}
        case StepFailed(message=reason, remedy=remedy):
            return {"state": "failed", "message": reason, "remedy": remedy, "sketch": ""}
        case StepBlocked(by=by):
            return {"state": "blocked", "by": by}


_APPLY: Mapping[type, Callable[[State, Any], bool]] = {
    RunQueued: State.queued,
    RunStarted: State.started,
    RunFinished: State.finished,
    RunEnded: State.ended,
    RunRemoved: State.removed,
    QueueChanged: State.reordered,
    DownloadChanged: State.downloaded,
    RunPlanned: State.planned,
    Fetching: State.fetched,
    RunWarned: State.warned,
    StepStarted: State.stepped,
    StepProgress: State.stepped,
    StepDone: State.stepped,
    StepFailed: State.stepped,
    StepBlocked: State.stepped,
}
