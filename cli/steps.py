"""`--steps`: the picture after every step, what sums them up, and a record of what was done."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from cli.manifest import versions
from cli.report import Report
from cli.stages import Stage, stages
from graph.cache import Result
from graph.check import Graph
from graph.document import Place
from graph.errors import Problem, StepError, WorkflowError
from graph.events import Event
from graph.journal import Journal
from graph.kinds import Kind
from graph.pictures import Layer, Shown
from graph.results import photo_of, save
from graph.run import Outcome
from graph.session import Listener, Order, Session

SHEET, ANIMATION, LAYERS, RECORD = "contact-sheet.png", "before-after.webp", "layers.tif", "record.json"

OURS = re.compile(rf"\d{{2,}}-[^/\\]*\.png|{SHEET}|{ANIMATION}|{LAYERS}")
"""What a run's files are called: of what a record names, nothing else is ever removed."""

TILE = 360
"""Pixels of the longer side of a picture on the contact sheet."""

LONGEST_NAME = 100
"""Bytes of a step's id in a file's name; with number and output it stays within what file systems take."""


class Summary(Protocol):
    """What makes pictures of pictures; nodes.formats.step_files has it."""

    def sheet(self, path: Path, shown: Sequence[Shown]) -> None:
        """A contact sheet."""
        ...

    def animation(self, path: Path, before: Path, after: Path) -> None:
        """A moving picture that goes from one photo to the other."""
        ...

    def layers(self, path: Path, layers: Sequence[Layer], result: Path, workflow: str) -> list[str]:
        """A file with layers; returns the names of those that could not be laid over the result."""
        ...


class Steps:
    """The steps of one run, in a folder of their own.

    Responsibilities:
    - write each picture as it comes, numbered in the order of the workflow: 03-fill.png
    - in the end, however it came, write the contact sheet and the record; with a saved result also the rest
    - write over nothing but what the same workflow left there for the same photo
    """

    def __init__(
        self, folder: Path, graph: Graph, session: Session, summary: Summary, report: Report, computing: str
    ) -> None:
        """`computing` is what the record says of the device and the precision that were asked for."""
        self.folder, self.session, self.summary, self.report = folder, session, summary, report
        self.computing = computing
        self.journal = Journal(graph, session.cache.fingerprint, session.shelf)
        self.numbers = {id: f"{number:02d}" for number, id in enumerate(graph.steps, 1)}
        self.names = dict(_names(graph, self.numbers, self._kind))
        self._pictures: dict[str, bytes] = {}
        self._output: dict[str, str] = {}
        self._over = threading.Event()

    def run(self, order: Order, listen: Listener, id: str | None = None) -> Outcome:
        """Carry out the order as the session does, and keep its steps."""
        self._claim(order)

        def hear(event: Event) -> None:
            self.journal.hear(event)
            listen(event)

        with self._kept(order):
            outcome = self.session.run(replace(order, watch=self._keep), hear, id)
            self.journal.graph = outcome.graph
        return outcome

    def saved(self, order: Order, path: Path) -> None:
        """Note where the result went, and write what takes longer now that the result is safe."""
        self._output = {"file": str(path), "sha256": self.session.cache.fingerprint(path)}
        self._sum_up(self.journal.graph)
        self._try(RECORD, lambda _: self._write_record(order))

    @contextmanager
    def _kept(self, order: Order) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            self.journal.end("cancelled")
            raise
        except BaseException:
            self.journal.end("failed")
            raise
        finally:
            self._over.set()
            self._write_sheet()
            self._try(RECORD, lambda _: self._write_record(order))

    def _kind(self, name: str) -> Kind:
        return self.session.registry.kinds[name]

    def _claim(self, order: Order) -> None:
        """Make the folder this run's. WorkflowError where that would cost somebody else's files."""
        if self.folder.exists() and not self.folder.is_dir():
            raise WorkflowError([Problem(f"{self.folder} is a file.", "Steps need a folder.")])
        planned = [*self.names.values(), SHEET, ANIMATION, LAYERS]
        old = _read_record(self.folder / RECORD)
        if old is not None and _whose(old) != self._whose(order):
            remedy = "Choose another --steps, or empty the folder."
            raise WorkflowError([Problem(f"{self.folder} holds the steps of another run.", remedy)])
        ours = [name for name in old["files"] if OURS.fullmatch(str(name))] if old else []
        if taken := [name for name in planned if name not in ours and (self.folder / name).exists()]:
            remedy = "Choose another --steps, or move it away."
            raise WorkflowError([Problem(f"{self.folder / taken[0]} is there already, from elsewhere.", remedy)])
        try:
            for name in ours:
                (self.folder / name).unlink(missing_ok=True)
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write_record(order, planned)
        except OSError as error:
            problem = Problem(f"{self.folder} cannot be written: {error.strerror}.", "Choose another --steps.")
            raise WorkflowError([problem]) from error

    def _whose(self, order: Order) -> tuple[str, str]:
        return order.name, str(photo_of(self.journal.graph) or "")

    def _keep(self, id: str, result: Result) -> None:
        """Write the pictures of one step. Called by the run's threads."""
        if self._over.is_set():
            return
        for output, value in result.outputs.items():
            kind = self._kind(result.kinds[output])
            if (name := self.names.get((id, output))) and ".png" in kind.writes:
                save(kind, value, self.folder / name, None)
                if id not in self._pictures:
                    self._pictures[id] = _small(kind, value)
        self.journal.see(id, result, self.session.registry.kinds)

    def _write_sheet(self) -> None:
        titles = {id: step.spec.title for id, step in self.journal.graph.steps.items()}
        pictures = [(id, self._pictures[id]) for id in self.numbers if id in self._pictures]
        shown = [
            Shown(self.numbers[id], titles.get(id, id), " ".join(self.journal.notes(id)) or id, picture)
            for id, picture in pictures
        ]
        if shown:
            self._try(SHEET, lambda path: self.summary.sheet(path, shown))

    def _sum_up(self, graph: Graph) -> None:
        """Before and after, and the stages between them as layers."""
        found = stages(graph)
        files = {place: self.folder / name for place, name in self.names.items()}
        if len(found) < 2:
            return
        first, last = files[found[0].place], files[found[-1].place]
        layers = [_layer(stage, files) for stage in found]
        # Somebody may have wanted the result by just that name.
        if not (self.folder / ANIMATION).exists():
            self._try(ANIMATION, lambda path: self.summary.animation(path, first, last))
        if not (self.folder / LAYERS).exists():
            self._try(LAYERS, lambda path: self._write_layers(path, layers, last, graph.document.text()))

    def _write_layers(self, path: Path, layers: Sequence[Layer], result: Path, workflow: str) -> None:
        if left_out := self.summary.layers(path, layers, result, workflow):
            self.report.say(f"{LAYERS} is without {', '.join(left_out)}: of another shape than the result.")

    def _try(self, name: str, write: Callable[[Path], None]) -> None:
        """What sums a run up is an extra: without it, the run has not failed."""
        try:
            write(self.folder / name)
        except (StepError, OSError, MemoryError) as error:
            self.report.warn(f"{name} is left out: {error or 'there is not enough memory.'}")

    def _write_record(self, order: Order, planned: Sequence[str] | None = None) -> None:
        whole = self.journal.as_json()
        for step in whole["steps"]:
            pictures = {output: name for (id, output), name in self.names.items() if id == step["id"]}
            step["pictures"] = {o: name for o, name in pictures.items() if (self.folder / name).exists()}
        ours = [*self.names.values(), SHEET, ANIMATION, LAYERS]
        files = planned if planned is not None else [name for name in ours if (self.folder / name).exists()]
        whole |= {"file": order.name, "output": self._output, "files": files}
        whole |= {"computing": self.computing, "versions": json.loads(versions())}
        part = self.folder / f".{RECORD}.part"
        part.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(self.folder / RECORD)


