"""A small world without pixels: nodes and helpers that show what the engine does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from graph.cache import Cache, Disk
from graph.context import Context
from graph.controls import Number, PhotoFile, Pixels, Points, Slider, Text, Toggle
from graph.document import Box, Document, Place
from graph.events import Event, RunPlanned, StepBlocked, StepDone, StepFailed, StepStarted
from graph.given import Given
from graph.registry import Registry
from graph.session import Order, Outcome, Session
from graph.spec import NodeSpec, node, read
from tests.graph.toy_kinds import KINDS, Blob, Share, Sheet, Value

MEGABYTE = 2**20

# Nodes


@node(title="Number")
def number(*, value: Annotated[float, Slider(-1000, 1000)] = 1.0) -> Value:
    """Give a number."""
    return Value(value)


@node(title="Add")
def add(a: Value, b: Value | None = None, *, plus: Annotated[float, Slider(-1000, 1000)] = 0.0) -> Value:
    """Add two numbers, or one and a constant."""
    return Value(a.number + (b.number if b else 0.0) + plus)


class Parts(NamedTuple):
    whole: Value
    rest: Value


@node(title="Split")
def split(value: Value) -> Parts:
    """Split a number at its decimal point."""
    whole = float(int(value.number))
    return Parts(Value(whole), Value(value.number - whole))


@node(title="Halve a share")
def halve(share: Share) -> Share:
    """Halve a share; a plain number is converted first."""
    return Share(share.percent / 2)


@node(title="Blob")
def blob(
    *, size: Annotated[int, Number(0, 2**31)] = 16, letter: Annotated[int, Number(0, 255)] = 7, wait: Wait = 0.0
) -> Blob:
    """Give many equal bytes, after a while."""
    time.sleep(wait)
    return Blob(memoryview(bytes([letter]) * size))


@node(title="Weigh")
def weigh(blob: Blob, other: Blob | None = None) -> Value:
    """Say how many bytes there are, and add the first of the first blob."""
    first = blob.data[0] if blob.data.nbytes else 0
    return Value(float(blob.data.nbytes + (other.data.nbytes if other else 0) + first))


@node(title="Dice", volatile=True)
def dice() -> Value:
    """Always run again."""
    return Value(float(time.monotonic_ns() % 6))


@node(title="Save", effect=True)
def save(ctx: Context, value: Value, *, twice: Annotated[bool, Toggle()] = False) -> None:
    """Write a number into a file."""
    ctx.outputs.mkdir(parents=True, exist_ok=True)
    path = ctx.outputs / f"{ctx.stem}.txt"
    path.write_text(f"{value.number * (2 if twice else 1)}", encoding="utf-8")
    ctx.wrote(path)


@node(title="Open", scale_free=False)
def open_file(*, photo: Annotated[str | Given, PhotoFile()] = "") -> Value:
    """Read a number from a file."""
    return Value(float(photo.data if isinstance(photo, Given) else Path(photo).read_text(encoding="utf-8")))


Wait = Annotated[float, Slider(0, 60)]
"""Seconds."""


@node(title="Toil")
def toil(value: Value | None = None, *, name: Annotated[str, Text()] = "", wait: Wait = 0.0) -> Value:
    """Leave a line in a file for every time it ran; the name is the file."""
    with Path(name).open("a", encoding="utf-8") as file:
        file.write("ran\n")
    time.sleep(wait)
    return Value((value.number if value else 0.0) + 1)


PROBES: dict[str, Callable[[Context, Value | None], Any]] = {}
"""What `toy/probe` does, by name; filled by a test, emptied after it."""


@node(title="Probe")
def probe(
    ctx: Context, value: Value | None = None, other: Value | None = None, *, name: Annotated[str, Text()] = ""
) -> Value:
    """Do what the test says."""
    return PROBES[name](ctx, value or other)


@node(title="Pair of probes")
def probe_pair(ctx: Context, *, name: Annotated[str, Text()] = "") -> Parts:
    """Do what the test says, for a node of two outputs."""
    return PROBES[name](ctx, None)


@node(title="Scan", scale_free=False)
def scan(*, width: Annotated[int, Number(1, 100_000)] = 4000) -> Sheet:
    """Give a large sheet."""
    return Sheet(width // 2, width)


@node(title="Blur")
def blur(
    sheet: Sheet,
    *,
    radius: Annotated[float, Pixels(0, 400)] = 8.0,
    spots: Annotated[list[list[float]], Points()] = [],  # noqa: B006 - an engine default, never changed
    strength: Annotated[float, Slider(0, 1)] = 0.5,
) -> Sheet:
    """Note in the diary what it was asked to do."""
    done = f"blur {radius:g} at {spots} by {strength:g} on {sheet.width}"
    return Sheet(sheet.height, sheet.width, (*sheet.diary, done))


@node(title="Grain", scale_free=False)
def grain(sheet: Sheet, *, amount: Annotated[float, Slider(0, 1)] = 0.5) -> Sheet:
    """Do something that means nothing on a smaller sheet."""
    return Sheet(sheet.height, sheet.width, (*sheet.diary, f"grain {amount:g} on {sheet.width}"))


FUNCTIONS = {
    "number": number,
    "add": add,
    "split": split,
    "halve": halve,
    "blob": blob,
    "weigh": weigh,
    "dice": dice,
    "save": save,
    "open": open_file,
    "toil": toil,
    "probe": probe,
    "probe_pair": probe_pair,
    "scan": scan,
    "blur": blur,
    "grain": grain,
}


def registry(**replaced: NodeSpec) -> Registry:
    """The toy nodes as `toy/<name>`."""
    specs = {name: read(function, f"toy/{name}", KINDS) for name, function in FUNCTIONS.items()}
    return Registry(KINDS, {**specs, **replaced}.values())


# Writing workflows


def box(type: str, wires: Mapping[str, str] | None = None, *, bypass: bool = False, **settings: Any) -> Box:
    """`box("add", {"a": "first", "b": "parts.rest"}, plus=2)`; a source without an output means `value`."""
    return Box(f"toy/{type}", {port: place(at) for port, at in (wires or {}).items()}, settings, bypass)


def place(at: str) -> Place:
    id, _, output = at.partition(".")
    return id, output or "value"


def flow(result: str | None = None, input: str | None = None, /, **nodes: Box) -> Document:
    """A document of those nodes."""
    return Document(nodes, result=place(result) if result else None, input=place(input) if input else None)


def chain(length: int, **settings: Any) -> Document:
    """A number and `length - 1` additions one after the other; the last is called `last`."""
    ids = [f"n{index}" for index in range(length - 1)] + ["last"]
    nodes = {ids[0]: box("number", **settings)}
    nodes |= {id: box("add", {"a": before}, plus=1.0) for before, id in pairwise(ids)}
    return Document(nodes, result=("last", "value"))


# Running them


@dataclass
class Diary:
    """Listens to a run and answers questions about it."""

    events: list[Event] = field(default_factory=list[Event])
    happened: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, event: Event) -> None:
        with self.happened:
            self.events.append(event)
            self.happened.notify_all()

    def of(self, *types: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, types)]

    def wait_for(self, type: type[Any], step: str) -> None:
        """Until that event of that step has come."""
        with self.happened:
            come = self.happened.wait_for(lambda: any(event.step == step for event in self.of(type)), timeout=60)
        assert come, f"no {type.__name__} of {step}"

    @property
    def ran(self) -> set[str]:
        return {event.step for event in self.of(StepStarted)}

    @property
    def ended(self) -> list[str]:
        return [event.step for event in self.of(StepDone, StepFailed, StepBlocked)]

    @property
    def why(self) -> dict[str, str]:
        """The reason of every step that the plan runs."""
        (planned,) = self.of(RunPlanned)
        return {step.id: step.why for step in planned.steps if step.action == "run"}


def carry_out(session: Session, document: Document, **order: Any) -> tuple[Outcome, Diary]:
    diary = Diary()
    return session.run(Order(document, **order), diary), diary


def open_session(folder: Path | None, *, memory: int = 64 * MEGABYTE, disk: int = 256 * MEGABYTE) -> Session:
    """A session of toys, its disk cache in that folder."""
    return Session(registry(), Cache(KINDS, memory, Disk(folder, disk, KINDS) if folder else None), workers=4)
