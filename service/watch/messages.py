"""What the server tells its clients, and what they may ask: two frozen unions, and their JSON.

A frame from the server is a JSON array of messages; each says under "event" what it is. The first message of all is a
Snapshot. Messages that change what every client sees carry a consecutive number under "seq", the Snapshot that of the
last one it holds: who starts from a snapshot and sees the next number has missed nothing. Progress (StepProgress, and
Fetching and DownloadChanged between their first and their last) may merge and has no number; neither has what is meant
for one client alone.

A frame from a client is one JSON object; it says under "ask" what it is.

Live runs tell the same events as those of the queue, to their own client only. Their run is called "live-" and the id
that the client chose; each Live that was asked for ends with one RunFinished or LiveRefused of its own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal, cast, get_args

from graph.errors import Problem
from graph.events import Event
from service.runs.record import RunRecord
from service.watch.reading import read

LIVE = "live-"
"""Begins the name of every live run."""

LONGEST_ID = 100
"""Characters of the id that a client gives a live run."""

LARGEST_SIDE = 4096
"""Pixels: a live preview is for the screen."""

MOST_TARGETS = 1000


@dataclass(frozen=True, slots=True)
class RunQueued:
    """A run waits: behind those of its priority and above. One that is known already is replaced by this."""

    run: RunRecord


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run's turn has come; it waits no longer. Then come Fetching, RunPlanned and the steps' events."""

    run: str
    started: float
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The last word on a run, after RunFinished: its result is saved, or its problems are known."""

    run: RunRecord


@dataclass(frozen=True, slots=True)
class RunRemoved:
    """The run is in neither queue nor history any more."""

    run: str


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """The runs that wait, first come first: after a move, a pause or a resume, not when runs come and go."""

    order: tuple[str, ...]
    paused: bool


@dataclass(frozen=True, slots=True)
class DownloadChanged:
    """A model file that somebody asked for."""

    name: str
    done: int
    """Bytes that are there."""
    total: int | None
    """Bytes of the whole file, where that is known."""
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    message: str = ""
    """Why it failed."""


@dataclass(frozen=True, slots=True)
class LiveRefused:
    """A live run that cannot be carried out."""

    live: str
    """The id that the client gave it."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class MessageRefused:
    """What the client sent is no message. The connection goes on."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a run under way."""

    id: str
    action: Literal["run", "cached", "unneeded", "left out"]
    why: str
    key: str
    """Its results are at /preview/{key} once it is done."""
    state: Literal["waiting", "running", "done", "failed", "blocked"] = "waiting"
    """What is cached is done; what is not needed or left out waits for ever."""
    fraction: float = 0.0
    """How far it is, 0..1."""
    seconds: float | None = None
    notes: tuple[str, ...] = ()
    message: str = ""
    """Why it failed."""
    remedy: str = ""
    by: str = ""
    """The step whose failure blocks it."""
    fallback: str = ""
    """How it goes on without a model file that cannot be had, and why; empty where it has what it needs."""
    sketch: str = ""
    """What is becoming while it runs, as a small picture in a data URL; empty where the step draws none."""


