"""Which steps of a workflow are the stages of the photo itself, and what a retoucher calls them."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from graph.check import Graph, Step
from graph.document import Place

IMAGE, MASK = "image", "mask"

NAMES = {
    "files": "Original",
    "repair": "Repairs",
    "noise": "Tone",
    "detail": "Tone",
    "tone": "Tone",
    "colour": "Colour",
    "faces": "Faces",
    "background": "Background",
    "upscale": "Enlarged",
}
"""What the nodes of a family do to a photo; those of other families go by their own titles."""


class Stage(NamedTuple):
    """Neighbouring steps of one sort, seen as one."""

    name: str
    place: Place
    """Where the photo is after them."""
    masks: tuple[Place, ...]
    """Where they were told to work."""


def stages(graph: Graph) -> list[Stage]:
    """The way of the photo to the result, from the file on; none where the result is no picture."""
    found: list[Stage] = []
    for name, group in groupby(_way(graph), key=lambda at: _name(graph.steps[at[0]])):
        places = list(group)
        masks = [place for id, _ in places for place in _fed(graph.steps[id], MASK)]
        found.append(Stage(name, places[-1], tuple(dict.fromkeys(masks))))
    return found


def _way(graph: Graph) -> list[Place]:
    """Back from the result, always by the first photo that a step takes."""
    places: list[Place] = []
    place = graph.result
    while place and graph.steps[place[0]].spec.outputs[place[1]].kind == IMAGE:
        places.append(place)
        place = next(iter(_fed(graph.steps[place[0]], IMAGE)), None)
    return places[::-1]


def _fed(step: Step, kind: str) -> list[Place]:
    """What feeds the step's sockets of a kind, in the order of the sockets."""
    sockets = [name for name, socket in step.spec.sockets.items() if socket.kind == kind]
    return [step.inputs[name] for name in sockets if name in step.inputs]


def _name(step: Step) -> str:
    return NAMES.get(step.spec.id.partition("/")[0], step.spec.title)
