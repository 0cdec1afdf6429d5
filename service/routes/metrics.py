"""Figures for Prometheus."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client import Counter as Total
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.applications import Starlette

from service.desk import Desk
from service.refusals import Refusal
from service.runs.record import ENDED, RunRecord

router = APIRouter(tags=["server"])

STARTED = time.time()

BUCKETS = (0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000)
"""Seconds: from a small photo's quick steps to a large scan through every network on a processor."""

PAGE = 100
"""Runs of the history that are read at a time."""

EXAMPLE = """\
# HELP heirloom_runs_waiting Runs in the queue.
# TYPE heirloom_runs_waiting gauge
heirloom_runs_waiting 3.0
"""


class Meter(Collector):
    """Counts the runs that ended since it was last asked, and looks at everything else."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._registry = CollectorRegistry()
        about = "Runs that ended since the start, by state."
        self._runs = Total("heirloom_runs", about, ["state"], registry=self._registry)
        about = "What runs took, from their start to their end."
        self._seconds = Histogram("heirloom_run_seconds", about, buckets=BUCKETS, registry=self._registry)
        for state in ENDED:
            self._runs.labels(state)
        self._registry.register(self)
        self._counted: dict[str, None] = {}
        self._lock = threading.Lock()

    def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        with self._lock:
            for run in self._news():
                self._count(run)
            return generate_latest(self._registry)

    def _news(self) -> list[RunRecord]:
        """Runs that have ended since the start and may not be counted yet.

        The history has them in the order in which they came, and is read until a page tells nothing new. A run that
        came long ago and ended just now is among the last that the hub heard of.
        """
        found, before = list(self._desk.hub.snapshot().ended), None
        with suppress(Refusal):  # the last run of a page was deleted meanwhile
            while True:
                page = self._desk.queue.list(ENDED, PAGE, before)
                new = [run for run in page if self._is_new(run)]
                found += new
                if not new or len(page) < PAGE:
                    break
                before = page[-1].id
        return found

    def _is_new(self, run: RunRecord) -> bool:
        return run.id not in self._counted and run.ended is not None and run.ended >= STARTED

    def _count(self, run: RunRecord) -> None:
        if not self._is_new(run):
            return
        self._counted[run.id] = None
        if len(self._counted) > 2 * self._desk.limits.kept:
            # The history has forgotten it long ago.
            del self._counted[next(iter(self._counted))]
        self._runs.labels(run.state).inc()
        if run.started is not None and run.ended is not None:
            self._seconds.observe(max(0.0, run.ended - run.started))

    def collect(self) -> Iterator[Metric]:
        """What there is at this moment."""
        desk = self._desk
        now = desk.hub.snapshot()
        yield GaugeMetricFamily("heirloom_runs_waiting", "Runs in the queue.", len(desk.queue))
        yield GaugeMetricFamily("heirloom_runs_running", "Runs under way.", len(now.running))
        yield GaugeMetricFamily("heirloom_queue_paused", "1 while the queue stands still.", float(now.paused))
        yield GaugeMetricFamily("heirloom_clients", "Websockets that watch.", desk.hub.clients)
        used = desk.session.cache.memory.used
        yield GaugeMetricFamily("heirloom_cache_memory_bytes", "Bytes of finished steps in memory.", used)
        downloads = Counter(each.state for each in desk.downloads.list())
        yield _by("state", GaugeMetricFamily, "heirloom_downloads", "Model files that were asked for.", downloads)
        yield GaugeMetricFamily("heirloom_restores_under_way", "One-shot restorations now.", desk.turns.taken)
        about = "One-shot restorations since the start, by how they ended."
        yield _by("outcome", CounterMetricFamily, "heirloom_restores", about, desk.turns.ended)


def _by(
    label: str, family: type[GaugeMetricFamily | CounterMetricFamily], name: str, about: str, counts: Counter[str]
) -> Metric:
    found = family(name, about, labels=[label])
    for value, count in counts.items():
        found.add_metric([value], count)
    return found


def _meter(app: Starlette) -> Meter:
    """The application's own: two servers in one process do not add up."""
    if not hasattr(app.state, "meter"):
        app.state.meter = Meter(app.state.desk)
    return app.state.meter


@router.get(
    "/metrics",
    summary="Read the figures",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": EXAMPLE}}}},
)
async def metrics(request: Request) -> Response:
    """Runs, queue, restorations, downloads and memory, as text for Prometheus."""
    text = await run_in_threadpool(_meter(request.app).text)
    return Response(text, media_type=CONTENT_TYPE_LATEST)
