"""From a document to a Graph, or to all Problems at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.check import MOST_SUGGESTIONS, Graph, check
from graph.document import Box, Document
from graph.errors import Problem, WorkflowError
from graph.places import Places
from graph.registry import Registry
from tests.graph.toys import box, chain, flow


def problems_of(document: Document, registry: Registry) -> list[Problem]:
    with pytest.raises(WorkflowError) as refused:
        check(document, registry)
    return list(refused.value.problems)


def lacking(graph: Graph, *targets: str) -> list[tuple[str | None, str | None]]:
    with pytest.raises(WorkflowError) as refused:
        graph.require(targets or graph.targets())
    return [(problem.node, problem.port) for problem in refused.value.problems]


def test_steps_come_in_topological_order_with_every_setting(registry: Registry) -> None:
    document = flow(c=box("add", {"a": "b"}), b=box("add", {"a": "a"}, plus=2), a=box("number"))
    graph = check(document, registry)
    assert list(graph.steps) == ["a", "b", "c"]
    assert graph.steps["b"].settings == {"plus": 2.0}
    assert graph.steps["a"].settings == {"value": 1.0}


def test_a_kind_that_is_accepted_fits(registry: Registry) -> None:
    assert check(flow(a=box("number"), b=box("halve", {"share": "a"})), registry)


@pytest.mark.parametrize(
    ("node", "port", "message", "remedy"),
    [
        (box("ad"), None, "there is no node type 'toy/ad'", "'toy/add'"),
        (box("add", {"c": "one"}), "c", "has no input 'c'", "There is: a, b"),
        (box("add", {"a": "onne"}), "a", "is wired to 'onne', which is no node", "'one'"),
        (box("add", {"a": "one.valeu"}), "a", "has no output 'valeu'", "'value'"),
        (box("weigh", {"blob": "one"}), "blob", "takes blob, but one.value gives value", "gives blob"),
        (box("add", {"a": "saved.value"}), "a", "has no output 'value'", "toy/save has no outputs"),
        (box("add", {"a": "one"}, pluss=1), "pluss", "has no setting 'pluss'", "'plus'"),
        (box("split", {"value": "one"}, plus=1), "plus", "has no setting 'plus'", "has no settings"),
        (box("number", {"a": "one"}), "a", "has no input 'a'", "has no inputs"),
        (box("number", value=1001), "value", "must be at most 1000, not 1001", ""),
        (box("number", value=True), "value", "must be a number, not True", ""),
        (box("number", value=float("inf")), "value", "must be a finite number", ""),
        (box("number", value=10**400), "value", "must be a finite number", ""),
        (box("blob", size=1.5), "size", "must be a whole number", ""),
        (box("save", {"value": "one"}, twice=1), "twice", "must be true or false", ""),
    ],
)
def test_a_problem_names_node_and_port_and_a_remedy(
    registry: Registry, node: Box, port: str | None, message: str, remedy: str
) -> None:
    document = flow(one=box("number"), saved=box("save", {"value": "one"}), wrong=node)
    (problem,) = problems_of(document, registry)
    assert (problem.node, problem.port) == ("wrong", port)
    assert message in problem.message
    assert remedy in problem.remedy


def test_all_problems_come_at_once(registry: Registry) -> None:
    document = flow(
        "nowhere.value",
        a=box("nonesuch"),
        b=box("add", {"a": "b", "q": "x", "b": "missing"}, plus="x", minus=1),
        c=box("number", value=None),
    )
    found = {(problem.node, problem.port) for problem in problems_of(document, registry)}
    places = {("a", None), ("b", "q"), ("b", "b"), ("b", "plus"), ("b", "minus"), ("c", "value"), (None, None)}
    assert found == {*places, ("result", None)}


@pytest.mark.parametrize("length", [1, 2, 9, 50_000])
def test_a_ring_is_shown(registry: Registry, length: int) -> None:
    nodes = {f"n{index}": box("add", {"a": f"n{(index + 1) % length}"}) for index in range(length)}
    (problem,) = problems_of(Document(nodes), registry)
    assert "run in a circle: n" in problem.message
    assert len(problem.message) < 150


def test_suggestions_end_where_everything_is_wrong(registry: Registry) -> None:
    count = 4 * MOST_SUGGESTIONS
    found = problems_of(Document({f"n{i}": box("add", {"a": f"m{i}"}) for i in range(count)}), registry)
    assert len(found) == count
    assert sum(bool(problem.remedy) for problem in found) == MOST_SUGGESTIONS


@pytest.mark.parametrize(
    ("parts", "node", "remedy"),
    [
        ({"input": ("opne", "photo")}, "input", "'open'"),
        ({"input": ("open", "foto")}, "input", "'photo'"),
        ({"input": ("sum", "plus")}, "input", "setting that holds a photo"),
        ({"each": ("sun", "plus")}, "each", "'sum'"),
        ({"each": ("sum", "plus")}, "each", "whole number from 1"),
        ({"each": ("scan", "widht")}, "each", "'width'"),
        ({"result": ("sum", "vale")}, "result", "'value'"),
        ({"result": ("sun", "value")}, "result", "'sum'"),
        ({"controls": {"More": (("sum", "pluss"),)}}, "controls", "'plus'"),
        ({"controls": {"More": (("sum", "bypas"),)}}, "controls", "'bypass'"),
        ({"controls": {"More": (("sun", "plus"),)}}, "controls", "'sum'"),
    ],
)
def test_public_places_exist(registry: Registry, parts: dict[str, Any], node: str, remedy: str) -> None:
    nodes = {"open": box("open"), "sum": box("add", {"a": "open"}), "scan": box("scan")}
    (problem,) = problems_of(Document(nodes, **parts), registry)
    assert problem.node == node
    assert remedy in problem.remedy


def test_what_only_keeps_steps_from_running_waits_until_they_are_wanted(registry: Registry) -> None:
    graph = check(flow(a=box("number"), b=box("add"), c=box("open", photo="gone.txt")), registry)
    assert lacking(graph) == [("b", "a"), ("c", "photo")]
    graph.require(["a"])


def test_an_unwired_optional_socket_is_fine(registry: Registry) -> None:
    check(flow(a=box("number"), b=box("add", {"a": "a"})), registry).require(["b"])


def test_a_file_becomes_its_absolute_path(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1", encoding="utf-8")
    graph = check(flow(a=box("open", photo="a.txt")), registry, Places([tmp_path]))
    assert graph.steps["a"].settings == {"photo": str(tmp_path / "a.txt")}


@pytest.mark.parametrize("target", ["nosuch", "off"])
def test_targets_must_be_able_to_run(registry: Registry, target: str) -> None:
    document = flow(a=box("number"), off=box("add", {"a": "a"}, bypass=True))
    with pytest.raises(WorkflowError, match=target):
        check(document, registry).require([target])


class TestTargets:
    def test_result_and_effects(self, registry: Registry) -> None:
        document = flow("b", a=box("number"), b=box("add", {"a": "a"}), s=box("save", {"value": "a"}), c=box("number"))
        assert check(document, registry).targets() == ["b", "s"]

    def test_without_them_whatever_nothing_consumes(self, registry: Registry) -> None:
        document = flow(a=box("number"), b=box("add", {"a": "a"}), c=box("number"))
        assert sorted(check(document, registry).targets()) == ["b", "c"]

    def test_of_nothing(self, registry: Registry) -> None:
        assert check(Document({}), registry).targets() == []


class TestBypass:
    def test_passes_the_first_input_of_its_kind(self, registry: Registry) -> None:
        document = flow(
            "c",
            a=box("number"),
            x=box("number"),
            b=box("add", {"b": "x", "a": "a"}, bypass=True),
            c=box("add", {"a": "b"}),
        )
        graph = check(document, registry)
        assert graph.steps["c"].inputs == {"a": ("a", "value")}
        assert "b" not in graph.steps
        assert graph.needed(["c"]) == {"a", "c"}

    def test_chains(self, registry: Registry) -> None:
        document = chain(40)
        for index in range(1, 39):
            document = document.with_settings({(f"n{index}", "bypass"): True})
        assert check(document, registry).steps["last"].inputs == {"a": ("n0", "value")}

    def test_a_bypassed_result_is_what_it_passes_on(self, registry: Registry) -> None:
        document = flow("b", a=box("number"), b=box("add", {"a": "a"}, bypass=True))
        assert check(document, registry).result == ("a", "value")

    def test_of_a_source_leaves_its_consumers_without_input(self, registry: Registry) -> None:
        graph = check(flow(a=box("number", bypass=True), b=box("add", {"a": "a"})), registry)
        with pytest.raises(WorkflowError, match="'a' is bypassed and has nothing of that kind to pass on"):
            graph.require(["b"])

    def test_of_another_kind_has_nothing_to_pass_on(self, registry: Registry) -> None:
        document = flow("w", a=box("blob"), w=box("weigh", {"blob": "a.blob"}, bypass=True))
        (problem,) = problems_of(document, registry)
        assert "bypassed and has nothing to pass on" in problem.message

    def test_of_an_unwired_node_or_a_missing_file_keeps_nobody_else_from_running(self, registry: Registry) -> None:
        document = flow(a=box("number"), b=box("add", bypass=True), c=box("open", photo="gone", bypass=True))
        check(document, registry).require(["a"])

    def test_settings_are_checked_all_the_same(self, registry: Registry) -> None:
        assert len(problems_of(flow(a=box("number", value="x", bypass=True)), registry)) == 1
