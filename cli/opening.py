"""Opens a session with its cache, and reads the workflow that it shall run."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cli.arguments import Arguments
from cli.report import Report
from graph.cache import Cache, Disk
from graph.context import Lender
from graph.document import Document, Place, parse
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
    changes = dict(_changes(document, registry, arguments.set))
    if photo:
        if document.input is None:
            remedy = 'Name one in the file: "input": ["node", "setting"].'
            raise WorkflowError([Problem("The workflow does not say which of its settings takes the photo.", remedy)])
        if document.input[0] in document.nodes:
            changes[document.input] = str(photo.absolute())
    if unknown := [id for id in arguments.force if id not in document.nodes]:
        problems = [Problem(f"There is no node {id!r} to force.", nearest(id, document.nodes)) for id in unknown]
        raise WorkflowError(problems)
    places = Places((path.absolute().parent, arguments.data / "photos"))
    name = str(path.absolute())
    return Order(document.with_settings(changes), places, force=arguments.force, outputs=outputs, name=name)


def _changes(document: Document, registry: Registry, texts: list[str]) -> list[tuple[Place, Any]]:
    """What each --set changes: a node's setting, or everything that one of the workflow's controls names."""
    changes: list[tuple[Place, Any]] = []
    problems: list[Problem] = []
    for text in texts:
        name, equals, raw = text.partition("=")
        value = _value(raw)
        node, dot, setting = name.partition(".")
        if not equals:
            problems.append(Problem(f"--set {text}: there is no value.", "Write NODE.SETTING=VALUE."))
        elif name in document.controls:
            changes += [(place, _switched(place, value)) for place in document.controls[name]]
        elif not dot:
            remedy = nearest(name, [*document.controls, *document.nodes]) or "Write NODE.SETTING=VALUE."
            problems.append(Problem(f"--set {text}: there is no control {name!r}.", remedy))
        elif node not in document.nodes:
            problems.append(Problem(f"--set {text}: there is no node {node!r}.", nearest(node, document.nodes)))
        else:
            spec = registry.get(document.nodes[node].type)
            known = [*spec.settings, "bypass"] if spec else [setting]
            if setting not in known:
                problem = f"--set {text}: {document.nodes[node].type} has no setting {setting!r}."
                problems.append(Problem(problem, nearest(setting, known), node, setting))
            changes.append(((node, setting), value))
    if problems:
        raise WorkflowError(problems)
    return changes


def _switched(place: Place, value: Any) -> Any:
    """A control that names a bypass is a switch for the step: on means not bypassed."""
    return not value if place[1] == "bypass" and isinstance(value, bool) else value


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _memory_limit() -> int:
    try:
        return min(MOST_MEMORY, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 8)
    except (AttributeError, ValueError, OSError):
        return MOST_MEMORY
