"""The workflow file. What is saved is what the browser sends is what `--run` executes."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, NoReturn, cast

from graph.errors import Problem, WorkflowError, nearest
from graph.migration import VERSION, migrate

Place = tuple[str, str]
"""A node's id and the name of one of its outputs, settings or sockets."""

MOST_NODES = 100_000
DEEPEST = 100
"""Levels inside a setting or the layout: what is read can also be written again, however deep the stack is then."""

TOP_LEVEL = ("version", "title", "about", "nodes", "input", "result", "each", "controls", "layout")
LONGEST_ABOUT = 500
"""Characters of what a workflow says of itself."""
NODE_FIELDS = frozenset({"type", "inputs", "settings", "bypass", "without"})


NONE: Mapping[str, Any] = MappingProxyType({})

Without = Literal["bypass"] | Mapping[str, Any]
"""The node is left out, or works with these settings instead."""


class Box(NamedTuple):
    """A node as the file has it; whether its type, wires and settings exist is checked later.

    A tuple, because workflows of ten thousand nodes are read while somebody drags a slider.
    """

    type: str
    inputs: Mapping[str, Place] = NONE
    settings: Mapping[str, Any] = NONE
    bypass: bool = False
    without: Without | None = None
    """What happens where a model file cannot be had that the node needs; None: the workflow cannot run then."""


