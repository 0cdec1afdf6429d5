"""`--weights` and `--fetch`: which model files there are, under which licence, and bringing them here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.filesize import decimal

from cli.opening import read_workflow
from cli.report import Report
from graph.check import check
from graph.errors import Problem, WorkflowError, nearest
from graph.events import Fetching
from graph.places import Places
from graph.registry import Registry
from graph.shelf import Listed, Missing, Shelf, Stock, Told

NON_COMMERCIAL = "NON-COMMERCIAL"
ALL = "all"


class Announcing:
    """A shelf that says what a file is, how large, and under which licence, before it is fetched."""

    def __init__(self, shelf: Shelf, report: Report) -> None:
        self._shelf, self._report = shelf, report

    def knows(self, task: str, name: str) -> bool:
        return self._shelf.knows(task, name)

    def unfit(self, name: str) -> str:
        return self._shelf.unfit(name)

    def names(self, task: str) -> Sequence[str]:
        return self._shelf.names(task)

    def missing(self, name: str) -> Sequence[Missing]:
        return self._shelf.missing(name)

    def files(self, name: str) -> Sequence[Path]:
        return self._shelf.files(name)

    def fingerprint(self, name: str, sha256: Callable[[Path], str]) -> str:
        return self._shelf.fingerprint(name, sha256)

    def forbidden(self, name: str) -> Sequence[Problem]:
        return self._shelf.forbidden(name)

    def fetch(self, name: str, told: Told, cancelled: threading.Event) -> None:
        coming = {file.name: file for file in self._shelf.missing(name)}

        def heard(name: str, done: int, total: int | None) -> None:
            if file := coming.pop(name, None):
                self._announce(file)
            told(name, done, total)

        self._shelf.fetch(name, heard, cancelled)

    def _announce(self, file: Missing) -> None:
        self._report.say(f"Fetching {file.name}, {_size(file.bytes)}. Licence: {file.licence}.")
        if not file.commercial:
            self._report.warn(f"{file.name} is for {NON_COMMERCIAL.lower()} use only.")


def show_weights(stock: Stock, report: Report) -> None:
    """The table of all model files."""
    models = list(stock.listing())
    report.result(_table(models), {"weights": [_record(model) for model in models]})
    places = [f"{folder}{'' if folder.is_dir() else ' (not there)'}" for folder in stock.folders]
    report.say(f"\nLooked in {', '.join(places)}. Downloads go to {stock.downloads}.")


def fetch_weights(wanted: Sequence[str], stock: Stock, registry: Registry, photos: Path, report: Report) -> bool:
    """Fetch what is asked for. True if it is all there; WorkflowError for what does not exist."""
    names = _names(wanted, stock, registry, photos)
    shelf, well = Announcing(stock, report), True
    with report.listen() as listener:

        def told(name: str, done: int, total: int | None) -> None:
            listener(Fetching("", name, done, total))

        for file in [file for name in names for file in stock.missing(name)]:
            try:
                shelf.fetch(file.name, told, threading.Event())
            except WorkflowError as error:
                report.problems(error.problems)
                well = False
    there = [name for name in names if not stock.missing(name)]
    report.result(f"{len(there)} of {len(names)} are there: {', '.join(there) or 'none'}.", {"there": there})
    return well


def _names(wanted: Sequence[str], stock: Stock, registry: Registry, photos: Path) -> list[str]:
    """The models asked for, each once."""
    found: dict[str, None] = {}
    problems: list[Problem] = []
    for each in wanted:
        if each == ALL:
            found.update(dict.fromkeys(stock.catalog))
        elif each in stock.catalog:
            found[each] = None
        elif each.endswith(".json"):
            found.update(dict.fromkeys(_models_of(Path(each), stock, registry, photos)))
        else:
            problems.append(Problem(f"There is no model {each!r}.", nearest(each, [*stock.catalog, ALL])))
    if problems:
        raise WorkflowError(problems)
    return list(found)


def _models_of(path: Path, stock: Stock, registry: Registry, photos: Path) -> list[str]:
    """The models that a workflow uses."""
    graph = check(read_workflow(path), registry, Places((path.absolute().parent, photos)), stock)
    return [name for step in graph.steps.values() for name in step.models().values()]


def _table(models: Iterable[Listed]) -> str:
    by_task: dict[str, list[str]] = {}
    for model in models:
        by_task.setdefault(", ".join(model.tasks) or "not usable", []).append(_line(model))
    return "\n\n".join("\n".join([task, *lines]) for task, lines in by_task.items())


def _line(model: Listed) -> str:
    terms = model.licence or "the licence is not known here"
    if model.commercial is False:
        terms = f"{NON_COMMERCIAL}: {terms}"
    place = f"\n{'':47}{model.path}" if model.path else ""
    note = f" ({model.note})" if model.note else ""
    return f"  {model.name:<32} {_size(model.bytes):>9}  {model.title}; {terms}{place}{note}"


def _record(model: Listed) -> dict[str, Any]:
    names = ("name", "tasks", "title", "about", "bytes", "licence", "commercial", "needs", "path", "note")
    return {name: getattr(model, name) for name in names}


def _size(count: int | None) -> str:
    return "? MB" if count is None else decimal(count)
