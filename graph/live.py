"""Live previews: while a slider moves, what changed runs on a smaller photo."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graph.cache import Cache, Result
from graph.check import Graph, Step, reach
from graph.keys import keys as keys_of
from graph.kinds import Kinds
from graph.plan import Plan, PlannedStep, demand
from graph.spec import NodeSpec


def shrink(plan: Plan, graph: Graph, cache: Cache, side: int) -> Plan:
    """The same plan with the cached inputs of what changed shrunk until their longer side is `side` pixels.

    Lengths and places among the settings scale along. Steps that mean nothing on a smaller photo (`scale_free=False`,
    a file among their settings, effects), and all that feeds them, run at full size. Without a cached picture to shrink
    the plan stays as it is. Small results are kept and found again like any others.
    """
    fixed = _full_size(plan)
    small = {id: step for id, step in plan.steps.items() if id not in fixed}
    scale = _scale(plan, small, cache.kinds, side)
    if scale >= 1.0 or not small:
        return plan
    steps = {**graph.steps, **{id: _scaled(step, scale) for id, step in small.items()}}
    keys = {**plan.keys, **_small_keys(graph, {id: steps[id] for id in small}, plan.keys, scale)}
    cached, running = demand(graph, keys, cache, plan.targets)
    return Plan(
        plan.targets,
        {id: steps[id] for id in plan.steps if id in running},
        keys,
        cached,
        tuple([_planned(step, keys.get(step.id, ""), cached, running) for step in plan.planned]),
        dict.fromkeys(small, scale),
    )


def _planned(step: PlannedStep, key: str, cached: Mapping[str, Result], running: Collection[str]) -> PlannedStep:
    """The plan's word on a step, now that smaller results were looked up."""
    if result := cached.get(step.id):
        return PlannedStep(step.id, "cached", "cached", result.notes, key)
    return step._replace(key=key) if step.id in running else PlannedStep(step.id, "unneeded", "not needed", key=key)


def _full_size(plan: Plan) -> set[str]:
    def is_fixed(spec: NodeSpec) -> bool:
        return not spec.scale_free or spec.effect or bool(spec.file_settings)

    fixed = [id for id, step in plan.steps.items() if is_fixed(step.spec)]
    return reach(fixed, lambda id: [source for source, _ in plan.steps[id].inputs.values() if source in plan.steps])


def _scale(plan: Plan, small: Mapping[str, Step], kinds: Kinds, side: int) -> float:
    longest = 0
    for step in small.values():
        for source, output in step.inputs.values():
            if result := plan.cached.get(source):
                extent = kinds[result.kinds[output]].codec.extent(result.outputs[output])
                longest = max(longest, *(extent or (0, 0)))
    return side / longest if longest else 1.0


def _scaled(step: Step, scale: float) -> Step:
    settings = {name: step.spec.settings[name].control.scaled(value, scale) for name, value in step.settings.items()}
    return step._replace(settings=settings)


def _small_keys(graph: Graph, small: Mapping[str, Step], full: Mapping[str, str], scale: float) -> dict[str, str]:
    """Keys of the small steps: as always, but over parents that say they are shrunk."""
    outside = {
        source: f"{full[source]}@{scale!r}"
        for step in small.values()
        for source, _ in step.inputs.values()
        if source not in small
    }
    found = keys_of(Graph(graph.document, small, graph.network), parents=outside)
    return {id: found[id] for id in small}