@dataclass(frozen=True, slots=True)
class Document:
    """A workflow of the right shape."""

    nodes: Mapping[str, Box]
    title: str = ""
    about: str = ""
    """What it does for a photo, in one or two plain sentences."""
    input: Place | None = None
    """The setting that `--input`, HTTP bytes and a dropped photo fill."""
    result: Place | None = None
    """The output that `--output` and HTTP return."""
    each: Place | None = None
    """The setting that a folder run counts up from 1 for every photo, until its node says NothingMore: one scan holds
    several prints."""
    controls: Mapping[str, tuple[Place, ...]] = field(default_factory=dict[str, tuple[Place, ...]])
    """The few settings shown to people who never open the graph."""
    layout: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def text(self) -> str:
        """The document as the JSON that is saved."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1)

    def as_json(self) -> dict[str, Any]:
        """The document as JSON-able data, without what is empty."""
        nodes = {id: _box_json(box) for id, box in self.nodes.items()}
        whole: dict[str, Any] = {"version": VERSION, "title": self.title, "about": self.about, "nodes": nodes}
        whole["input"] = self.input and list(self.input)
        whole["result"] = self.result and list(self.result)
        whole["each"] = self.each and list(self.each)
        whole["controls"] = {name: [list(place) for place in places] for name, places in self.controls.items()}
        whole["layout"] = dict(self.layout)
        return {name: part for name, part in whole.items() if part or name == "nodes"}

    def with_settings(self, changes: Mapping[Place, Any]) -> Document:
        """The document with some settings replaced; `(node, "bypass")` sets the bypass."""
        nodes = dict(self.nodes)
        for (id, name), value in changes.items():
            box = nodes[id]
            if name == "bypass":
                nodes[id] = box._replace(bypass=bool(value))
            else:
                nodes[id] = box._replace(settings={**box.settings, name: value})
        return replace(self, nodes=nodes)


def _box_json(box: Box) -> dict[str, Any]:
    whole: dict[str, Any] = {"type": box.type}
    if box.inputs:
        whole["inputs"] = {port: list(source) for port, source in box.inputs.items()}
    if box.settings:
        whole["settings"] = dict(box.settings)
    if box.bypass:
        whole["bypass"] = True
    if box.without is not None:
        whole["without"] = box.without if box.without == "bypass" else dict(box.without)
    return whole


@lru_cache(maxsize=8)
def parse(text: str | bytes) -> Document:
    """Read a workflow. WorkflowError with every Problem of its shape.

    The last few are remembered: each photo of a folder and each run of a queue brings the same text again.
    """
    data = migrate(_decode(text))
    return _Shape().document(data)


def _utf8(text: str | bytes) -> str:
    try:
        # Text is encoded only to find half characters.
        return (text.encode() if isinstance(text, str) else text).decode("utf-8-sig")
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        _refuse(f"The workflow is not UTF-8 text (position {error.start}).", "Save it as UTF-8 JSON.")


def _decode(text: str | bytes) -> dict[str, Any]:
    text = _utf8(text)
    twice: list[str] = []
    constants: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            names = [name for name, _ in pairs]
            twice.extend(sorted({name for name in names if names.count(name) > 1}))
        return made

    def finite(digits: str) -> float:
        value = float(digits)
        if math.isinf(value):
            constants.append(digits)
        return value

    try:
        data = json.loads(text, object_pairs_hook=unique, parse_constant=constants.append, parse_float=finite)
    except RecursionError:
        _refuse("The workflow is nested too deeply.", "A workflow is an object of nodes, a few levels deep.")
    except ValueError as error:
        _refuse(f"The workflow is not JSON: {_first_line(str(error))}.", "Mend it, or save it again from the editor.")
    problems = [Problem(f"{name!r} stands twice in the same object.", "Give each a name of its own.") for name in twice]
    problems += [Problem(f"{digits[:40]} is no finite number.", "Write one.") for digits in sorted(set(constants))]
    if not isinstance(data, dict):
        problems.append(Problem("The workflow is not a JSON object.", 'It starts with {"version": 1, "nodes": …}.'))
    elif "\\ud" in text.lower() and not _encodable(data):
        problems.append(Problem("The workflow holds half a Unicode character.", "Remove lone \\ud800-type escapes."))
    if problems:
        raise WorkflowError(problems)
    return cast("dict[str, Any]", data)


def _encodable(data: Any) -> bool:
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _first_line(text: str) -> str:
    return text.splitlines()[0][:200]


def _refuse(message: str, remedy: str) -> NoReturn:
    raise WorkflowError([Problem(message, remedy)])


def _too_deep(value: Any) -> bool:
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        level = [child for part in level for child in _children(part)]
    return bool(level)


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value).values()
    return cast("list[Any]", value) if isinstance(value, list) else ()


class _Shape:
    """Reads plain JSON data into a Document, gathering every Problem on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def document(self, data: dict[str, Any]) -> Document:
        for name in data:
            if name not in TOP_LEVEL:
                self._problem(f"{name!r} is not part of a workflow.", nearest(name, TOP_LEVEL))
        nodes = self._object(data.get("nodes"), "nodes")
        if len(nodes) > MOST_NODES:
            self._problem(f"The workflow has {len(nodes)} nodes; {MOST_NODES} is the limit.", "Split it.")
            nodes = {}
        title = self._text(data, "title")
        about = self._text(data, "about")
        if len(about) > LONGEST_ABOUT:
            self._problem(f"'about' has {len(about)} characters; {LONGEST_ABOUT} is the limit.", "Shorten it.")
        document = Document(
            nodes={id: self._box(id, raw) for id, raw in nodes.items()},
            title=title,
            about=about,
            input=self._place(data["input"], "input") if data.get("input") is not None else None,
            result=self._place(data["result"], "result") if data.get("result") is not None else None,
            each=self._place(data["each"], "each") if data.get("each") is not None else None,
            controls=self._controls(self._object(data.get("controls", {}), "controls")),
            layout=self._object(data.get("layout", {}), "layout"),
        )
        if _too_deep(document.layout):
            self._problem("'layout' is nested too deeply.", f"{DEEPEST} levels are enough.")
        if self.problems:
            raise WorkflowError(self.problems)
        return document

    def _problem(self, message: str, remedy: str = "", node: str | None = None, port: str | None = None) -> None:
        self.problems.append(Problem(message, remedy, node, port))

    def _text(self, data: dict[str, Any], what: str) -> str:
        text = data.get(what, "")
        if isinstance(text, str):
            return text
        self._problem(f"{what!r} is not text.", f'Write "{what}": "…".')
        return ""

    def _object(self, raw: Any, what: str, node: str | None = None) -> dict[str, Any]:
        if isinstance(raw, dict):
            return cast("dict[str, Any]", raw)
        missing = raw is None
        self._problem(f"{what!r} is {'missing' if missing else 'not an object'}.", f'Write "{what}": {{…}}.', node)
        return {}

    def _box(self, id: str, raw: Any) -> Box:
        if not isinstance(raw, dict):
            self._problem("is not an object.", 'Write {"type": "family/node", …}.', id)
            return Box("")
        fields = cast("dict[str, Any]", raw)
        if not fields.keys() <= NODE_FIELDS:
            for name in fields.keys() - NODE_FIELDS:
                self._problem(f"{name!r} is not part of a node.", nearest(name, NODE_FIELDS), id)
        if not 0 < len(id) <= 200 or not id.isprintable():
            self._problem("a node's id is 1 to 200 printable characters.", "Rename it.", id[:40] or "(empty)")
        type, bypass = fields.get("type"), fields.get("bypass", False)
        if not isinstance(type, str):
            self._problem("has no type.", 'Write "type": "family/node".', id)
        if not isinstance(bypass, bool):
            self._problem("must be true or false.", "", id, "bypass")
        wires = self._object(fields["inputs"], "inputs", id) if "inputs" in fields else NONE
        settings = self._settings(fields["settings"], "settings", id) if "settings" in fields else NONE
        without = self._without(fields["without"], id) if "without" in fields else None
        inputs = {port: place for port, source in wires.items() if (place := self._place(source, port, id))}
        return Box(str(type), inputs, settings, bypass is True, without)

    def _settings(self, raw: Any, what: str, node: str) -> dict[str, Any]:
        settings = self._object(raw, what, node)
        for name, value in settings.items():
            if isinstance(value, list | dict) and _too_deep(value):
                self._problem("is nested too deeply.", f"{DEEPEST} levels are enough.", node, name)
        return settings

    def _without(self, raw: Any, node: str) -> Without | None:
        if raw == "bypass":
            return "bypass"
        if isinstance(raw, dict) and raw:
            return self._settings(raw, "without", node)
        self._problem('is neither "bypass" nor settings.', 'Write "bypass" or {"setting": …}.', node, "without")
        return None

    def _place(self, raw: Any, port: str, node: str | None = None) -> Place | None:
        match raw:
            case [str(id), str(name)]:
                return id, name
            case _:
                pass
        self._problem("is not a place.", 'Write ["node", "name"].', node, port)
        return None

    def _controls(self, raw: dict[str, Any]) -> dict[str, tuple[Place, ...]]:
        found: dict[str, tuple[Place, ...]] = {}
        for name, places in raw.items():
            if not isinstance(places, list):
                self._problem("is not a list of places.", 'Write [["node", "setting"]].', "controls", name)
                continue
            read = [self._place(place, name, "controls") for place in cast("list[Any]", places)]
            found[name] = tuple(place for place in read if place)
        return found