@dataclass(frozen=True, slots=True)
class FetchView:
    """A model file that a run waits for."""

    name: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class RunView:
    """A run under way."""

    run: RunRecord
    steps: tuple[StepView, ...]
    warnings: tuple[str, ...]
    fetching: tuple[FetchView, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All there is to see; what follows are differences."""

    waiting: tuple[RunRecord, ...]
    """First come first."""
    paused: bool
    running: tuple[RunView, ...]
    ended: tuple[RunRecord, ...]
    """The last few, the latest last."""
    downloads: tuple[DownloadChanged, ...]


@dataclass(frozen=True, slots=True)
class Live:
    """Follow a slider: show what this workflow gives, on a smaller photo. The latest Live of a client wins."""

    id: str
    """1 to 100 printable characters, another one for each Live."""
    document: Mapping[str, Any]
    """The workflow, as its file has it."""
    targets: tuple[str, ...] | None = None
    """Steps that are wanted; null means the workflow's result. None that writes files."""
    side: int = 1024
    """Pixels of the preview's longer side, 16 to 4096."""
    photo: str = ""
    """Fills the workflow's input: `<sha256>/<name>`, or a file beside a shipped workflow."""

    def __post_init__(self) -> None:
        """ValueError for what is out of bounds."""
        if not 0 < len(self.id) <= LONGEST_ID or not self.id.isprintable():
            raise ValueError(f"id: must be 1 to {LONGEST_ID} printable characters.")
        if not 16 <= self.side <= LARGEST_SIDE:
            raise ValueError(f"side: must be 16 to {LARGEST_SIDE}.")
        if len(self.targets or ()) > MOST_TARGETS:
            raise ValueError(f"targets: must be at most {MOST_TARGETS}.")
        if len(self.photo) > MOST_TARGETS:
            raise ValueError(f"photo: must be at most {MOST_TARGETS} characters.")

    @property
    def run(self) -> str:
        """The name of its run in events."""
        return LIVE + self.id


@dataclass(frozen=True, slots=True)
class StopLive:
    """End the live run, if one is under way."""


Message = (
    Event
    | RunQueued
    | RunStarted
    | RunEnded
    | RunRemoved
    | QueueChanged
    | DownloadChanged
    | LiveRefused
    | MessageRefused
    | Snapshot
)
Asked = Live | StopLive

MESSAGES: Mapping[str, type] = {each.__name__: each for each in get_args(Message)}
ASKED: Mapping[str, type] = {each.__name__: each for each in get_args(Asked)}

LEFT_OUT: Mapping[type, frozenset[str]] = {RunRecord: frozenset({"steps"})}
"""Fields that clients are not sent: a run's steps come as events."""

DECIMALS = 4
"""Of seconds and fractions: finer than anybody sees, and shorter."""


def as_json(message: Message | Asked) -> dict[str, Any]:
    """The message as JSON-able data, its type under "event" or "ask"."""
    name = type(message).__name__
    return {"ask" if name in ASKED else "event": name, **_plain(message)}


def encoded(message: Message) -> str:
    """The message as ASCII JSON."""
    return json.dumps(as_json(message), allow_nan=False, separators=(",", ":"))


def from_json(data: Any) -> Message:
    """A message of the server, as a client reads it. ValueError with a sentence for anything else."""
    fields = {name: part for name, part in _object(data).items() if name != "seq"}
    return read(_named(fields, "event", MESSAGES), fields)


def asked_of(text: str) -> Asked:
    """What a client asks. ValueError with a sentence for the client, whatever the text is."""
    fields = _object(_decoded(text))
    return read(_named(fields, "ask", ASKED), fields)


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError("A message is a JSON object.")
    return dict(cast("dict[str, Any]", data))


def _named(fields: dict[str, Any], tag: str, types: Mapping[str, type]) -> type:
    """The type that the tag names; the tag is taken out."""
    name = fields.pop(tag, None)
    if not isinstance(name, str) or name not in types:
        raise ValueError(f"{tag}: must be one of {', '.join(types)}.")
    return types[name]


def _decoded(text: str) -> Any:
    def finite(digits: str) -> float:
        if math.isfinite(value := float(digits)):
            return value
        raise ValueError(f"{digits[:40]} is no finite number.")

    try:
        return json.loads(text, parse_constant=finite, parse_float=finite)
    except RecursionError:
        raise ValueError("The message is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"The message is not JSON: {error.msg} at character {error.pos}.") from None
    except ValueError as error:
        # Python's own word on integers of thousands of digits is about its settings.
        raise ValueError("The message holds a number that is not finite or far too long.") from error


@lru_cache
def _names(type: type) -> tuple[str, ...]:
    left_out = LEFT_OUT.get(type, frozenset())
    names: Sequence[str] = [each.name for each in fields(type)] if is_dataclass(type) else type._fields  # pyright: ignore[reportAttributeAccessIssue] - the other records are named tuples
    return tuple(name for name in names if name not in left_out)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return round(value, DECIMALS)
    if is_dataclass(value) or hasattr(value, "_fields"):
        return {name: _plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in cast("Mapping[str, Any]", value).items()}
    return [_plain(part) for part in value]
