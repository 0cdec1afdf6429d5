"""Runs workflows: the command line's, the queue's, and the editor's live ones. There is no second engine."""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from graph.cache import Cache, Result
from graph.check import Graph, check
from graph.context import Lender
from graph.document import Document
from graph.errors import Cancelled, Problem, WorkflowError
from graph.events import Event, Fetching, RunFinished, Status
from graph.execute import Execution, Surroundings
from graph.fallback import Fallback, fall_back, targets_without, with_fallbacks
from graph.keys import Fingerprint, keys
from graph.lanes import Lanes
from graph.live import shrink
from graph.places import Places
from graph.plan import Plan, plan, record
from graph.registry import Registry
from graph.results import number_of, numbered
from graph.run import Outcome, Run
from graph.shelf import Shelf
from graph.supply import Unmet, barred, needs, refuse, supply

Listener = Callable[[Event], None]

LEAST_WORKERS = 4
"""Threads even on a small machine: steps also wait for files and devices."""

LIVE_SIDE = 1024
"""Pixels of the longer side of a live preview."""

LAST_WAIT = 5.0
"""Seconds that closing waits for live runs that it cancelled: between two tiles they stop within one."""


@dataclass(frozen=True)
class Order:
    """One wish to run a workflow."""

    document: Document
    places: Places = field(default_factory=Places)
    targets: Sequence[str] | None = None
    """Steps whose results are wanted; None means the document's result and its effects."""
    force: Sequence[str] = ()
    outputs: Path = Path("output")
    stem: str = ""
    """What the files of this run are called; empty for the name of the photo."""
    name: str = ""
    """What this workflow is known by from run to run, so that the plan can say what changed."""
    watch: Callable[[str, Result], None] | None = None
    """Called with the result of every needed step, cached ones too, before it is let go."""
    download: bool = True
    """Whether model files that are not there may be fetched."""


class Job(NamedTuple):
    """An order that was found right, and what it takes."""

    order: Order
    graph: Graph
    plan: Plan
    fallbacks: tuple[Fallback, ...] = ()
    """The steps that go on without their model files; order, graph and plan have them as they are then."""


