"""A run's result on its way into a file: of which kind it is, what it is called, and never half a file."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from graph.check import Graph
from graph.errors import Problem, StepError, WorkflowError
from graph.kinds import Kind, Kinds


def photo_of(graph: Graph) -> Path | None:
    """The photo that the document calls its input; of one given in memory its name."""
    place = graph.document.input
    if place is None or place[0] not in graph.steps:
        return None
    return Path(str(graph.steps[place[0]].settings[place[1]]))


def result_kind(graph: Graph, kinds: Kinds) -> Kind:
    """The kind of what the workflow calls its result. WorkflowError where it names none."""
    if graph.result is None:
        remedy = 'Name one in the file: "result": ["node", "output"].'
        raise WorkflowError([Problem("The workflow does not say what its result is.", remedy)])
    step, output = graph.result
    return kinds[graph.steps[step].spec.outputs[output].kind]


def number_of(graph: Graph) -> int:
    """Which one of those that the document counts on a photo this is; 1 where it counts none."""
    place = graph.document.each
    return int(graph.steps[place[0]].settings[place[1]]) if place and place[0] in graph.steps else 1


def named_like(photo: Path, kind: Kind, number: int = 1) -> str:
    """A result's file name: the photo's own, from the second on with a number, and a suffix that can be written."""
    name = photo.name if photo.suffix.lower() in kind.writes else f"{photo.name}.png"
    return name if number == 1 else f"{numbered(Path(name).stem, number)}{Path(name).suffix}"


def numbered(stem: str, number: int) -> str:
    """What the first is called, and how the further ones are told from it."""
    return stem if number == 1 else f"{stem}-{number}"


def save(kind: Kind, value: object, path: Path, workflow: str | None, called: str = "") -> None:
    """Write a value beside its final name, then rename it.

    StepError says what the system said, and calls the file `called` where its path is nobody's business.
    """
    part = path.with_name(f".{os.getpid()}-{threading.get_ident()}-{path.stem[:80]}.part{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        kind.codec.write(value, part, workflow)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StepError(
            f"{called or path} cannot be written: {error.strerror or error}.", "Check the folder and the disk."
        ) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
