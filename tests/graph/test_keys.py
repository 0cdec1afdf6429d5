"""What makes a result the same result. The laws that hold for every graph are in tests/property/test_key_laws.py."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.check import check
from graph.document import Document
from graph.keys import changed_settings, keys, sha256_of, shrunk
from graph.places import Places
from graph.registry import Registry
from tests.graph import toys
from tests.graph.toys import box, flow

BASE = flow(
    a=box("number", value=1),
    p=box("split", {"value": "a"}),
    b=box("add", {"a": "p.whole", "b": "p.rest"}, plus=2),
)


def keys_of(document: Document, registry: Registry, destination: str = "", places: Places | None = None):
    return keys(check(document, registry, places), destination=destination)


@pytest.mark.parametrize(
    "document",
    [
        BASE.with_settings({("a", "value"): 1.5}),
        BASE.with_settings({("b", "plus"): 2.25}),
        BASE.with_settings({("p", "bypass"): True}).with_settings({("a", "value"): 3}),
        flow(**{**BASE.nodes, "b": box("add", {"a": "p.rest", "b": "p.whole"}, plus=2)}),
        flow(**{**BASE.nodes, "b": box("add", {"a": "p.whole", "b": "p.whole"}, plus=2)}),
        flow(**{**BASE.nodes, "b": box("add", {"a": "p.whole"}, plus=2)}),
        flow(**{**BASE.nodes, "b": box("add", {"a": "a", "b": "p.rest"}, plus=2)}),
    ],
)
def test_settings_and_wires_count(registry: Registry, document: Document) -> None:
    assert keys_of(document, registry)["b"] != keys_of(BASE, registry)["b"]


@pytest.mark.parametrize(
    "document",
    [
        replace(BASE, title="Another", layout={"a": [5, 5]}, controls={"More": (("a", "value"),)}),
        replace(BASE, result=("b", "value")),
        BASE.with_settings({("a", "value"): 1.0}),
        flow(**{**BASE.nodes, "a": box("number")}),
        flow(**BASE.nodes, unrelated=box("number", value=9)),
        flow(**dict(reversed(list(BASE.nodes.items())))),
        flow(**{**BASE.nodes, "b": box("add", {"b": "p.rest", "a": "p.whole"}, plus=2)}),
    ],
)
def test_what_only_looks_different_does_not_count(registry: Registry, document: Document) -> None:
    assert keys_of(document, registry)["b"] == keys_of(BASE, registry)["b"]


@pytest.mark.parametrize("change", [{"version": 2}, {"source": "f" * 64}, {"id": "toy/number2"}])
def test_type_version_and_source_count_also_downstream(registry: Registry, change: dict[str, object]) -> None:
    other = toys.registry(number=replace(registry["toy/number"], **change))
    document = BASE if "id" not in change else flow(**{**BASE.nodes, "a": toys.Box("toy/number2", {}, {"value": 1})})
    before, after = keys_of(BASE, registry), keys_of(document, other)
    assert all(before[id] != after[id] for id in BASE.nodes)


def test_the_same_node_twice_has_one_key(registry: Registry) -> None:
    found = keys_of(flow(a=box("number"), b=box("number"), c=box("number", value=2)), registry)
    assert found["a"] == found["b"] != found["c"]


def test_a_file_counts_by_content_not_by_name(registry: Registry, tmp_path: Path) -> None:
    def key(name: str, content: str) -> str:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return keys_of(flow(a=box("open", photo=name)), registry, places=Places([tmp_path]))["a"]

    assert key("a.txt", "1") == key("b.txt", "1") != key("a.txt", "2")


def test_an_effect_counts_its_destination(registry: Registry) -> None:
    document = flow(a=box("number"), s=box("save", {"value": "a"}))
    here, there = keys_of(document, registry, "here"), keys_of(document, registry, "there")
    assert here["a"] == there["a"]
    assert here["s"] != there["s"]


def test_a_volatile_step_never_has_the_same_key(registry: Registry) -> None:
    document = flow(d=box("dice"), b=box("add", {"a": "d"}), a=box("number"))
    first, second = keys_of(document, registry), keys_of(document, registry)
    assert first["a"] == second["a"]
    assert not {first["d"], first["b"]} & {second["d"], second["b"]}


def test_steps_that_cannot_run_have_no_key(registry: Registry) -> None:
    assert keys_of(flow(a=box("add"), b=box("add", {"a": "a"}), c=box("number")), registry).keys() == {"c"}


def test_parents_outside_the_graph(registry: Registry) -> None:
    graph = check(flow(a=box("number")), registry)
    assert keys(graph, parents={"outside": "k"})["outside"] == "k"


def test_shrunk_keys() -> None:
    found = {shrunk("a", 0.5), shrunk("a", 0.25), shrunk("b", 0.5)}
    assert len(found) == 3


def test_changed_settings() -> None:
    assert changed_settings({"a": 1, "b": 2, "gone": 3}, {"a": 1, "b": 4, "new": 5}) == ["b", "gone", "new"]


def test_sha256(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 3_000_000)
    assert sha256_of(path) == hashlib.sha256(b"x" * 3_000_000).hexdigest()


def test_settings_named_like_the_files_are_not_read_twice(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1", encoding="utf-8")
    asked: list[Path] = []

    def fingerprint(path: Path) -> str:
        asked.append(path)
        return "0"

    counting: Callable[[Path], str] = fingerprint
    keys(check(flow(a=box("open", photo="a.txt")), registry, Places([tmp_path])), counting)
    assert asked == [tmp_path / "a.txt"]