def _names(graph: Graph, numbers: dict[str, str], kind: Callable[[str], Kind]) -> Iterator[tuple[Place, str]]:
    """The file of every output that is a picture: 01-photo.png, and 01-photo.alpha.png beside it."""
    for id, step in graph.steps.items():
        # Ids are free text; a file's name is not.
        plain = re.sub(r"[^\w.-]+", "_", id).encode()[:LONGEST_NAME].decode(errors="ignore")
        for index, (output, port) in enumerate(step.spec.outputs.items()):
            if ".png" in kind(port.kind).writes:
                yield (id, output), f"{numbers[id]}-{plain}{f'.{output}' if index else ''}.png"


def _small(kind: Kind, value: Any) -> bytes:
    height, width = kind.codec.extent(value) or (1, 1)
    return kind.codec.to_bytes(kind.codec.shrink(value, min(1.0, TILE / max(height, width))), ".png", None)


def _layer(stage: Stage, files: dict[Place, Path]) -> Layer:
    return Layer(stage.name, files[stage.place], tuple(files[mask] for mask in stage.masks if mask in files))


def _read_record(path: Path) -> dict[str, Any] | None:
    """The record of an earlier run; None where there is none. One that says nothing is nobody's."""
    if not path.exists():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {"file": found["file"], "photo": found["photo"], "files": list(found["files"])}
    except (OSError, ValueError, TypeError, KeyError):
        return {"file": None, "photo": None, "files": []}


def _whose(record: dict[str, Any]) -> tuple[Any, str]:
    photo = record["photo"]
    return record["file"], photo.get("file", "") if isinstance(photo, dict) else ""
