"""A queue with everything that it needs, in a small world without pixels."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from graph.cache import Cache, Disk
from graph.document import Document
from graph.kinds import Kind, Kinds
from graph.places import Places
from graph.registry import Registry
from graph.session import Session
from graph.spec import read
from service.limits import Limits
from service.runs.queue import Queue
from service.runs.record import RunRecord, RunRequest
from service.runs.store import Store
from service.watch.hub import Hub
from service.watch.messages import Message, RunEnded
from tests.graph.toy_kinds import Value, ValueCodec
from tests.graph.toys import FUNCTIONS, MEGABYTE, box, flow

PATIENCE = 60.0


def kinds(codec: ValueCodec | None = None) -> Kinds:
    """Numbers alone, which can be written into text files."""
    return Kinds([Kind("value", Value, codec or ValueCodec(), writes=(".txt",))])


def registry(kinds: Kinds) -> Registry:
    """Those toys that work with numbers alone."""
    names = ("number", "add", "save", "open", "toil", "probe")
    return Registry(kinds, [read(FUNCTIONS[name], f"toy/{name}", kinds) for name in names])


class Ear(Hub):
    """A hub that also remembers what was published."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []
        self.happened = threading.Condition()

    def publish(self, message: Message) -> None:
        super().publish(message)
        with self.happened:
            self.heard.append(message)
            self.happened.notify_all()

    def of(self, type: type[Any]) -> list[Any]:
        return [message for message in self.heard if isinstance(message, type)]

    def wait_for(self, type: type[Any], test: Callable[[Any], bool] = lambda _: True) -> Any:
        """The first message of that type that passes the test, once it has come."""
        with self.happened:
            come = self.happened.wait_for(lambda: any(test(each) for each in self.of(type)), PATIENCE)
        assert come, f"no {type.__name__}"
        return next(each for each in self.of(type) if test(each))


class House:
    """Opens a queue on a folder; closed at the end of a `with`."""

    def __init__(
        self,
        folder: Path,
        limits: Limits | None = None,
        store: type[Store] = Store,
        hub: type[Ear] = Ear,
        codec: ValueCodec | None = None,
    ) -> None:
        numbers = kinds(codec)
        cache = Cache(numbers, 64 * MEGABYTE, Disk(folder / "cache", 256 * MEGABYTE, numbers))
        self.folder = folder
        self.session = Session(registry(numbers), cache, workers=2)
        self.hub = hub()
        self.store = store(folder / "runs.sqlite")
        photos = folder / "photos"
        photos.mkdir(exist_ok=True)
        places = Places((photos,), confined=True)
        self.queue = Queue(self.store, self.session, self.hub, folder / "results", limits or Limits(), places)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> Self:
        self.queue.start()
        return self

    def close(self, grace: float = PATIENCE) -> None:
        self.queue.close(grace)
        self.session.close()

    def add(self, document: Document | None = None, **request: Any) -> str:
        """A run of a workflow, a small one unless another is given; its id."""
        return self.queue.add(RunRequest((document or small()).as_json(), **request)).id

    def ended(self, id: str) -> RunRecord:
        """The run's record once it has ended."""
        self.hub.wait_for(RunEnded, lambda message: message.run.id == id)
        return self.queue.get(id)


def small() -> Document:
    return flow("sum", n=box("number", value=2.0), sum=box("add", {"a": "n"}, plus=3.0))


def titled(document: Document, title: str) -> Document:
    return dataclasses.replace(document, title=title)


class Gate:
    """A step that says when it works, and goes on when it may."""

    def __init__(self) -> None:
        self.entered, self.open = threading.Event(), threading.Event()

    def __call__(self, ctx: Any, value: Value | None) -> Value:
        self.entered.set()
        while not self.open.wait(0.005):
            ctx.check()
        return Value(1.0)


GATED = flow("p", p=box("probe", name="gate"))
