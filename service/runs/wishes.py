"""From what a client wishes to what is noted, and from what is noted to what the engine is asked."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.document import Document, parse
from graph.errors import Problem, WorkflowError, nearest
from graph.places import Places
from graph.session import Order
from service.limits import Limits
from service.refusals import Refusal
from service.runs.record import RunRecord, RunRequest, StepRecord

LONGEST_NAME = 200


def record_of(request: RunRequest, document: Document) -> RunRecord:
    """A run that is to wait."""
    return RunRecord(
        id=uuid.uuid4().hex,
        name=_printable(request.name or document.title) or "Untitled",
        state="queued",
        priority=request.priority,
        created=time.time(),
        photo=request.photo,
        targets=None if request.targets is None else tuple(request.targets),
        force=tuple(request.force),
        download=request.download,
    )


def text_of(document: Mapping[str, Any], limits: Limits) -> str:
    """The workflow as a file has it. Refusal where it has too many nodes, WorkflowError where it is no JSON."""
    nodes = document.get("nodes")
    if isinstance(nodes, dict) and (problem := limits.too_many(len(nodes))):
        raise Refusal(413, problem.message, problem.remedy)
    try:
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    except (RecursionError, ValueError, TypeError) as error:
        deep = isinstance(error, RecursionError)
        message = "The workflow is nested too deeply." if deep else f"The workflow is not JSON: {error}."
        raise WorkflowError([Problem(message, "A workflow is an object of nodes, a few levels deep.")]) from error


def require_known(force: tuple[str, ...], document: Document) -> None:
    """WorkflowError for every step that shall run by force and does not exist."""
    unknown = [id for id in force if id not in document.nodes]
    if problems := [Problem(f"There is no node {id!r} to force.", nearest(id, document.nodes)) for id in unknown]:
        raise WorkflowError(problems)


def order_for(record: RunRecord, text: str, places: Places, outputs: Path) -> Order:
    """What the engine is asked. WorkflowError where the workflow is no workflow, or takes no photo."""
    document = parse(text)
    if record.photo:
        if document.input is None:
            remedy = 'Name one in the file: "input": ["node", "setting"].'
            raise WorkflowError([Problem("The workflow does not say which of its settings takes the photo.", remedy)])
        if document.input[0] in document.nodes:
            document = document.with_settings({document.input: record.photo})
    force = _still_forced(record.steps) if record.steps else record.force
    # By this name the plan finds the last run of the same workflow, to say what has changed.
    name = f"queue: {document.title}" if document.title else ""
    return Order(document, places, record.targets, force, outputs, name=name, download=record.download)


def _still_forced(steps: tuple[StepRecord, ...]) -> tuple[str, ...]:
    """A run that was killed and begins again: of what was to run by force, what had not ended."""
    return tuple(step.step for step in steps if step.why in {"forced", "upstream forced"} and step.state != "done")


def _printable(name: str) -> str:
    whole = name.encode("utf-8", "replace").decode()
    return "".join(letter if letter.isprintable() else " " for letter in whole).strip()[:LONGEST_NAME]
