"""Settings from outside: the same rules for texts and for JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.changes import assign, changes
from graph.document import Document
from graph.errors import WorkflowError
from tests.graph import toys
from tests.graph.toys import box, flow

NODES = toys.registry()
DOCUMENT = replace(
    flow("b", a=box("number"), b=box("add", {"a": "a"}), odd=box("nonesuch")),
    controls={"How much": (("a", "value"), ("b", "plus")), "Add": (("b", "bypass"),), "Gone": (("gone", "value"),)},
)


def test_a_setting_of_a_node() -> None:
    assert changes(DOCUMENT, NODES, ["a.value=3", "b.plus=4.5"]) == {("a", "value"): 3, ("b", "plus"): 4.5}
    assert assign(DOCUMENT, NODES, {"a.value": 3, "b.plus": None}) == {("a", "value"): 3, ("b", "plus"): None}


def test_a_control_sets_all_it_names() -> None:
    both = {("a", "value"): 3, ("b", "plus"): 3}
    assert changes(DOCUMENT, NODES, ["How much=3"]) == assign(DOCUMENT, NODES, {"How much": 3}) == both


def test_a_control_of_a_bypass_is_a_switch() -> None:
    assert changes(DOCUMENT, NODES, ["Add=false"]) == {("b", "bypass"): True}
    assert changes(DOCUMENT, NODES, ["b.bypass=false"]) == {("b", "bypass"): False}


@pytest.mark.parametrize("values", [{"b.bypass": "no"}, {"Add": [1]}, {"Add": None}])
def test_a_switch_is_on_or_off(values: dict[str, Any]) -> None:
    with pytest.raises(WorkflowError, match="true or false"):
        assign(DOCUMENT, NODES, values)


@pytest.mark.parametrize(
    ("text", "value"),
    [("a.value=true", True), ("a.value=x=y", "x=y"), ("a.value=", ""), ('a.value={"x": [1]}', {"x": [1]})],
)
def test_a_value_is_json_or_text(text: str, value: Any) -> None:
    assert changes(DOCUMENT, NODES, [text]) == {("a", "value"): value}


def test_the_last_word_counts() -> None:
    assert changes(DOCUMENT, NODES, ["How much=3", "a.value=4"]) == {("a", "value"): 4, ("b", "plus"): 3}


@pytest.mark.parametrize("depth", [100_000])
def test_what_is_nested_too_deeply_is_text(depth: int) -> None:
    ((_, value),) = changes(DOCUMENT, NODES, [f"a.value={'[' * depth}"]).items()
    assert isinstance(value, str)


def test_places_that_do_not_exist_are_left_to_the_check() -> None:
    assert changes(DOCUMENT, NODES, ["Gone=1", "odd.anything=1"]) == {("odd", "anything"): 1}


def test_all_that_is_wrong_is_told_at_once() -> None:
    texts = ["a.value", "How mush=1", "c.value=1", "a.valeu=1"]
    with pytest.raises(WorkflowError) as error:
        changes(DOCUMENT, NODES, texts, prefix="--set ")
    assert [str(problem) for problem in error.value.problems] == [
        "--set a.value: there is no value. Write NODE.SETTING=VALUE.",
        "--set How mush=1: there is no control 'How mush'. Did you mean 'How much'?",
        "--set c.value=1: there is no node 'c'. There is: a, b, odd.",
        "a.valeu: --set a.valeu=1: toy/number has no setting 'valeu'. Did you mean 'value'?",
    ]


@pytest.mark.parametrize("name", ["", ".", "a.", ".value", "x" * 10_000, "a.b.c", "x" * 10_000 + ".y"])
def test_a_wrong_name_is_a_short_sentence(name: str) -> None:
    with pytest.raises(WorkflowError) as error:
        assign(DOCUMENT, NODES, {name: 1})
    (problem,) = error.value.problems
    assert len(problem.message) < 300


def test_document_takes_them() -> None:
    changed: Document = DOCUMENT.with_settings(assign(DOCUMENT, NODES, {"Add": False, "a.value": 9}))
    assert changed.nodes["b"].bypass
    assert changed.nodes["a"].settings["value"] == 9
