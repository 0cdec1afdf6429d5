"""Carries out a plan: independent branches side by side, a failing step blocks only what depends on it."""

from __future__ import annotations

import logging
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph import events
from graph.cache import Cache, Result
from graph.cache.result import WrittenFile
from graph.check import Step
from graph.context import Context, Lender
from graph.errors import Cancelled, StepError
from graph.events import Event, Status
from graph.keys import sha256_of, shrunk
from graph.kinds import Kinds
from graph.plan import Plan

log = logging.getLogger("heirloom")

PROGRESS_EVERY = 0.05
"""Seconds between two progress events of one step: 20 a second is smooth enough."""


@dataclass(frozen=True)
class Surroundings:
    """What steps are given besides their inputs."""

    kinds: Kinds
    cache: Cache
    allocate: Callable[[tuple[int, ...]], Any] | None = None
    lender: Lender | None = None
    outputs: Path = Path()
    stem: str = "photo"
    workflow: str | None = None
    watch: Callable[[str, Result], None] | None = None
    """Sees every result once, before it may be let go."""


class Execution:
    """One run of one plan.

    Responsibilities:
    - hand ready steps to worker threads; a worker goes on with a step that became ready by its work
    - tell the listener everything, in order
    - let go of each value after its last consumer
    - be free at once when cancelled: what a worker still computes is kept for later, but tells nobody
    """

    def __init__(
        self,
        run: str,
        plan: Plan,
        around: Surroundings,
        listen: Callable[[Event], None],
        workers: int,
        cancelled: threading.Event,
    ) -> None:
        """`cancelled` may be set already; whoever sets it later calls `cancel` too."""
        self.run, self.plan, self.around, self.listen = run, plan, around, listen
        self.cancelled = cancelled
        self.results: dict[str, Result] = dict(plan.cached)
        self.failed: dict[str, StepError] = {}
        self._workers = workers
        self._changed = threading.Condition()
        self._finished = False
        self._crash: BaseException | None = None
        self._missing = {id: len({source for source, _ in s.inputs.values()} & plan.steps.keys())
                         for id, s in plan.steps.items()}  # fmt: skip
        self._consumers: dict[str, list[str]] = {}
        self._uses: dict[str, int] = dict.fromkeys(plan.targets, 1)
        for id, step in plan.steps.items():
            for source in {source for source, _ in step.inputs.values()}:
                self._consumers.setdefault(source, []).append(id)
                self._uses[source] = self._uses.get(source, 0) + 1
        self._left = len(plan.steps)

    def cancel(self) -> None:
        """Ask to stop; the run is free as soon as its caller wakes."""
        self.cancelled.set()
        with self._changed:
            self._changed.notify_all()

    def carry_out(self) -> Status:
        """Run everything; returns when all is done, has failed, or the run was cancelled."""
        started = time.perf_counter()
        self._tell(events.RunPlanned(self.run, self.plan.planned))
        executor = ThreadPoolExecutor(self._workers, thread_name_prefix="step")
        self._executor = executor
        try:
            self._watch_cached()
            for id in [id for id, missing in self._missing.items() if not missing]:
                executor.submit(self._work, id)
            with self._changed:
                # With a timeout, because Windows does not interrupt a wait without one for Ctrl-C.
                while not self._changed.wait_for(lambda: self._left == 0 or self.cancelled.is_set(), timeout=0.5):
                    pass
        except BaseException:
            self.cancelled.set()
            raise
        finally:
            executor.shutdown(wait=False, cancel_futures=True)
        if self._crash:
            raise self._crash
        status: Status = "failed" if self.failed else "done"
        with self._changed:
            if self._left:
                status = "cancelled"
            if trouble := self.around.cache.take_trouble():
                self._tell(events.RunWarned(self.run, trouble))
            self._tell(events.RunFinished(self.run, status, time.perf_counter() - started))
            self._finished = True
        return status

    def _tell(self, event: Event) -> None:
        """Under the lock of the run, so that all listeners see one order. After the end, silence."""
        with self._changed:
            if not self._finished:
                self.listen(event)

    def _watch_cached(self) -> None:
        for id in list(self.results):
            if self.around.watch:
                self.around.watch(id, self.results[id])
            if id not in self._uses:
                del self.results[id]

    def _work(self, id: str) -> None:
        """Run a step, then whichever became ready by it, without going back through the queue."""
        try:
            following: str | None = id
            while following is not None and not self.cancelled.is_set():
                following = self._step(following)
        except Cancelled:
            self.cancel()
        except BaseException as error:  # noqa: BLE001 - a failing listener must end the run, not hang it
            if not self.cancelled.is_set():
                self._crash = error
            self.cancel()

    def _step(self, id: str) -> str | None:
        """Run one step. Returns one that became ready by it."""
        self._tell(events.StepStarted(self.run, id))
        try:
            result = self._compute(self.plan.steps[id])
            if self.around.watch:
                self.around.watch(id, result)
        except StepError as error:
            return self._fail(id, error)
        except MemoryError:
            remedy = "Close other programs, or make the photo smaller first."
            return self._fail(id, StepError("There is not enough memory.", remedy))
        except (Exception, SystemExit) as error:
            log.debug("%s failed", id, exc_info=True)
            return self._fail(id, StepError(f"It failed unexpectedly: {type(error).__name__}: {error}", ""))
        return self._finish(id, result)

    def _compute(self, step: Step) -> Result:
        around = self.around
        context = Context(
            cancelled=self.cancelled,
            on_progress=self._progress(step.id),
            on_warning=lambda message: self._tell(events.RunWarned(self.run, f"{step.id}: {message}")),
            allocate=around.allocate,
            lender=around.lender,
            workflow=around.workflow,
            outputs=around.outputs,
            stem=around.stem,
        )
        inputs = {port: self._input(step, port) for port in step.inputs}
        arguments = (context,) if step.spec.takes_context else ()
        started = time.perf_counter()
        value = step.spec.function(*arguments, **inputs, **step.settings)
        seconds = time.perf_counter() - started
        outputs = _outputs(step, value, around.kinds)
        kinds = {name: port.kind for name, port in step.spec.outputs.items()}
        files = tuple(_written(path) for path in context.written)
        return Result(outputs, kinds, seconds, tuple(context.notes), files)

    def _input(self, step: Step, port: str) -> Any:
        source, output = step.inputs[port]
        result, kinds = self.results[source], self.around.kinds
        kind, value = result.kinds[output], result.outputs[output]
        scale = self.plan.shrink.get(step.id)
        if scale is not None and source not in self.plan.shrink:
            value = self._shrunk(source, output, scale)
        wanted = step.spec.sockets[port].kind
        return value if kind == wanted else kinds[wanted].accepts[kind](value)

    def _shrunk(self, source: str, output: str, scale: float) -> Any:
        """A full-size result, smaller, for a live preview; kept like any result."""
        result, cache = self.results[source], self.around.cache
        key = shrunk(f"{self.plan.keys[source]}.{output}", scale)
        if (small := cache.memory.get(key)) is None:
            kind = result.kinds[output]
            value = self.around.kinds[kind].codec.shrink(result.outputs[output], scale)
            small = Result({output: value}, {output: kind})
            cache.memory.put(key, small, small.size(self.around.kinds))
        return small.outputs[output]

    def _progress(self, id: str) -> Callable[[float, bytes], None]:
        due, untold = 0.0, b""

        def report(fraction: float, sketch: bytes) -> None:
            nonlocal due, untold
            untold = sketch or untold
            now = time.monotonic()
            if now >= due:
                due, shown = now + PROGRESS_EVERY, _data_url(untold)
                untold = b""
                self._tell(events.StepProgress(self.run, id, min(1.0, max(0.0, fraction)), shown))

        return report

    def _finish(self, id: str, result: Result) -> str | None:
        volatile = self.plan.steps[id].spec.volatile
        stored = not volatile and self.around.cache.put(self.plan.keys[id], result)
        with self._changed:
            self.results[id] = result
            self._tell(events.StepDone(self.run, id, result.seconds, result.notes, stored))
            if id not in self._uses:
                del self.results[id]
            ready: list[str] = []
            for consumer in self._consumers.get(id, ()):
                self._missing[consumer] -= 1
                if not self._missing[consumer] and consumer not in self.failed:
                    ready.append(consumer)
            self._end(id)
        for other in ready[1:]:
            self._submit(other)
        return ready[0] if ready else None

    def _fail(self, id: str, error: StepError) -> None:
        with self._changed:
            self.failed[id] = error
            self._tell(events.StepFailed(self.run, id, error.message, error.remedy))
            waiting = list(self._consumers.get(id, ()))
            while waiting:
                blocked = waiting.pop()
                if blocked not in self.failed:
                    self.failed[blocked] = error
                    self._tell(events.StepBlocked(self.run, blocked, id))
                    self._end(blocked)
                    waiting.extend(self._consumers.get(blocked, ()))
            self._end(id)

    def _submit(self, id: str) -> None:
        # After a cancel the executor takes nothing more, and nothing more is wanted.
        if not self.cancelled.is_set():
            self._executor.submit(self._work, id)

    def _end(self, id: str) -> None:
        """A step has ended, well or not: what only it still needed is let go."""
        for source in {source for source, _ in self.plan.steps[id].inputs.values()}:
            self._uses[source] -= 1
            if not self._uses[source]:
                self.results.pop(source, None)
        self._left -= 1
        if not self._left:
            self._changed.notify_all()


def _outputs(step: Step, value: Any, kinds: Kinds) -> dict[str, Any]:
    """What the function returned, by output name, each of the kind that was promised."""
    ports = step.spec.outputs
    if not ports:
        return {}
    several = len(ports) > 1 or hasattr(value, "_fields")
    values: dict[str, Any] = {name: getattr(value, name, None) if several else value for name in ports}
    for name, port in ports.items():
        if not isinstance(values.get(name), kinds[port.kind].type):
            found = type(values.get(name)).__name__
            raise StepError(f"{step.spec.id} promised {port.kind} as {name!r} and returned {found}.", "Mend the node.")
    return values


def _data_url(sketch: bytes) -> str:
    return f"data:image/webp;base64,{b64encode(sketch).decode()}" if sketch else ""


def _written(path: Path) -> WrittenFile:
    found = path.stat()
    return WrittenFile(str(path.resolve()), found.st_size, found.st_mtime_ns, sha256_of(path))
