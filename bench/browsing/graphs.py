"""Large graphs of real nodes, laid out in a grid."""

from __future__ import annotations

from typing import Any

COLUMN, ROW = 320, 440
"""Pixels of the canvas from one node to the next: cards are 240 wide and up to 400 high."""

STEPS = ("tone/levels", "layers/blend", "noise/denoise", "layers/blend")
"""What follows the photo at the left end of each row; a blend takes the row above as its second picture."""


def grid(nodes: int, wires: int, columns: int = 20) -> dict[str, Any]:
    """A workflow of so many nodes in rows of `columns`, with so many wires: along the rows first, then across them.

    ValueError if there are not enough sockets for the wires.
    """
    types = [STEPS[number % len(STEPS)] if number % columns else "files/load" for number in range(nodes)]
    boxes: dict[str, Any] = {_id(number): {"type": type, "inputs": {}} for number, type in enumerate(types)}
    along = [(number, "base" if types[number] == "layers/blend" else "image") for number in range(nodes)]
    along = [(number, socket, number - 1) for number, socket in along if number % columns]
    across = [(number, "top", number - columns) for number in range(columns, nodes) if types[number] == "layers/blend"]
    if len(along) + len(across) < wires:
        raise ValueError(f"{len(along) + len(across)} sockets for {wires} wires")
    for number, socket, source in (along + across)[:wires]:
        boxes[_id(number)]["inputs"][socket] = [_id(source), "image"]
    layout = {_id(number): [number % columns * COLUMN, number // columns * ROW] for number in range(nodes)}
    return {"version": 1, "title": f"{nodes} nodes", "nodes": boxes, "layout": layout}


def _id(number: int) -> str:
    return f"step {number}"
