"""What a workflow does without the model files that cannot be had: steps are left out, or work with other settings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from graph.check import Graph
from graph.document import Box, Document
from graph.plan import Plan, PlannedStep
from graph.supply import Unmet


class Fallback(NamedTuple):
    """A step that goes on without its model file, as its workflow says under `without`."""

    step: str
    instead: Mapping[str, Any] | None
    """The settings that it works with now; None where it is left out."""
    why: str
    """Why the file cannot be had, and how it could."""

    @property
    def text(self) -> str:
        """For whoever wonders at the result."""
        if self.instead is None:
            return f"Left out: {self.why}"
        return f"Works with {', '.join(f'{name} {value}' for name, value in self.instead.items())} instead: {self.why}"


def fall_back(document: Document, unmet: Iterable[Unmet]) -> tuple[Document, tuple[Fallback, ...]]:
    """The document without what cannot be had, as far as it says how; what it does not say stays as it is."""
    reasons: dict[str, list[str]] = {}
    for need, problems in unmet:
        reasons.setdefault(need.step, []).extend(f"{each.message} {each.remedy}".rstrip() for each in problems)
    changed = {id: box for id in reasons if (box := _without(document.nodes[id])) != document.nodes[id]}
    fallbacks = [_fallback(id, box, reasons[id]) for id, box in changed.items()]
    return replace(document, nodes={**document.nodes, **changed}), tuple(fallbacks)


def targets_without(graph: Graph, targets: Sequence[str], fallbacks: Collection[Fallback]) -> list[str]:
    """The same targets, but for steps that were left out: of these what they pass on."""
    gone = {each.step for each in fallbacks} - graph.steps.keys()
    passed = {id: [source for (step, _), (source, _) in graph.passed.items() if step == id] for id in gone}
    return list(dict.fromkeys(each for id in targets for each in passed.get(id, [id])))


def with_fallbacks(plan: Plan, fallbacks: Collection[Fallback]) -> Plan:
    """The same plan, whose word on each step that goes on without its model file says so."""
    planned = {step.id: step for step in plan.planned}
    for each in fallbacks:
        left_out = PlannedStep(each.step, "left out", "its model file is not there")
        planned[each.step] = (planned[each.step] if each.instead else left_out)._replace(fallback=each.text)
    return replace(plan, planned=tuple(planned.values())) if fallbacks else plan


def _without(box: Box) -> Box:
    match box.without:
        case None:
            return box
        case "bypass":
            return box._replace(bypass=True)
        case settings:
            return box._replace(settings={**box.settings, **settings})


def _fallback(step: str, box: Box, reasons: Iterable[str]) -> Fallback:
    instead = None if box.without is None or box.without == "bypass" else box.without
    return Fallback(step, instead, " ".join(dict.fromkeys(reasons)))
