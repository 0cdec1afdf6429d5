"""Random workflows of toy nodes."""

from __future__ import annotations

from hypothesis import strategies as st

from graph.document import Box, Document
from tests.graph.toys import Value, box

SMALL = st.integers(-9, 9).map(float)


@st.composite
def documents(draw: st.DrawFn, most: int = 12) -> Document:
    """Numbers, sums and splits wired at random, without a circle; ids and order are arbitrary."""
    count = draw(st.integers(1, most))
    ids = draw(st.permutations([f"n{index}" for index in range(count)]))
    nodes: dict[str, Box] = {}
    outputs: list[str] = []
    for id in ids:
        type = draw(st.sampled_from(["number", "add", "split"])) if outputs else "number"
        source = st.sampled_from(outputs) if outputs else st.nothing()
        if type == "number":
            nodes[id] = box("number", value=draw(SMALL) / 4)
        elif type == "split":
            nodes[id] = box("split", {"value": draw(source)})
        else:
            wires = {"a": draw(source)}
            if draw(st.booleans()):
                wires["b"] = draw(source)
            nodes[id] = box("add", wires, plus=draw(SMALL))
        outputs += [f"{id}.whole", f"{id}.rest"] if type == "split" else [id]
    order = draw(st.permutations(list(nodes)))
    return Document({id: nodes[id] for id in order})


def number_of(document: Document, id: str, output: str = "value") -> float:
    """What a place must give, worked out the slow and simple way."""
    node = document.nodes[id]
    feeds = {port: number_of(document, *source) for port, source in node.inputs.items()}
    if node.type == "toy/number":
        return float(node.settings["value"])
    if node.type == "toy/add":
        return feeds["a"] + feeds.get("b", 0.0) + node.settings["plus"]
    whole = float(int(feeds["value"]))
    return whole if output == "whole" else feeds["value"] - whole


def expected(document: Document, id: str) -> dict[str, Value]:
    """All outputs of a node."""
    outputs = ("whole", "rest") if document.nodes[id].type == "toy/split" else ("value",)
    return {output: Value(number_of(document, id, output)) for output in outputs}


def downstream(document: Document, id: str) -> set[str]:
    """A node and all that depends on it."""
    found = {id}
    for _ in document.nodes:
        found |= {other for other, node in document.nodes.items() if found & {at[0] for at in node.inputs.values()}}
    return found
