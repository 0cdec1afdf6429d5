"""Which photos go in, and where results come out: never over an input, and never half a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from graph.check import Graph
from graph.errors import Problem, StepError, WorkflowError, nearest
from graph.kinds import Kind, Kinds


def photos_in(folder: Path, kinds: Kinds, outside: Path) -> Iterator[Path]:
    """Every photo in a folder and the folders in it, in order; `outside` (where results go) is left out."""
    suffixes = {suffix for kind in kinds for suffix in kind.reads}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in suffixes and path.is_file() and outside.resolve() not in path.resolve().parents:
            yield path


def photo_of(graph: Graph) -> Path | None:
    """The photo that the document calls its input."""
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


def named_like(photo: Path, kind: Kind) -> str:
    """The file name of a result: the photo's own, with a suffix that can be written."""
    return photo.name if photo.suffix.lower() in kind.writes else f"{photo.name}.png"


def check_output(path: Path, photo: Path | None, kind: Kind) -> None:
    """WorkflowError unless the result may be written there."""
    if path.suffix.lower() not in kind.writes:
        remedy = nearest(path.suffix.lower(), kind.writes)
        raise WorkflowError([Problem(f"{path.name} names no format that can be written.", remedy)])
    if photo and path.exists() and path.samefile(photo):
        raise WorkflowError(
            [Problem(f"{path} is the photo itself.", "Choose another --output: inputs stay as they are.")]
        )


def save(kind: Kind, value: object, path: Path, workflow: str | None) -> None:
    """Write a value beside its final name, then rename it. StepError says what the system said."""
    part = path.with_name(f".{os.getpid()}-{path.stem[:80]}.part{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        kind.codec.write(value, part, workflow)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StepError(
            f"{path} cannot be written: {error.strerror or error}.", "Check the folder and the disk."
        ) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
