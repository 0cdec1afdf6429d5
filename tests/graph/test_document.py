"""The workflow file: what is read, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.document import DEEPEST, Document, parse
from graph.errors import Problem, WorkflowError
from tests.graph.toys import box, chain, flow

WHOLE = """{"version": 1, "title": "Ä small ☃", "about": "Adds up what is there.",
 "nodes": {
   "photo":  {"type": "toy/open", "settings": {"photo": "a.txt"}, "without": {"photo": "b.txt"}},
   "sum": {"type": "toy/add", "inputs": {"a": ["photo", "value"]}, "settings": {"plus": 0.5}, "bypass": true,
           "without": "bypass"}},
 "input":    ["photo", "photo"],
 "result":   ["sum", "value"],
 "each":     ["sum", "plus"],
 "controls": {"More": [["sum", "plus"]], "Off": [["sum", "bypass"]]},
 "layout":   {"photo": [0, 0], "frames": [{"title": "x"}]}}"""


def problems_of(text: str | bytes) -> list[Problem]:
    with pytest.raises(WorkflowError) as refused:
        parse(text)
    return list(refused.value.problems)


def written(**parts: Any) -> str:
    return json.dumps({"version": 1, "nodes": {}, **parts})


def test_every_part_is_read() -> None:
    document = parse(WHOLE)
    assert (document.title, document.about) == ("Ä small ☃", "Adds up what is there.")
    assert document.nodes["sum"] == box("add", {"a": "photo"}, bypass=True, plus=0.5)._replace(without="bypass")
    assert document.nodes["photo"].without == {"photo": "b.txt"}
    assert (document.input, document.result) == (("photo", "photo"), ("sum", "value"))
    assert document.each == ("sum", "plus")
    assert document.controls == {"More": (("sum", "plus"),), "Off": (("sum", "bypass"),)}
    assert document.layout["photo"] == [0, 0]


@pytest.mark.parametrize("document", [parse(WHOLE), Document({}), chain(50), flow(a=box("number", bypass=True))])
def test_what_is_written_is_read_again(document: Document) -> None:
    assert parse(document.text()) == document
    assert parse(document.text().encode()) == document


def test_a_byte_order_mark_is_skipped() -> None:
    assert parse(b"\xef\xbb\xbf" + WHOLE.encode()) == parse("\ufeff" + WHOLE) == parse(WHOLE)


def test_settings_are_replaced_without_touching_the_original() -> None:
    document = parse(WHOLE)
    changed = document.with_settings({("sum", "plus"): 2, ("sum", "bypass"): False})
    assert changed.nodes["sum"] == box("add", {"a": "photo"}, plus=2)._replace(without="bypass")
    assert document == parse(WHOLE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ("null", "not a JSON object"),
        (b"\xff\xfe{}", "not UTF-8"),
        ('{"title": "\ud800"}', "not UTF-8"),
        (written(title="\ud800"), "half a Unicode character"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        (f'{{"version": 1, "nodes": {{}}, "layout": {{"a": {"9" * 5000}}}}}', "not JSON"),
        ("{}", "does not say which version"),
        (written(version=True), "does not say which version"),
        (written(version=2), "of version 2; this program knows 1"),
        (written(version=-1), "no version -1"),
        ('{"version": 1}', "'nodes' is missing"),
        (written(nodes=[]), "'nodes' is not an object"),
        (written(title=5), "'title' is not text"),
        (written(about=["x"]), "'about' is not text"),
        (written(about="x" * 501), "'about' has 501 characters"),
        (written(noodles={}), "'noodles' is not part of a workflow"),
        (written(result="sum.value"), "is not a place"),
        (written(input=["a", "b", "c"]), "is not a place"),
        (written(each="sum.plus"), "is not a place"),
        (written(controls={"More": ["sum", "plus"]}), "is not a place"),
        (written(controls={"More": "sum"}), "is not a list of places"),
        (written(nodes={"a": []}), "is not an object"),
        (written(nodes={"a": {}}), "has no type"),
        (written(nodes={"": {"type": "x"}}), "1 to 200 printable"),
        (written(nodes={"a" * 201: {"type": "x"}}), "1 to 200 printable"),
        (written(nodes={"a\n": {"type": "x"}}), "1 to 200 printable"),
        (written(nodes={"a": {"type": "x", "bypass": 1}}), "must be true or false"),
        (written(nodes={"a": {"type": "x", "without": "nothing"}}), 'is neither "bypass" nor settings'),
        (written(nodes={"a": {"type": "x", "without": {}}}), 'is neither "bypass" nor settings'),
        (written(nodes={"a": {"type": "x", "input": {}}}), "'input' is not part of a node"),
        (written(nodes={"a": {"type": "x", "inputs": {"p": "b"}}}), "is not a place"),
        (written(nodes={"a": {"type": "x", "settings": []}}), "'settings' is not an object"),
        ('{"version": 1, "nodes": {"a": {"type": "x"}, "a": {"type": "y"}}}', "'a' stands twice"),
        ('{"version": 1, "nodes": {}, "layout": {"a": NaN}}', "NaN is no finite number"),
        ('{"version": 1, "nodes": {}, "layout": {"a": 1e999}}', "1e999 is no finite number"),
    ],
)
def test_what_is_refused(text: str | bytes, message: str) -> None:
    assert any(message in problem.message for problem in problems_of(text))


def test_all_problems_of_the_shape_come_at_once() -> None:
    text = written(title=1, results=[], nodes={"a": {"type": 1, "settings": 2}, "b": 3}, controls={"x": 4})
    found = [(problem.node, problem.port) for problem in problems_of(text)]
    assert found == [(None, None), (None, None), ("a", None), ("a", None), ("b", None), ("controls", "x")]


def test_misspelt_parts_are_told_the_nearest() -> None:
    (top,) = problems_of(written(contols={}))
    assert "'controls'" in top.remedy
    (field,) = problems_of(written(nodes={"a": {"type": "x", "setting": {}}}))
    assert "'settings'" in field.remedy


@pytest.mark.parametrize("where", ["layout", "settings"])
def test_open_parts_are_nested_a_bounded_number_of_levels(where: str) -> None:
    def workflow(levels: int) -> str:
        nested: Any = {}
        for _ in range(levels):
            nested = {"in": nested}
        return written(layout=nested) if where == "layout" else written(nodes={"a": {"type": "x", "settings": nested}})

    assert parse(parse(workflow(DEEPEST - 5)).text())
    (problem,) = problems_of(workflow(DEEPEST + 5))
    assert "nested too deeply" in problem.message


def test_too_many_nodes() -> None:
    (problem,) = problems_of(written(nodes={f"n{index}": {"type": "x"} for index in range(100_001)}))
    assert "100000 is the limit" in problem.message


def test_a_surrogate_pair_is_a_whole_character() -> None:
    assert parse(r'{"version": 1, "nodes": {}, "title": "\ud83d\ude00"}').title == "😀"


def test_an_escaped_backslash_is_no_surrogate() -> None:
    assert parse(written(title=r"\ud800")).title == r"\ud800"
