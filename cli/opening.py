"""Opens a session with its cache, and reads the workflow that it shall run."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cli.arguments import Arguments
from cli.report import Report
from graph.cache import Cache, Disk
from graph.changes import changes
from graph.context import Lender
from graph.document import Document, parse
from graph.errors import Problem, WorkflowError, nearest
from graph.places import Places
from graph.registry import Registry
from graph.session import Order, Session
from graph.shelf import Shelf

MOST_MEMORY = 2**30
"""Bytes of finished results kept in memory; an eighth of the machine's memory where that is less."""


@contextmanager
def open_session(
    arguments: Arguments,
    registry: Registry,
    allocator: Callable[[Path], Callable[[tuple[int, ...]], Any]],
    shelf: Shelf,
    lender: Lender,
    report: Report,
) -> Generator[Session]:
    """A session on the folders that the command line names. A cache folder that cannot be used is done without."""
    disk = None
    if arguments.cache_size:
        try:
            disk = Disk(arguments.cache_dir, arguments.cache_size, registry.kinds)
        except (OSError, sqlite3.Error) as error:
            report.warn(f"Finished steps are not kept on disk: {error}.")
    scratch = disk.scratch if disk else arguments.data / "scratch"
    cache = Cache(registry.kinds, _memory_limit(), disk)
    session = Session(registry, cache, allocate=allocator(scratch), shelf=shelf, lender=lender)
    try:
        yield session
    finally:
        session.close()


def read_workflow(path: Path) -> Document:
    """A workflow file. WorkflowError with every Problem."""
    try:
        return parse(path.read_bytes())
    except OSError as error:
        beside = [other.name for other in path.parent.glob("*.json")] if path.parent.is_dir() else []
        remedy = nearest(path.name, beside) if beside else "Check the path."
        raise WorkflowError([Problem(f"{path} cannot be read: {error.strerror}.", remedy)]) from error


def order_for(arguments: Arguments, registry: Registry, photo: Path | None, outputs: Path) -> Order:
    """The workflow that --run names, with the photo and every --set filled in."""
    path = arguments.run or Path()
    document = read_workflow(path)
    changed = changes(document, registry, arguments.set, prefix="--set ")
    if photo:
        if document.input is None:
            remedy = 'Name one in the file: "input": ["node", "setting"].'
            raise WorkflowError([Problem("The workflow does not say which of its settings takes the photo.", remedy)])
        if document.input[0] in document.nodes:
            changed[document.input] = str(photo.absolute())
    if unknown := [id for id in arguments.force if id not in document.nodes]:
        problems = [Problem(f"There is no node {id!r} to force.", nearest(id, document.nodes)) for id in unknown]
        raise WorkflowError(problems)
    places = Places((path.absolute().parent, arguments.data / "photos"))
    name = str(path.absolute())
    return Order(
        document.with_settings(changed),
        places,
        force=arguments.force,
        outputs=outputs,
        name=name,
        download=not arguments.no_download,
    )


def _memory_limit() -> int:
    try:
        return min(MOST_MEMORY, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 8)
    except (AttributeError, ValueError, OSError):
        return MOST_MEMORY
