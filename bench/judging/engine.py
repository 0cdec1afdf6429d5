"""Runs workflow files as the program does: the real engine, the real nodes, one photo at a time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image as Pillow

import nodes
from bench.judging.damages import bytes_of
from cli.opening import read_workflow
from graph.cache import Cache, Disk, Result
from graph.document import Document
from graph.errors import Problem, WorkflowError
from graph.places import Places
from graph.pool import Pool
from graph.registry import Registry
from graph.session import Order, Session
from graph.supply import Need, needs
from nodes.kinds.arrays import Floats, allocator
from nodes.models.catalog import SHIPPED
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf

GIB = 2**30


class Made(NamedTuple):
    """What a run gave."""

    pixels: Floats
    """Of the workflow's result."""
    steps: dict[str, Result]
    """Every step's, by its id."""


class Engine:
    """Holds a session, and the folder in which photos lie while it runs."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session, self._folder = session, folder

    def trouble(self, workflow: Path) -> str:
        """Why this workflow cannot run here, as a sentence; empty if it can."""
        if not workflow.is_file():
            return f"{workflow.name} is not there."
        try:
            order = self._order(read_workflow(workflow), workflow, self._written(None))
            lacking = self._needs(order)
        except WorkflowError as error:
            return f"{workflow.name} is refused: {'; '.join(str(problem) for problem in error.problems)}"
        names = dict.fromkeys(file.name for need in lacking for file in need.missing)
        return f"{workflow.name} needs {', '.join(names)}: name its folder with --weights-dir." if names else ""

    def run(self, workflow: Path, pixels: Floats) -> Made:
        """The result for an 8-bit sRGB photo. RuntimeError with what failed."""
        document = read_workflow(workflow)
        steps: dict[str, Result] = {}
        outcome = self._session.run(self._order(document, workflow, self._written(pixels), steps))
        if outcome.status != "done" or document.result is None:
            failures = "; ".join(f"{step}: {error}" for step, error in outcome.failed.items())
            raise RuntimeError(f"{workflow.name} gave no result. {failures}")
        return Made(outcome.value(document.result).pixels, steps)

    def _order(self, document: Document, workflow: Path, photo: Path, steps: dict[str, Result] | None = None) -> Order:
        """Only what the result needs: what a workflow saves besides is not wanted here.

        In place of a network that is not at hand stands what the step can do without one, if anything.
        """
        if document.input is None or document.result is None:
            raise WorkflowError([Problem("The workflow names no input or no result.", "Name both in the file.")])
        watch = None if steps is None else steps.__setitem__
        given = document.with_settings({document.input: str(photo)})
        places = Places((workflow.absolute().parent,))
        order = Order(given, places, outputs=self._folder / "outputs", watch=watch)
        # A bypassed step is none: what it would have passed on is wanted.
        wanted = self._session.graph(order).result or document.result
        order = replace(order, targets=[wanted[0]])
        free = {(need.step, need.setting): need.free[0] for need in self._needs(order) if need.free}
        return replace(order, document=given.with_settings(free)) if free else order

    def _needs(self, order: Order) -> list[Need]:
        shelf = self._session.shelf
        return needs(self._session.plan(order).steps.values(), shelf) if shelf else []

    def _written(self, pixels: Floats | None) -> Path:
        path = self._folder / "photo.png"
        levels: Any = bytes_of(pixels) if pixels is not None else None
        picture = Pillow.new("RGB", (8, 8)) if levels is None else Pillow.fromarray(levels)
        picture.save(path, compress_level=1)
        return path


@contextmanager
def opened(weights: Sequence[Path], cache: Path | None) -> Generator[Engine]:
    """An engine that looks for model files in those folders, and never downloads any.

    With a cache folder, steps that were computed before are not again: only as long as no node changes.
    """
    os.environ["HEIRLOOM_OFFLINE"] = "1"
    with tempfile.TemporaryDirectory() as name:
        registry = Registry.collect(nodes)
        disk = Disk(cache, 8 * GIB, registry.kinds) if cache else None
        shelf = Shelf((*weights, SHIPPED))
        lender = Lending(Pool(GIB), shelf, Device())
        session = Session(
            registry,
            Cache(registry.kinds, GIB // 4, disk),
            allocate=allocator(Path(name) / "scratch"),
            shelf=shelf,
            lender=lender,
        )
        try:
            yield Engine(session, Path(name))
        finally:
            session.close()
