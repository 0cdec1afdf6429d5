"""What has to run, and why. Nothing is run here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from graph.cache import Cache, Result
from graph.check import Graph, Step
from graph.keys import changed_settings, noted_settings

Action = Literal["run", "cached", "unneeded", "left out"]


class PlannedStep(NamedTuple):
    """What happens to one step, and why."""

    id: str
    action: Action
    why: str
    notes: tuple[str, ...] = ()
    """What the step had to say when it ran, if it is cached."""
    key: str = ""
    """Of its result in the cache, where it is once the step has run; empty for a step that cannot."""
    fallback: str = ""
    """How it goes on without a model file that cannot be had, and why; empty where it has what it needs."""


@dataclass(frozen=True)
class Plan:
    """The outcome of planning: nothing is looked up again while it is carried out."""

    targets: tuple[str, ...]
    steps: Mapping[str, Step]
    """The steps to run, in topological order."""
    keys: Mapping[str, str]
    cached: Mapping[str, Result]
    """Results at hand that a running step or a target needs."""
    planned: tuple[PlannedStep, ...]
    shrink: Mapping[str, float] = field(default_factory=dict[str, float])
    """Steps of a live preview that work on a smaller photo, and how much smaller."""


def plan(
    graph: Graph,
    keys: Mapping[str, str],
    cache: Cache,
    targets: Iterable[str],
    *,
    also: Collection[str] = (),
    force: Collection[str] = (),
    before: Mapping[str, Any] | None = None,
) -> Plan:
    """Only what the targets need and the cache lacks. `before` is what the last run noted, for the reasons.

    Results of `also` are wanted too, but not kept. A forced step runs, and with it everything that depends on it.
    """
    wanted = tuple(dict.fromkeys([*targets, *(id for id in graph.steps if id in force)]))
    graph.require(wanted)
    forced = graph.dependent(id for id in force if id in graph.steps)
    cached, running = demand(graph, keys, cache, [*wanted, *also], forced)
    steps = {id: step for id, step in graph.steps.items() if id in running} if running else {}
    reasons = _Reasons(graph, keys, before or {}, force, forced, running)
    planned = tuple([reasons.planned(id, cached) for id in graph.steps])
    return Plan(wanted, steps, keys, cached, planned)


def demand(
    graph: Graph, keys: Mapping[str, str], cache: Cache, targets: Iterable[str], forced: Collection[str] = ()
) -> tuple[dict[str, Result], set[str]]:
    """The results at hand that the targets need, and the steps to run: a walk back from the targets."""
    cached: dict[str, Result] = {}
    running: set[str] = set()
    waiting = list(targets)
    known: set[str] = cache.known(keys[id] for id in waiting)
    asked_for_all = False
    while waiting:
        id = waiting.pop()
        if id in cached or id in running:
            continue
        key = keys[id]
        if id not in forced and key in known and (result := cache.get(key)) is not None:
            cached[id] = result
            continue
        running.add(id)
        waiting.extend(graph.network.pred[id])
        if not asked_for_all:
            known, asked_for_all = cache.known(keys.values()), True
    return cached, running


class _Reasons:
    """Says of each step why it runs, by comparing with what the last run noted."""

    def __init__(
        self,
        graph: Graph,
        keys: Mapping[str, str],
        before: Mapping[str, Any],
        force: Collection[str],
        forced: Collection[str],
        running: Collection[str],
    ) -> None:
        self.graph, self.keys, self.before = graph, keys, before
        self.force, self.forced, self.running = force, forced, running

    def planned(self, id: str, cached: Mapping[str, Result]) -> PlannedStep:
        key = self.keys.get(id, "")
        if result := cached.get(id):
            return PlannedStep(id, "cached", "cached", result.notes, key)
        if id not in self.running:
            return PlannedStep(id, "unneeded", "not needed", key=key)
        return PlannedStep(id, "run", self._why(self.graph.steps[id]), key=key)

    def _why(self, step: Step) -> str:
        if step.id in self.forced:
            return "forced" if step.id in self.force else "upstream forced"
        if step.spec.volatile:
            return "always runs"
        noted = self.before.get(step.id)
        if noted is None:
            return "new"
        if noted["key"] == self.keys[step.id]:
            return "its file was changed or removed" if step.spec.effect else "not kept"
        return self._difference(step, noted)

    def _difference(self, step: Step, noted: Mapping[str, Any]) -> str:
        if noted["type"] != step.spec.id:
            return "node type changed"
        if noted["version"] != [step.spec.version, step.spec.source]:
            return "node was updated"
        if changed := changed_settings(noted["settings"], noted_settings(step)):
            return f"setting {changed[0]} changed" if len(changed) == 1 else f"settings {', '.join(changed)} changed"
        wires = {port: list(place) for port, place in step.inputs.items()}
        if noted["inputs"] != wires:
            return "wires changed"
        if any(self._moved(source) for source, _ in step.inputs.values()):
            return "upstream changed"
        return "photo changed" if step.spec.file_settings else "destination changed"

    def _moved(self, id: str) -> bool:
        return self.before.get(id, {}).get("key") != self.keys[id]


def record(graph: Graph, plan: Plan) -> dict[str, Any]:
    """What the next plan needs to know of this one's steps to say what changed."""
    return {
        id: {
            "key": plan.keys[id],
            "type": step.spec.id,
            "version": [step.spec.version, step.spec.source],
            "settings": noted_settings(step),
            "inputs": {port: list(place) for port, place in step.inputs.items()},
        }
        for id, step in graph.steps.items()
        if id in plan.steps or id in plan.cached
    }
