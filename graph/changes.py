"""Settings changed from outside of the workflow file: by --set, by a request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from graph.document import Document, Place
from graph.errors import Problem, WorkflowError, nearest
from graph.registry import Registry
from graph.spec import BYPASS

LONGEST = 80
"""Characters of a wrong name that an error repeats."""


class Change(NamedTuple):
    """A new value for what somebody calls `name`, and how an error shows the whole."""

    name: str
    value: Any
    shown: str


def changes(document: Document, registry: Registry, texts: Sequence[str], prefix: str = "") -> dict[Place, Any]:
    """What texts such as "node.setting=value" or "Control=value" change. WorkflowError with every Problem.

    A value is read as JSON, and as text where it is none. A control's value goes to all that the control names.
    """
    wanted = [_parted(text) for text in texts]
    problems = [
        Problem(f"{prefix}{text}: there is no value.", "Write NODE.SETTING=VALUE.")
        for text, change in zip(texts, wanted, strict=True)
        if change is None
    ]
    return _placed(document, registry, [each for each in wanted if each], problems, prefix)


def assign(document: Document, registry: Registry, values: Mapping[str, Any], prefix: str = "") -> dict[Place, Any]:
    """What {"node.setting": value, "Control": value} changes. WorkflowError with every Problem."""
    wanted = [Change(name, value, name[:LONGEST]) for name, value in values.items()]
    return _placed(document, registry, wanted, [], prefix)


def _parted(text: str) -> Change | None:
    name, equals, raw = text.partition("=")
    return Change(name, _value(raw), text) if equals else None


def _placed(
    document: Document, registry: Registry, wanted: Iterable[Change], problems: list[Problem], prefix: str
) -> dict[Place, Any]:
    found: dict[Place, Any] = {}
    for change in wanted:
        name, value, shown = change
        placed: dict[Place, Any] = {}
        if name in document.controls:
            # Of a place that does not exist the workflow's own check tells.
            places = [place for place in document.controls[name] if place[0] in document.nodes]
            placed = {place: _switched(place, value) for place in places}
        elif problem := _misnamed(document, registry, change, prefix):
            problems.append(problem)
        else:
            node, _, setting = name.partition(".")
            placed = {(node, setting): value}
        if any(place[1] == BYPASS and new not in (True, False) for place, new in placed.items()):
            problems.append(Problem(f"{prefix}{shown}: it is a switch.", "Write true or false."))
        found.update(placed)
    if problems:
        raise WorkflowError(problems)
    return found


def _misnamed(document: Document, registry: Registry, change: Change, prefix: str) -> Problem | None:
    """What is wrong with the name of a single setting."""
    node, dot, setting = change.name.partition(".")
    start = f"{prefix}{change.shown}"
    if not dot:
        remedy = nearest(change.name, [*document.controls, *document.nodes]) or "Write NODE.SETTING=VALUE."
        return Problem(f"{start}: there is no control {change.name[:LONGEST]!r}.", remedy)
    if node not in document.nodes:
        return Problem(f"{start}: there is no node {node[:LONGEST]!r}.", nearest(node, document.nodes))
    type = document.nodes[node].type
    spec = registry.get(type)
    known = [*spec.settings, BYPASS] if spec else [setting]
    if setting in known:
        return None
    problem = f"{start}: {type} has no setting {setting[:LONGEST]!r}."
    return Problem(problem, nearest(setting, known), node, setting)


def _switched(place: Place, value: Any) -> Any:
    """A control that names a bypass is a switch for the step: on means not bypassed."""
    return not value if place[1] == BYPASS and isinstance(value, bool) else value


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
