"""A file written under a temporary name first, so that none is ever half there."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from graph.errors import StepError


@contextmanager
def replaced(path: Path) -> Generator[BinaryIO]:
    """Lend a new file in the same folder; in the end it gets the name, on any failure nothing is left behind.

    StepError where the system refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _renamed(path.with_name(f".{uuid4().hex}.part"), path) as file:
            yield file
    except OSError as error:
        why = error.strerror or error
        raise StepError(f"{path.name} cannot be written: {why}.", f"Check the folder {path.parent}.") from error


@contextmanager
def _renamed(part: Path, path: Path) -> Generator[BinaryIO]:
    try:
        with part.open("x+b") as file:
            yield file
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
