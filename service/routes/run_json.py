"""Runs as requests and answers have them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from service.routes.answers import ProblemJson
from service.runs.record import RunRecord, State, StepRecord
from service.runs.results import SavedFile

ID = re.compile(r"[0-9a-f]{32}")
EXAMPLE_ID = "0b5a8c1f0c0e4f5e9d1c7a2b3c4d5e6f"
EXAMPLE_PHOTO = f"{'9f86d081884c7d65' * 4}/grandmother.jpg"

MOST_NAMES = 10_000
"""Steps that a request may name."""


Priority = Annotated[int, Field(ge=-1000, le=1000, description="Higher goes first; 0 is usual.")]
StepNames = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=MOST_NAMES)]


class StartJson(BaseModel):
    """A wish for a run."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "workflow": "restore",
                "photo": EXAMPLE_PHOTO,
                "settings": {"denoise.strength": 0.5},
                "priority": 0,
            }
        },
    )
    workflow: str | dict[str, Any] = Field(description="The name of a workflow, or a whole one.")
    photo: str = Field(
        "", max_length=1000, description="Fills the workflow's input: a photo's `setting`, or its sha256."
    )
    settings: dict[str, Any] = Field(
        default_factory=dict, description='"node.setting" or the name of a control, and its value.'
    )
    name: str = Field("", max_length=200, description="What lists call the run; the workflow's title where empty.")
    targets: StepNames | None = Field(
        None, description="Steps that are wanted; null: the result, and what saves files."
    )
    force: StepNames = Field(default_factory=list, description="Steps that run even if their results are at hand.")
    download: bool = Field(
        True,
        description="Whether model files that are not there are fetched first. Where not, steps that say `without` go "
        "on without them, and others fail.",
    )
    priority: Priority = 0


class StepJson(BaseModel):
    """What became of a step."""

    step: str
    action: str = Field(description="run, cached, unneeded or left out.")
    why: str = Field(description="Why it ran, such as: setting strength changed.")
    key: str = Field(description="Its results are at /preview/{key}; empty for a step that cannot run.")
    state: str = Field(description="waiting, running, done, failed or blocked.")
    seconds: float | None
    notes: list[str] = Field(description="What it had to say.")
    message: str = Field(description="Why it failed or is blocked.")
    remedy: str
    fallback: str = Field(description="How it went on without a model file that could not be had, and why.")


class RunJson(BaseModel):
    """A run. Times are seconds since the epoch."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": EXAMPLE_ID,
                "name": "Restore an old photo",
                "state": "done",
                "priority": 0,
                "created": 1_795_000_000.0,
                "started": 1_795_000_000.1,
                "ended": 1_795_000_004.2,
                "photo": EXAMPLE_PHOTO,
                "targets": None,
                "force": [],
                "download": True,
                "problems": [],
                "result": "result.jpg",
            }
        }
    )
    id: str
    name: str
    state: State
    priority: int
    created: float
    started: float | None
    ended: float | None
    photo: str
    targets: list[str] | None
    force: list[str]
    download: bool = Field(description="Whether it may fetch model files.")
    problems: list[ProblemJson] = Field(description="Why it failed.")
    result: str | None = Field(description="The name of its result among its files.")


class WholeRunJson(RunJson):
    """A run with its steps."""

    model_config = ConfigDict(json_schema_extra={})

    steps: list[StepJson]


class RunsJson(BaseModel):
    """A page of runs, the newest first."""

    runs: list[RunJson]
    next: str | None = Field(description="Ask with this as `before` for the next page; null on the last.")


class FileJson(BaseModel):
    """A file that a run saved."""

    name: str
    bytes: int


class FilesJson(BaseModel):
    """What a run saved."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"files": [{"name": "result.jpg", "bytes": 482_113}]}},
    )
    files: list[FileJson]


class MoveJson(BaseModel):
    """Where a waiting run shall stand."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"position": 0}})
    position: Annotated[int, Field(ge=0, le=10**9)] | None = Field(
        None, description="Its place in line; 0 is the first."
    )
    priority: Priority | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.position is None and self.priority is None:
            raise ValueError("give a position or a priority")
        return self


class QueueJson(BaseModel):
    """The line."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"paused": False, "running": EXAMPLE_ID, "waiting": ["5f" * 16, "c0" * 16]}}
    )
    paused: bool
    running: str | None = Field(description="The run that works.")
    waiting: list[str] = Field(description="Ids, first come first.")


def run_json(record: RunRecord) -> RunJson:
    """A run as lists have it."""
    return RunJson(**_fields(record))


def whole_run_json(record: RunRecord) -> WholeRunJson:
    """A run with its steps."""
    return WholeRunJson(**_fields(record), steps=[_step(step) for step in record.steps])


def _fields(record: RunRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in RunJson.model_fields} | {
        "targets": None if record.targets is None else list(record.targets),
        "force": list(record.force),
        "problems": [ProblemJson(**problem) for problem in record.problems],
    }


def _step(step: StepRecord) -> StepJson:
    fields: dict[str, Any] = {name: getattr(step, name) for name in StepJson.model_fields}
    return StepJson(**{**fields, "notes": list(step.notes)})


def files_json(files: Iterable[SavedFile]) -> FilesJson:
    """Files as lists have them."""
    return FilesJson(files=[FileJson(name=file.name, bytes=file.bytes) for file in files])
