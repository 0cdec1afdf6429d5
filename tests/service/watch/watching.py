"""Clients as the tests need them: they keep a State of their own and look closely at what comes."""

from __future__ import annotations

import itertools
import json
import queue
import threading
from base64 import b64encode
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.sync.client import ClientConnection, connect

from graph.context import Context
from graph.document import Document
from graph.events import RunFinished, RunPlanned, StepDone, StepProgress, StepStarted
from graph.plan import PlannedStep
from service.runs.record import RunRecord, RunRequest
from service.watch.messages import (
    LiveRefused,
    Message,
    MessageRefused,
    RunQueued,
    RunStarted,
    Snapshot,
    encoded,
    from_json,
)
from service.watch.state import State
from tests.graph.toys import Value, box, flow
from tests.service.conftest import Running, wait_for

SOON = 60.0

NUMBERS = itertools.count(500)


class Client:
    """Applies frames to a state; fails if a change is missing, comes twice or changes nothing."""

    def __init__(self) -> None:
        self.state = State()
        self.seq: int | None = None
        self.seen: list[Message] = []
        self.bytes = 0

    def take(self, frame: str) -> None:
        messages: list[dict[str, Any]] = json.loads(frame)
        assert isinstance(messages, list)
        assert messages, "an empty frame is a waste"
        self.bytes += len(frame)
        for data in messages:
            self.apply(data.get("seq"), from_json(data))

    def apply(self, seq: int | None, message: Message) -> None:
        if isinstance(message, Snapshot):
            assert self.seq is None, "a second snapshot"
            self.state, self.seq = State(message), seq
            return
        assert self.seq is not None, "something came before the snapshot"
        self.seen.append(message)
        if seq is not None:
            assert seq == self.seq + 1, f"{seq} after {self.seq}"
            self.seq = seq
        if not (isinstance(message, LiveRefused | MessageRefused) or _is_live(message)):
            assert self.state.apply(message), f"changed nothing: {message}"

    @property
    def view(self) -> dict[str, Any]:
        return seen(self.state.snapshot())


def _is_live(message: Message) -> bool:
    return str(getattr(message, "run", "")).startswith("live-")


def seen(snapshot: Snapshot) -> dict[str, Any]:
    """As it looks on the wire."""
    return json.loads(encoded(snapshot))


def record(id: str, priority: int = 0, **more: Any) -> RunRecord:
    return RunRecord(id, f"run {id}", more.pop("state", "queued"), priority, 1.0, **more)


def planned(*ids: str, action: Any = "run") -> tuple[PlannedStep, ...]:
    return tuple(PlannedStep(id, action, "new", key=f"{id:0>64}") for id in ids)


def life(run: str, *steps: str) -> list[Message]:
    """All that is told of a run that goes well."""
    told: list[Message] = [RunQueued(record(run)), RunStarted(run, 2.0), RunPlanned(run, planned(*steps))]
    for step in steps:
        told += [StepStarted(run, step), StepProgress(run, step, 0.5), StepDone(run, step, 0.1, (), False)]
    return [*told, RunFinished(run, "done", 1.0)]


@dataclass
class Watcher:
    """A client on a thread of the test's."""

    connection: ClientConnection
    client: Client = field(default_factory=Client)
    looked_at: int = 0

    def until(self, test: Callable[[Any], bool]) -> Any:
        """The next message that passes the test, of those that were not looked at yet."""
        while True:
            while self.looked_at < len(self.client.seen):
                message = self.client.seen[self.looked_at]
                self.looked_at += 1
                if test(message):
                    return message
            self.client.take(str(self.connection.recv(timeout=SOON)))

    def hear(self, type: type[Any], run: str | None = None) -> Any:
        return self.until(lambda m: isinstance(m, type) and run in {None, getattr(m, "run", None)})

    def live(self, id: str, document: Document, **more: Any) -> None:
        self.connection.send(json.dumps({"ask": "Live", "id": id, "document": document.as_json(), **more}))


@contextmanager
def watching(server: Running, **options: Any) -> Generator[Watcher]:
    with connect(server.url.replace("http", "ws", 1) + "ws", max_size=None, open_timeout=SOON, **options) as connection:
        watcher = Watcher(connection)
        while watcher.client.seq is None:
            watcher.client.take(str(connection.recv(timeout=SOON)))
        yield watcher


class Probe:
    """A step that says when it began, waits until it may go on or is cancelled, and says how it ended."""

    def __init__(self) -> None:
        self.began, self.go_on = threading.Event(), threading.Event()
        self.ends: list[str] = []

    def __call__(self, ctx: Context, _: Value | None) -> Value:
        self.began.set()
        end = "cancelled"
        try:
            while not self.go_on.wait(0.005):
                ctx.check()
            end = "done"
        finally:
            self.ends.append(end)
        return Value(1.0)


class Sketching:
    """A step that draws what it is given, as it comes, and goes on telling how far it is until it is given nothing."""

    def __init__(self) -> None:
        self.sketches: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def __call__(self, ctx: Context, _: Value | None) -> Value:
        while True:
            try:
                sketch = self.sketches.get(timeout=0.005)
            except queue.Empty:
                ctx.progress(0.5)
            else:
                if not sketch:
                    return Value(1.0)
                ctx.progress(0.5, sketch)


def drawn(sketch: bytes) -> str:
    """As clients get it."""
    return f"data:image/webp;base64,{b64encode(sketch).decode()}"


def sum_of(number: float) -> Document:
    return flow("sum", n=box("number", value=number), sum=box("add", {"a": "n"}, plus=1.0))


def probing(name: str = "probe") -> Document:
    """Another one each time, so that nothing of it is cached."""
    return flow("p", n=box("number", value=float(next(NUMBERS))), p=box("probe", {"value": "n"}, name=name))


def start(server: Running, document: Document) -> str:
    return server.desk.queue.add(RunRequest(document.as_json())).id


def settled(server: Running, clients: int = 0) -> None:
    """Until nobody watches and no live run is left."""
    wait_for(lambda: server.desk.hub.clients == clients and len(server.desk.session._lanes) == 0)
