"""Live previews: while a slider moves, what changed runs on a smaller photo."""

from __future__ import annotations

from collections.abc import Mapping

from graph.check import Graph, Step, reach
from graph.keys import keys as keys_of
from graph.kinds import Kinds
from graph.plan import Plan


def shrink(plan: Plan, graph: Graph, kinds: Kinds, side: int) -> Plan:
    """The same plan with the cached inputs of what changed shrunk until their longer side is `side` pixels.

    Lengths and places among the settings scale along. Steps that mean nothing on a smaller photo
    (`scale_free=False`), and all that feeds them, run at full size. Without a cached picture to shrink
    the plan stays as it is.
    """
    small = {id: step for id, step in plan.steps.items() if id not in _full_size(plan)}
    scale = _scale(plan, small, kinds, side)
    if scale >= 1.0 or not small:
        return plan
    steps = {id: _scaled(step, scale) if id in small else step for id, step in plan.steps.items()}
    keys = dict(plan.keys)
    keys.update(_small_keys(graph, steps, small, plan.keys, scale))
    return Plan(plan.targets, steps, keys, plan.cached, plan.planned, dict.fromkeys(small, scale))


def _full_size(plan: Plan) -> set[str]:
    fixed = [id for id, step in plan.steps.items() if not step.spec.scale_free or step.spec.effect]
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


def _small_keys(
    graph: Graph, steps: Mapping[str, Step], small: Mapping[str, Step], full: Mapping[str, str], scale: float
) -> dict[str, str]:
    """Keys of the small steps: as always, but over parents that say they are shrunk."""
    part = Graph(graph.document, {id: steps[id] for id in small}, graph.network)
    outside = {
        source: f"{full[source]}@{scale!r}"
        for step in part.steps.values()
        for source, _ in step.inputs.values()
        if source not in small
    }
    return keys_of(part, parents=outside)
