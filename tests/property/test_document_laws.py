"""Whatever is thrown at it: a valid Graph or a WorkflowError with Problems, and never anything else."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.check import Graph, check
from graph.document import Document, parse
from graph.errors import WorkflowError
from tests.graph import toys
from tests.property.graphs import documents

REGISTRY = toys.registry()

NAMES = "version nodes type inputs settings bypass result input controls layout a b n0 value plus photo spots whole"
WORDS = st.sampled_from([*NAMES.split(), "toy/add", "toy/number", "toy/open", "toy/blur", "~nobody/x", "\0", ""])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**400), 10**400)
    | st.floats()
    | WORDS
    | st.text(st.characters(exclude_categories=()), max_size=20)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=4)
)


def outcome(text: str | bytes) -> Graph | WorkflowError:
    try:
        document = parse(text)
    except WorkflowError as error:
        return with_problems(error)
    assert parse(document.text()) == document
    try:
        graph = check(document, REGISTRY)
        graph.require(graph.targets())
    except WorkflowError as error:
        return with_problems(error)
    return graph


def with_problems(error: WorkflowError) -> WorkflowError:
    assert error.problems
    for problem in error.problems:
        assert problem.message.endswith((".", "?", "…"))
        assert len(str(problem)) < 5000
    str(error).encode()
    return error


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything inside JSON data."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(inner for name, part in items for inner in places(part, (*path, name)))]


def replaced(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.copy(data)
    changed[path[0]] = replaced(data[path[0]], path[1:], value)
    return changed


@given(VALUES)
def test_any_json(data: Any) -> None:
    outcome(json.dumps(data))
    outcome(json.dumps({"version": 1, "nodes": data}))
    outcome(json.dumps({"version": 1, "nodes": {"n0": data}}))


@given(st.binary() | st.text(st.characters(exclude_categories=())))
def test_any_text(text: str | bytes) -> None:
    outcome(text)


@given(documents(), st.data())
def test_damaged_workflows(document: Document, data: st.DataObject) -> None:
    damaged: Any = {**document.as_json(), "result": ["n0", "value"], "controls": {"More": [["n0", "value"]]}}
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(places(damaged)))
        damaged = replaced(damaged, path, data.draw(VALUES))
    outcome(json.dumps(damaged, ensure_ascii=data.draw(st.booleans())))


@given(documents(), st.data())
def test_cut_and_spliced_text(document: Document, data: st.DataObject) -> None:
    text = document.text()
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, min(len(text), start + 9)))
    outcome(text[:start] + data.draw(st.text(max_size=4)) + text[stop:])


@given(documents())
def test_valid_workflows_pass(document: Document) -> None:
    graph = outcome(document.text())
    assert isinstance(graph, Graph)
    assert graph.document == document
    position = {id: index for index, id in enumerate(graph.steps)}
    assert all(position[at[0]] < position[id] for id, step in graph.steps.items() for at in step.inputs.values())


@given(documents(), st.dictionaries(WORDS, VALUES, max_size=3))
def test_round_trip_with_a_layout(document: Document, layout: dict[str, Any]) -> None:
    whole = json.dumps({**document.as_json(), "layout": layout})
    try:
        read = parse(whole)
    except WorkflowError:
        return
    assert parse(read.text()) == read
    assert parse(read.text().encode()).text() == read.text()


@given(documents(), st.data())
def test_bypassing_anything_is_never_a_crash(document: Document, data: st.DataObject) -> None:
    off = data.draw(st.sets(st.sampled_from(sorted(document.nodes))))
    outcome(document.with_settings(dict.fromkeys([(id, "bypass") for id in off], True)).text())
