"""A run as the queue and its clients know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["queued", "running", "done", "failed", "cancelled"]

WAITING: tuple[State, ...] = ("queued",)
ENDED: tuple[State, ...] = ("done", "failed", "cancelled")


@dataclass(frozen=True)
class RunRequest:
    """A wish for a run, as a client states it."""

    document: Mapping[str, Any]
    """The workflow, as its file has it."""
    name: str = ""
    """What to call it in lists; the workflow's title where empty."""
    photo: str = ""
    """Fills the workflow's input: a photo's setting, `<sha256>/<name>`."""
    targets: Sequence[str] | None = None
    """Steps that are wanted; None means the workflow's result and its effects."""
    force: Sequence[str] = ()
    priority: int = 0
    """Higher goes first; among equals, who came first."""
    download: bool = True
    """Whether model files that are not there may be fetched."""


@dataclass(frozen=True)
class StepRecord:
    """What became of one step."""

    step: str
    action: str
    """run, cached, unneeded or left out."""
    why: str
    key: str
    state: str = "waiting"
    """waiting, running, done, failed or blocked."""
    seconds: float | None = None
    notes: tuple[str, ...] = ()
    message: str = ""
    remedy: str = ""
    fallback: str = ""
    """How it goes on without a model file that cannot be had, and why."""


@dataclass(frozen=True)
class RunRecord:
    """A run in the queue or in the history. Times are seconds since the epoch."""

    id: str
    name: str
    state: State
    priority: int
    created: float
    started: float | None = None
    ended: float | None = None
    photo: str = ""
    targets: tuple[str, ...] | None = None
    force: tuple[str, ...] = ()
    download: bool = True
    """Whether model files that are not there may be fetched."""
    problems: tuple[Mapping[str, Any], ...] = ()
    """Why it failed."""
    result: str | None = None
    """The file name of its result in the run's folder."""
    steps: tuple[StepRecord, ...] = field(default=(), repr=False)
    """Only where one run is asked for, not in lists."""