class Session:
    """Holds what outlives a run: the nodes, the cache, the models.

    Responsibilities:
    - check and plan an order; WorkflowError before anything runs
    - fetch the model files that the plan needs, and run it: here (`run`) or in a thread (`start`)
    - live runs: the latest wins, earlier ones are cancelled
    """

    def __init__(
        self,
        registry: Registry,
        cache: Cache,
        *,
        allocate: Callable[[tuple[int, ...]], Any] | None = None,
        shelf: Shelf | None = None,
        lender: Lender | None = None,
        workers: int | None = None,
    ) -> None:
        self.registry, self.cache, self.shelf, self.lender = registry, cache, shelf, lender
        self.allocate = allocate
        self._workers = workers or max(LEAST_WORKERS, os.cpu_count() or 1)
        self._lanes = Lanes()

    def graph(self, order: Order) -> Graph:
        """The order's document, checked, with all its targets able to run."""
        graph = check(order.document, self.registry, order.places, self.shelf)
        graph.require(order.targets if order.targets is not None else graph.targets())
        return graph

    def plan(self, order: Order, graph: Graph | None = None) -> Plan:
        """What would run, and why."""
        graph = graph or self.graph(order)
        targets = order.targets if order.targets is not None else graph.targets()
        destination = f"{order.outputs.absolute()}\n{order.stem or _stem(graph)}"
        found = keys(graph, self._fingerprints(order), destination, shelf=self.shelf)
        also = graph.needed(targets) if order.watch else ()
        return plan(graph, found, self.cache, targets, also=also, force=order.force, before=self._before(order))

    def settle(self, order: Order) -> Job:
        """The order, planned, without the model files of which it is known that they cannot be had, where it says how.

        What it does not say how to do without, the plan still needs.
        """
        return self._settled(order, self.graph(order))

    def fetch(self, order: Order, listen: Listener = lambda _: None) -> Job:
        """Bring the model files here that the order needs. WorkflowError with all that it cannot do without."""
        return self._supplied(self._accepted(order), uuid.uuid4().hex, listen, threading.Event())

    def run(self, order: Order, listen: Listener = lambda _: None, id: str | None = None) -> Outcome:
        """Carry out an order and return when it has ended. Interrupting the caller cancels the run.

        `id` is what its events call it; one is made up if there is none.
        """
        return self._carry_out(Run(id), self._accepted(order), listen)

    def start(self, order: Order, listen: Listener = lambda _: None, id: str | None = None) -> Run:
        """Carry out an order in a thread of its own, fetching included. WorkflowError is raised here, before it starts.

        Only a file that proves not to be had is told later, by `Run.wait`.
        """
        job = self._accepted(order)
        return Run(id).start(lambda run: self._carry_out(run, job, listen))

    def live(self, order: Order, listen: Listener = lambda _: None, side: int = LIVE_SIDE, by: str = "") -> Run:
        """Follow a slider: the earlier live run of the same `by` is cancelled, what changed runs on a smaller photo.

        Effects are left out unless they are asked for as targets, and nothing is fetched.
        """
        with self._lanes.turn(by) as number:
            job = self._small(order, side)
            run = Run()
            self._lanes.begin(by, number, run)
            return run.start(lambda run: self._follow(run, job, listen, by))

    def stop_live(self, by: str) -> None:
        """Cancel the live run of `by`, if there is one."""
        self._lanes.stop(by)

    def close(self) -> None:
        """Cancel live runs and wait for them a moment. Write down what the cache knows."""
        until = time.monotonic() + LAST_WAIT
        for run in self._lanes.close():
            run.over(max(0.0, until - time.monotonic()))
        self.cache.close()

    def _small(self, order: Order, side: int) -> Job:
        graph = check(order.document, self.registry, order.places, self.shelf)
        if order.targets is None:
            shown = [id for id in graph.targets() if not graph.steps[id].spec.effect]
            order = replace(order, targets=shown)
        job = self._settled(replace(order, download=False), graph)
        small = shrink(job.plan, job.graph, self.cache, side)
        job = job._replace(plan=with_fallbacks(small, job.fallbacks))
        refuse(self._barred(job))
        return job

    def _follow(self, run: Run, job: Job, listen: Listener, by: str) -> Outcome:
        try:
            return self._execute(run, job, listen)
        finally:
            self._lanes.ended(by, run)

    def _before(self, order: Order) -> Mapping[str, Any]:
        return self.cache.last_run(order.name) if order.name else {}

    def _fingerprints(self, order: Order) -> Fingerprint:
        def fingerprint(path: Path) -> str:
            try:
                return self.cache.fingerprint(path)
            except OSError as error:
                called = path.name if order.places.confined else path
                problem = Problem(f"{called} cannot be read: {error.strerror}.", "Check the file and its permissions.")
                raise WorkflowError([problem]) from error

        return fingerprint

    def _accepted(self, order: Order) -> Job:
        """The order, planned. WorkflowError for all that is known to be wrong before anything is fetched."""
        job = self.settle(order)
        refuse(self._barred(job))
        return job

    def _settled(self, order: Order, graph: Graph) -> Job:
        job = Job(order, graph, self.plan(order, graph))
        while without := self._without(job, self._barred(job)):
            job = without
        return job

    def _barred(self, job: Job) -> list[Unmet]:
        """What the plan needs and may not fetch."""
        if not self.shelf:
            return []
        return barred(needs(job.plan.steps.values(), self.shelf), self.shelf, download=job.order.download)

    def _without(self, job: Job, unmet: list[Unmet]) -> Job | None:
        """The job without what cannot be had; None where none of its steps can do without."""
        document, fallbacks = fall_back(job.order.document, unmet)
        if not fallbacks:
            return None
        order, known = replace(job.order, document=document), (*job.fallbacks, *fallbacks)
        graph = check(document, self.registry, order.places, self.shelf)
        if order.targets is not None:
            order = replace(order, targets=targets_without(graph, order.targets, known))
        graph.require(order.targets if order.targets is not None else graph.targets())
        return Job(order, graph, with_fallbacks(self.plan(order, graph), known), known)

    def _carry_out(self, run: Run, job: Job, listen: Listener) -> Outcome:
        """Fetch what is missing, then compute."""
        started = time.perf_counter()

        def end(status: Status) -> None:
            listen(RunFinished(run.id, status, time.perf_counter() - started))

        try:
            job = self._supplied(job, run.id, listen, run.cancelled)
        except Cancelled:
            end("cancelled")
            return Outcome("cancelled", job.graph, job.plan.keys, {}, {})
        except WorkflowError:
            end("failed")
            raise
        return self._execute(run, job, listen)

    def _supplied(self, job: Job, run: str, listen: Listener, cancelled: threading.Event) -> Job:
        """The job with what it lacked fetched. WorkflowError with all that did not come and that it needs."""

        def told(name: str, done: int, total: int | None) -> None:
            listen(Fetching(run, name, done, total))

        while self.shelf and (missing := needs(job.plan.steps.values(), self.shelf)):
            unmet = supply(missing, self.shelf, told, cancelled)
            if not unmet:
                # What was fetched decides the keys of the steps that use it.
                return job._replace(plan=with_fallbacks(self.plan(job.order, job.graph), job.fallbacks))
            job = self._without(job, unmet) or job
            # Where one step is left out, another that only fed it needs its file no more.
            left = needs(job.plan.steps.values(), self.shelf)
            refuse(each for each in unmet if each.need in left)
        return job

    def _execute(self, run: Run, job: Job, listen: Listener) -> Outcome:
        order, graph, plan, fallbacks = job
        around = Surroundings(
            kinds=self.registry.kinds,
            cache=self.cache,
            allocate=self.allocate,
            lender=self.lender,
            outputs=order.outputs,
            stem=order.stem or _stem(graph),
            workflow=order.document.text() if any(step.spec.effect for step in plan.steps.values()) else None,
            watch=order.watch,
        )
        execution = Execution(run.id, plan, around, listen, self._workers, run.cancelled)
        status = run.carry_out(execution)
        if order.name and plan.steps and status == "done" and not plan.shrink:
            before = {id: step for id, step in self._before(order).items() if id in graph.document.nodes}
            self.cache.note_run(order.name, {**before, **record(graph, plan)})
        reached = {id: execution.results[id] for id in plan.targets if id in execution.results}
        return Outcome(status, graph, plan.keys, reached, execution.failed, fallbacks)


def _stem(graph: Graph) -> str:
    """The name of the photo that the document calls its input, without suffix, and which one on the photo it is."""
    place = graph.document.input
    step = graph.steps.get(place[0]) if place else None
    path = step.settings.get(place[1]) if step and place else None
    return numbered(Path(str(path)).stem if path else "photo", number_of(graph))
