"""What a run says while it runs: one frozen union. Every listener gets every event, in order."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

from graph.plan import PlannedStep

Status = Literal["done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class RunPlanned:
    """First of all, but for files to fetch: what will happen to each step."""

    run: str
    steps: tuple[PlannedStep, ...]


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A worker took the step."""

    run: str
    step: str


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far the step is, 0..1. Throttled; a later one replaces an earlier one."""

    run: str
    step: str
    fraction: float
    sketch: str = ""
    """What is becoming, as a small picture in a data URL; empty where there is no newer one than was told."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """The step's result is at hand; if it was worth it, it is on disk by now."""

    run: str
    step: str
    seconds: float
    notes: tuple[str, ...]
    stored: bool


@dataclass(frozen=True, slots=True)
class StepFailed:
    """The step could not do its work."""

    run: str
    step: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class StepBlocked:
    """The step cannot run, because one it depends on failed."""

    run: str
    step: str
    by: str


@dataclass(frozen=True, slots=True)
class RunWarned:
    """Something the user should know, though the run goes on."""

    run: str
    message: str


@dataclass(frozen=True, slots=True)
class Fetching:
    """A model file comes in, before the first step; a later one of the same file replaces an earlier one."""

    run: str
    name: str
    done: int
    """Bytes that are there."""
    total: int | None
    """Bytes of the whole file, where that is known."""


@dataclass(frozen=True, slots=True)
class RunFinished:
    """Last of all."""

    run: str
    status: Status
    seconds: float


Event = (
    Fetching | RunPlanned | StepStarted | StepProgress | StepDone | StepFailed | StepBlocked | RunWarned | RunFinished
)


def as_json(event: Event) -> dict[str, Any]:
    """The event as JSON-able data, its type under "event"."""
    data: dict[str, Any] = {field.name: getattr(event, field.name) for field in fields(event)}
    if isinstance(event, RunPlanned):
        data["steps"] = [{**step._asdict(), "notes": list(step.notes)} for step in event.steps]
    return {"event": type(event).__name__, **data}
