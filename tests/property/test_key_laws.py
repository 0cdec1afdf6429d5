"""Laws of keys that hold for every graph."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.check import check
from graph.document import Box, Document
from graph.keys import keys
from tests.graph import toys
from tests.property.graphs import documents, downstream, expected

REGISTRY = toys.registry()


def keys_of(document: Document) -> dict[str, str]:
    return keys(check(document, REGISTRY))


@given(documents(), st.data())
def test_names_and_order_mean_nothing(document: Document, data: st.DataObject) -> None:
    ids = list(document.nodes)
    new = dict(zip(ids, data.draw(st.permutations(ids)), strict=True))
    renamed = {
        new[id]: Box(node.type, {port: (new[at[0]], at[1]) for port, at in reversed(list(node.inputs.items()))},
                     dict(reversed(list(node.settings.items()))))
        for id, node in reversed(list(document.nodes.items()))
    }  # fmt: skip
    before, after = keys_of(document), keys_of(Document(renamed))
    assert {id: after[new[id]] for id in ids} == before


@given(documents(), st.text(max_size=9), st.dictionaries(st.text(max_size=3), st.integers()))
def test_title_and_layout_mean_nothing(document: Document, title: str, layout: dict[str, int]) -> None:
    assert keys_of(replace(document, title=title, layout=layout)) == keys_of(document)


@given(documents(), st.data())
def test_a_setting_changes_exactly_the_keys_downstream(document: Document, data: st.DataObject) -> None:
    with_settings = sorted(id for id, node in document.nodes.items() if node.settings)
    id = data.draw(st.sampled_from(with_settings))
    (name,) = document.nodes[id].settings
    before, after = keys_of(document), keys_of(document.with_settings({(id, name): 77.5}))
    assert {other for other in before if before[other] != after[other]} == downstream(document, id)


@given(documents())
def test_the_same_key_means_the_same_result(document: Document) -> None:
    found: dict[str, object] = {}
    for id, key in keys_of(document).items():
        assert found.setdefault(key, expected(document, id)) == expected(document, id)
