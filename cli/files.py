"""Which photos go in, and where results may come out: never over an input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.errors import Problem, WorkflowError, nearest
from graph.kinds import Kind, Kinds


def photos_in(folder: Path, kinds: Kinds, outside: Path) -> Iterator[Path]:
    """Every photo in a folder and the folders in it, in order; `outside` (where results go) is left out."""
    suffixes = {suffix for kind in kinds for suffix in kind.reads}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in suffixes and path.is_file() and outside.resolve() not in path.resolve().parents:
            yield path


def check_output(path: Path, photo: Path | None, kind: Kind) -> None:
    """WorkflowError unless the result may be written there."""
    if path.suffix.lower() not in kind.writes:
        remedy = nearest(path.suffix.lower(), kind.writes)
        raise WorkflowError([Problem(f"{path.name} names no format that can be written.", remedy)])
    if photo and path.exists() and path.samefile(photo):
        raise WorkflowError(
            [Problem(f"{path} is the photo itself.", "Choose another --output: inputs stay as they are.")]
        )
