"""Live runs of one client: while a slider moves, the latest wish wins, and none waits in a line."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

from anyio import CapacityLimiter, to_thread

from graph.check import reach
from graph.document import Document
from graph.errors import HeirloomError, Problem, StepError, WorkflowError
from graph.events import Event, RunFinished, RunPlanned
from graph.plan import PlannedStep
from graph.registry import Registry
from graph.session import Order
from service.desk import Desk
from service.pathless import without_paths
from service.refusals import Refusal
from service.runs.hearing import Hearing
from service.runs.record import RunRecord
from service.runs.wishes import order_for, text_of
from service.watch.messages import Live, LiveRefused, Message

LOG = logging.getLogger("heirloom.service")

UNEXPECTED = Problem("Something went wrong in the server.", "What it was stands where the server was started.")


class LiveRuns:
    """What one client follows.

    Responsibilities:
    - plan in a thread, one wish at a time; of those that come meanwhile only the last is kept
    - tell the client of its runs, and of their plans only what differs from the plan before
    - end each wish with one RunFinished or LiveRefused
    - leave nothing running once it is closed, whatever it was doing
    """

    def __init__(self, desk: Desk, by: str, tell: Callable[[Message], None]) -> None:
        """`by` is the client's name in the session; `tell` is called from any thread."""
        self._desk, self._by, self._tell = desk, by, tell
        self._wish: Live | None = None
        self._news = asyncio.Event()
        self._limiter = CapacityLimiter(1)
        self._stops = 0
        self._lock = threading.Lock()
        self._latest = 0
        """The number of the latest plan that the client was told."""
        self._told: dict[str, PlannedStep] = {}

    async def work(self) -> None:
        """Carry out wishes until cancelled."""
        number = 0
        while True:
            await self._news.wait()
            self._news.clear()
            wish, self._wish = self._wish, None
            if wish:
                number += 1
                # A thread that still plans when the client vanishes finds out by itself.
                await to_thread.run_sync(
                    self._begin, wish, number, self._stops, abandon_on_cancel=True, limiter=self._limiter
                )

    def ask(self, wish: Live) -> None:
        """Follow this one instead."""
        self._let_go()
        self._wish = wish
        self._news.set()

    def stop(self) -> None:
        """Follow nothing, until the next wish."""
        self._let_go()
        self._stops += 1
        self._desk.session.stop_live(self._by)

    def _let_go(self) -> None:
        if self._wish:
            self._tell(RunFinished(self._wish.run, "cancelled", 0.0))
            self._wish = None

    def _begin(self, wish: Live, number: int, stops: int) -> None:
        """Plan and start, in a thread of its own."""
        session, hear = self._desk.session, Hearing((), lambda event: self._hear(wish, number, event))
        try:
            run = session.live(self._order(wish), hear, wish.side, by=self._by)
        except (HeirloomError, Refusal) as error:
            self._tell(LiveRefused(wish.id, _problems(error)))
        except Exception:
            LOG.exception("a live run could not be planned")
            self._tell(LiveRefused(wish.id, (UNEXPECTED,)))
        else:
            if self._stops != stops:
                run.cancel()

    def _order(self, wish: Live) -> Order:
        desk, text = self._desk, text_of(wish.document, self._desk.limits)
        record = RunRecord(wish.run, "", "running", 0, 0.0, photo=wish.photo, targets=wish.targets)
        order = replace(order_for(record, text, desk.places, desk.data / "results"), name="")
        _refuse_effects(order.document, wish.targets, desk.session.registry)
        return order

    def _hear(self, wish: Live, number: int, event: Event) -> None:
        """Pass on what the engine says, but for what an outdated run says before its end."""
        event = replace(event, run=wish.run)
        with self._lock:
            if number < self._latest and not isinstance(event, RunFinished):
                return
            self._latest = max(number, self._latest)
            if isinstance(event, RunPlanned):
                event = replace(event, steps=self._news_of(event.steps))
            self._tell(event)

    def _news_of(self, steps: Iterable[PlannedStep]) -> tuple[PlannedStep, ...]:
        """Those that the client was told otherwise, or not at all."""
        steps = tuple(steps)
        news = tuple(step for step in steps if self._told.get(step.id) != step)
        self._told = {step.id: step for step in steps}
        return news


def _refuse_effects(document: Document, targets: Iterable[str] | None, registry: Registry) -> None:
    """WorkflowError if something that is wanted writes files: that is for runs of the queue."""
    nodes = document.nodes
    effects = {id for id, box in nodes.items() if (spec := registry.specs.get(box.type)) and spec.effect}
    wanted = targets if targets is not None else nodes.keys() - effects
    needed = reach(wanted, lambda id: [source for source, _ in nodes[id].inputs.values()] if id in nodes else ())
    if found := sorted(effects & needed):
        remedy = "Start a run for that, or name other targets."
        raise WorkflowError([Problem("writes files, which a live preview does not.", remedy, id) for id in found])


def _problems(error: HeirloomError | Refusal) -> tuple[Problem, ...]:
    if isinstance(error, WorkflowError | Refusal):
        found = error.problems
    else:
        found = (Problem(error.message, error.remedy) if isinstance(error, StepError) else Problem(str(error)),)
    return tuple(map(without_paths, found))
