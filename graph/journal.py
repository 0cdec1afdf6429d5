"""What was done in a run, as a record that can be kept: JSON-able, and complete enough to do it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from graph.cache import Result
from graph.check import Graph, Step
from graph.events import Event, RunFinished, RunPlanned, StepBlocked, StepDone, StepFailed, StepStarted
from graph.given import Given
from graph.keys import Fingerprint, noted_settings
from graph.kinds import Kinds
from graph.results import photo_of
from graph.shelf import Shelf

FORMAT = 1
"""Of the record; a later one may say more."""

State = Literal["waiting", "running", "done", "cached", "unneeded", "left out", "failed", "blocked"]


@dataclass
class Entry:
    """What became of one step."""

    state: State = "waiting"
    why: str = ""
    key: str = ""
    seconds: float | None = None
    notes: tuple[str, ...] = ()
    message: str = ""
    """Why it failed or was blocked, or how it went on without its model file."""
    extent: tuple[int, int] | None = None
    """Width and height of its first picture."""
    files: dict[str, str] = field(default_factory=dict[str, str])
    """What an effect wrote, and its sha256."""


class Journal:
    """Hears the events and sees the results of one run.

    Responsibilities:
    - note what became of every step
    - say it as JSON-able data, at any time: of a run that goes on, failed or was cancelled, what is known so far
    """

    def __init__(self, graph: Graph, fingerprint: Fingerprint, shelf: Shelf | None = None) -> None:
        """`graph` may be replaced by the one that ran, where steps went on without their model files."""
        self.graph = graph
        self._fingerprint, self._shelf = fingerprint, shelf
        self._entries = {id: Entry() for id in graph.steps}
        self._status, self._seconds = "running", 0.0
        self._began, self._ended = _now(), ""

    def hear(self, event: Event) -> None:
        """Take note of an event. Those of the same run come one at a time."""
        match event:
            case RunPlanned(steps=planned):
                for step in planned:
                    state: State = "waiting" if step.action == "run" else step.action
                    entry = self._entries.setdefault(step.id, Entry())
                    entry.state, entry.why, entry.key = state, step.why, step.key
                    entry.notes, entry.message = step.notes, step.fallback
            case StepStarted(step=id):
                self._entries[id].state = "running"
            case StepDone(step=id, seconds=seconds, notes=notes):
                entry = self._entries[id]
                entry.state, entry.seconds, entry.notes = "done", seconds, notes
            case StepFailed(step=id, message=message, remedy=remedy):
                self._entries[id].state = "failed"
                self._entries[id].message = f"{message} {remedy}".rstrip()
            case StepBlocked(step=id, by=by):
                self._entries[id].state, self._entries[id].message = "blocked", f"{by} failed."
            case RunFinished(status=status, seconds=seconds):
                self.end(status)
                self._seconds = seconds
            case _:
                pass

    def see(self, id: str, result: Result, kinds: Kinds) -> None:
        """Take note of a result, a cached one too."""
        entry = self._entries.setdefault(id, Entry())
        found = [kinds[result.kinds[name]].codec.extent(value) for name, value in result.outputs.items()]
        entry.extent = next(((size[1], size[0]) for size in found if size), None)
        entry.files = {file.path: file.sha256 for file in result.files}
        entry.seconds = result.seconds

    def end(self, status: str) -> None:
        """How the run ended, where no event could say it."""
        self._status, self._ended = status, _now()

    def notes(self, id: str) -> tuple[str, ...]:
        """What a step had to say."""
        return self._entries[id].notes

    def as_json(self) -> dict[str, Any]:
        """All that is known, steps in the order of the workflow."""
        photo, document = photo_of(self.graph), self.graph.document
        return {
            "record": FORMAT,
            "status": self._status,
            "began": self._began,
            "ended": self._ended,
            "seconds": round(self._seconds, 3),
            "photo": {"file": str(photo), "sha256": self._photo_sha256()} if photo else None,
            "workflow": document.as_json(),
            "result": list(document.result) if document.result else None,
            "steps": [self._step(id, entry) for id, entry in self._entries.items()],
        }

    def _photo_sha256(self) -> str:
        place = self.graph.document.input
        file = self.graph.steps[place[0]].settings[place[1]] if place else ""
        return file.sha256 if isinstance(file, Given) else self._sha256(Path(file))

    def _sha256(self, path: Path) -> str:
        """Empty for a file that is gone, or may not be read."""
        try:
            return self._fingerprint(path)
        except OSError:
            return ""

    def _step(self, id: str, entry: Entry) -> dict[str, Any]:
        step = self.graph.steps.get(id)
        about = self._about(step) if step else {"node": self.graph.document.nodes[id].type}
        became = {"state": entry.state, "why": entry.why, "key": entry.key, "seconds": entry.seconds}
        found = {"size": entry.extent, "notes": list(entry.notes), "message": entry.message, "written": entry.files}
        return {"id": id, **about, **became, **found}

    def _about(self, step: Step) -> dict[str, Any]:
        return {
            "node": step.spec.id,
            "title": step.spec.title,
            "version": step.spec.version,
            "source": step.spec.source,
            "settings": dict(noted_settings(step)),
            "inputs": {port: list(place) for port, place in step.inputs.items()},
            "models": self._models(step),
        }

    def _models(self, step: Step) -> list[Mapping[str, Any]]:
        """The model files that the step's settings name, as they lie there."""
        shelf = self._shelf
        if shelf is None:
            return []
        return [
            {
                "setting": setting,
                "name": name,
                "files": [{"file": path.name, "sha256": self._sha256(path)} for path in shelf.files(name)],
            }
            for setting, name in step.models().items()
        ]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
