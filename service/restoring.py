"""One photo in, the restored one out: in memory alone. It knows nothing of HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from graph.cache import Cache
from graph.changes import assign, changes
from graph.check import Graph
from graph.document import Document
from graph.errors import Cancelled, Problem, StepError, WorkflowError
from graph.events import Event, RunWarned, StepDone
from graph.given import Given
from graph.places import Places
from graph.results import result_kind
from graph.session import Order, Session
from service.formats import MEDIA
from service.limits import Limits
from service.pictures import Facts, Pictures, accepted

POLL = 0.05
"""Seconds between looks at the cancel flag."""

OTHERWISE = ".png"
"""What a photo becomes whose own format can only be read: it loses nothing."""


@dataclass(frozen=True)
class Wish:
    """A photo and what shall be done with it."""

    photo: bytes
    document: Document
    texts: Sequence[str] = ()
    """Changes to the workflow, as --set takes them."""
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The same as JSON: "node.setting" or the name of a control, and its value."""


class Ready(NamedTuple):
    """A wish that was found right."""

    order: Order
    graph: Graph
    formats: tuple[str, ...]
    """The media types that the result can have, the fitting one first."""


class Restored(NamedTuple):
    """What came out."""

    data: bytes
    media_type: str
    notes: tuple[str, ...]
    """What the steps found and did, in their order."""
    seconds: float
    without: tuple[str, ...] = ()
    """The steps that went on without model files that could not be had; the notes say more."""


class Restorer:
    """Makes restorations of one server. It has a session of its own, whose cache keeps nothing.

    Its nodes, models and lender are those of the server's session.
    """

    def __init__(self, session: Session, pictures: Pictures, limits: Limits, places: Places) -> None:
        """`places` are where a workflow may find files other than the photo."""
        self.session = Session(
            session.registry,
            _Forgetful(session.cache),
            allocate=session.allocate,
            shelf=session.shelf,
            lender=session.lender,
        )
        self.pictures, self.limits, self.places = pictures, limits, places

    def prepare(self, wish: Wish) -> Ready:
        """Find all that can be known to be wrong without looking at a pixel.

        Refusal with 415 for what is no picture and 413 for one too large; WorkflowError for the workflow.
        """
        facts = accepted(Given("The photo", wish.photo), self.pictures, self.limits)
        if problem := self.limits.too_many(len(wish.document.nodes)):
            raise WorkflowError([problem])
        photo = Given(f"photo{facts.suffix}", wish.photo)
        document = self._document(wish, photo.name)
        order = Order(document, replace(self.places, given={photo.name: photo}), targets=())
        graph = self.session.graph(order)
        kind = result_kind(graph, self.session.registry.kinds)
        targets = _targets(graph)
        graph.require(targets)
        return Ready(replace(order, targets=targets), graph, _formats(facts, kind.writes))

    def carry_out(self, ready: Ready, media_type: str, cancelled: threading.Event) -> Restored:
        """Compute and encode. WorkflowError says which steps failed and why; Cancelled soon after it is asked for."""
        started = time.perf_counter()
        heard = _Heard()
        run = self.session.start(ready.order, heard.listen)
        while (outcome := run.wait(POLL)) is None:
            if cancelled.is_set():
                run.cancel()
        if outcome.status == "cancelled":
            raise Cancelled
        if outcome.status == "failed" or ready.graph.result is None:
            raise WorkflowError(_failures(outcome.failed))
        suffix = next(suffix for suffix, media in MEDIA.items() if media == media_type)
        kind = result_kind(ready.graph, self.session.registry.kinds)
        data = kind.codec.to_bytes(outcome.value(ready.graph.result), suffix, outcome.graph.document.text())
        said = (*(f"{each.step}: {each.text}" for each in outcome.fallbacks), *heard.notes(ready.graph))
        without = tuple(each.step for each in outcome.fallbacks)
        return Restored(data, media_type, said, time.perf_counter() - started, without)

    def _document(self, wish: Wish, photo: str) -> Document:
        """The workflow with its settings and the photo filled in."""
        document, registry = wish.document, self.session.registry
        filled = {**changes(document, registry, wish.texts), **assign(document, registry, wish.settings)}
        if document.input is None:
            remedy = 'Name one in the file: "input": ["node", "setting"].'
            raise WorkflowError([Problem("The workflow does not say which of its settings takes the photo.", remedy)])
        if document.input[0] in document.nodes:
            filled[document.input] = photo
        return document.with_settings(filled)


class _Heard:
    """Gathers what the steps say."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[str, ...]] = {}
        self._warned: list[str] = []

    def listen(self, event: Event) -> None:
        if isinstance(event, StepDone):
            self._said[event.step] = event.notes
        elif isinstance(event, RunWarned):
            self._warned.append(event.message)

    def notes(self, graph: Graph) -> tuple[str, ...]:
        """In the order of the steps, whichever ended first."""
        return (*(note for id in graph.steps for note in self._said.get(id, ())), *self._warned)


class _Forgetful(Cache):
    """Keeps no result, in memory or on disk. Of files it knows what the server's cache knows: models are large."""

    def __init__(self, other: Cache) -> None:
        super().__init__(other.kinds, 0)
        self._other = other

    def fingerprint(self, path: Path) -> str:
        return self._other.fingerprint(path)


def _targets(graph: Graph) -> list[str]:
    """The step that makes the result, and no effect. WorkflowError where it cannot be had without one."""
    targets = [graph.result[0]] if graph.result else []
    effects = [id for id in graph.needed(targets) if graph.steps[id].spec.effect]
    if effects:
        remedy = "Put the run into the queue instead."
        raise WorkflowError(
            [Problem("writes a file, and a restoration leaves none behind.", remedy, id) for id in effects]
        )
    return targets


def _formats(facts: Facts, writes: Sequence[str]) -> tuple[str, ...]:
    """What a result can be written as: the photo's own format first, else PNG."""
    suffixes = [suffix for suffix in (facts.suffix, OTHERWISE, *MEDIA) if suffix in MEDIA and suffix in writes]
    if not suffixes:
        problem = Problem("The result of the workflow is no picture.", "Let it end in a step that makes one.")
        raise WorkflowError([problem])
    return tuple(dict.fromkeys(MEDIA[suffix] for suffix in suffixes))


def _failures(failed: Mapping[str, StepError]) -> list[Problem]:
    """The steps that failed. Those behind them hold the same error and are left out."""
    first: dict[StepError, str] = {}
    for step, error in failed.items():
        first.setdefault(error, step)
    return [Problem(error.message, error.remedy, step) for error, step in first.items()]
