"""The same work without a server: what the machine needs for it at the least."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import server
from bench.serving.cases import with_gamma
from bench.serving.slider import SIDE
from cli.arguments import parse as arguments_of
from cli.opening import open_session
from cli.report import Report
from graph.cache import Cache
from graph.document import parse
from graph.events import Event, StepDone
from graph.given import Given
from graph.places import Places
from graph.registry import Registry
from graph.results import result_kind
from graph.session import Order, Session
from nodes.kinds.arrays import allocator


@contextmanager
def opened(folder: Path) -> Generator[Session]:
    """A session in this process, as the program opens it."""
    import nodes

    arguments = arguments_of(["--data", str(folder / "data"), "--cache-dir", str(folder / "cache")])
    models, report = server.models(arguments), Report(json=False, quiet=True)
    with open_session(arguments, Registry.collect(nodes), allocator, models.stock, models.lender, report) as session:
        yield session


def restored(session: Session, document: Mapping[str, Any], photo: bytes) -> float:
    """Seconds from a photo's bytes and a workflow's JSON to the result's bytes."""
    text, started = json.dumps(document), time.perf_counter()
    order = _order(text, photo)
    outcome = session.run(order)
    place = outcome.graph.result
    if outcome.status != "done" or place is None:
        raise RuntimeError(f"The restoration failed: {outcome.failed}")
    codec = result_kind(outcome.graph, session.registry.kinds).codec
    codec.to_bytes(outcome.value(place), ".jpg", order.document.text())
    return time.perf_counter() - started


def forgetful(session: Session, scratch: Path) -> Session:
    """A session beside it that keeps nothing, as one-shot restorations have it. Only large arrays go to `scratch`."""
    cache, allocate = Cache(session.registry.kinds, 0), allocator(scratch)
    return Session(session.registry, cache, allocate=allocate, shelf=session.shelf, lender=session.lender)


def previewed(session: Session, document: Mapping[str, Any], photo: bytes, gammas: list[float]) -> list[float]:
    """Seconds from each change of a slider to the event that its preview is there; the graph is cached before."""
    session.run(_order(json.dumps(document), photo))
    return [_preview(session, _order(json.dumps(with_gamma(document, gamma)), photo)) for gamma in gammas]


def _preview(session: Session, order: Order) -> float:
    there = threading.Event()

    def listen(event: Event) -> None:
        if isinstance(event, StepDone) and event.step == "light":
            there.set()

    started = time.perf_counter()
    run = session.live(order, listen, SIDE)
    there.wait(60)
    seconds = time.perf_counter() - started
    run.wait()
    return seconds


def _order(text: str, photo: bytes) -> Order:
    document, given = parse(text), Given("photo.jpg", photo)
    assert document.input is not None, "the workflow takes a photo"
    return Order(
        document.with_settings({document.input: given.name}), Places((), confined=True, given={given.name: given})
    )
