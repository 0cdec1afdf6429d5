"""From a document to a Graph that can run, or to all Problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

import networkx as nx

from graph.controls import Weights
from graph.document import Box, Document, Place, Without
from graph.errors import Problem, WorkflowError, nearest
from graph.given import Given
from graph.places import Places
from graph.registry import Registry
from graph.shelf import Shelf
from graph.spec import BYPASS, NodeSpec, Setting

MOST_SUGGESTIONS = 50
"""Finding the nearest right name looks at all of them: a file in which everything is wrong must not take minutes."""


class Step(NamedTuple):
    """A node that can run: every setting valid and present, every wire leading to a real output."""

    id: str
    spec: NodeSpec
    settings: Mapping[str, Any]
    """Canonical values; a file is its absolute path, or a Given."""
    inputs: Mapping[str, Place]
    """Socket to the step and output that feed it, bypassed nodes already left out."""

    def models(self) -> dict[str, str]:
        """The settings that name a model file, and the names; a choice that needs no file is not among them."""
        controls = self.spec.weight_settings
        return {name: self.settings[name] for name in controls if self.settings[name] not in controls[name].free}


@dataclass(frozen=True, slots=True)
class Graph:
    """A checked workflow."""

    document: Document
    steps: Mapping[str, Step]
    """In topological order; bypassed nodes are not among them."""
    network: nx.DiGraph[str]
    """An edge from each step to each that consumes it."""
    passed: Mapping[Place, Place] = field(default_factory=dict[Place, Place])
    """Outputs of bypassed nodes, and the outputs that they pass on."""
    lacking: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict[str, tuple[Problem, ...]])
    """What keeps single steps from running: an unwired socket, a missing file."""

    @property
    def result(self) -> Place | None:
        """The output that the document calls its result, seen past bypassed nodes."""
        place = self.document.result
        return self.passed.get(place, place) if place else None

    def targets(self) -> list[str]:
        """What a run wants when nobody says: the result and the effects, or else whatever nothing consumes."""
        wanted = [self.result[0]] if self.result else []
        wanted += [id for id, step in self.steps.items() if step.spec.effect and id not in wanted]
        return wanted or [id for id in self.steps if not self.network.succ[id]]

    def needed(self, targets: Iterable[str]) -> set[str]:
        """The targets and all they depend on."""
        return reach(targets, self.network.pred.__getitem__)

    def dependent(self, ids: Iterable[str]) -> set[str]:
        """The steps named and all that depend on them."""
        return reach(ids, self.network.succ.__getitem__)

    def require(self, targets: Iterable[str]) -> None:
        """WorkflowError with all that keeps these targets from running."""
        wanted = list(targets)
        if unknown := [id for id in wanted if id not in self.steps]:
            raise WorkflowError([self._no_target(id) for id in unknown])
        if self.lacking:
            needed = self.needed(wanted)
            if problems := [problem for id in self.steps if id in needed for problem in self.lacking.get(id, ())]:
                raise WorkflowError(problems)

    def _no_target(self, id: str) -> Problem:
        if id in self.document.nodes:
            return Problem("is bypassed and cannot be run.", "Switch it on, or name another.", id)
        return Problem(f"there is no node {id!r} to run.", nearest(id, self.steps))


def reach(start: Iterable[str], onward: Callable[[str], Iterable[str]]) -> set[str]:
    """All that can be come to from `start`. Without recursion, and linear however many start."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting.extend(onward(id))
    return found


def check(document: Document, registry: Registry, places: Places | None = None, shelf: Shelf | None = None) -> Graph:
    """The document as a Graph. WorkflowError with every Problem found.

    Without a shelf the names of models are taken as they are.
    """
    return _Check(document, registry, places or Places(), shelf).graph()


def _network(wires: Mapping[str, Mapping[str, Place]]) -> nx.DiGraph[str]:
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(wires)
    network.add_edges_from([(source, id) for id, inputs in wires.items() for source, _ in inputs.values()])
    return network


class _Check:
    """Walks the document once and gathers what is wrong with it."""

    def __init__(self, document: Document, registry: Registry, places: Places, shelf: Shelf | None) -> None:
        self.document, self.registry, self.places, self.shelf = document, registry, places, shelf
        self.specs = registry.specs
        self.problems: list[Problem] = []
        self.lacking: dict[str, list[Problem]] = {}
        self.passed: dict[Place, Place] = {}
        self.unpassable: set[Place] = set()

    def graph(self) -> Graph:
        nodes = self.document.nodes
        known = {id: spec for id, box in nodes.items() if (spec := self.specs.get(box.type) or self._unknown(id, box))}
        wires = {id: self._wires(id, nodes[id], spec, known) for id, spec in known.items()}
        network = _network(wires)
        steps: dict[str, Step] = {}
        for id in self._order(network):
            box, spec = nodes[id], known[id]
            settings, inputs = self._settings(id, box, spec), wires[id]
            if self.passed or self.unpassable:
                inputs = self._resolved(id, inputs)
            if box.bypass:
                self._pass_on(id, spec, inputs)
                continue
            steps[id] = Step(id, spec, settings, inputs)
            if len(inputs) < len(spec.sockets):
                self._require_sockets(id, spec, inputs)
        self._public(known)
        if self.problems:
            raise WorkflowError(self.problems)
        if len(steps) < len(nodes):
            network = _network({id: step.inputs for id, step in steps.items()})
        lacking = {id: tuple(problems) for id, problems in self.lacking.items()}
        return Graph(self.document, steps, network, self.passed, lacking)

    def _problem(self, message: str, remedy: str, node: str | None, port: str | None = None) -> None:
        self.problems.append(Problem(message, remedy, node, port))

    def _nearest(self, wrong: str, right: Iterable[str]) -> str:
        return nearest(wrong, right) if len(self.problems) < MOST_SUGGESTIONS else ""

    def _unknown(self, id: str, box: Box) -> None:
        self._problem(f"there is no node type {box.type[:80]!r}.", self._nearest(box.type, self.specs), id)

    def _wires(self, id: str, box: Box, spec: NodeSpec, known: Mapping[str, NodeSpec]) -> Mapping[str, Place]:
        """The wires that fit; what is wrong with the others becomes a Problem."""
        fitting = self.registry.kinds.table
        wrong: list[str] = []
        for port, (source, output) in box.inputs.items():
            socket, feeding = spec.sockets.get(port), known.get(source)
            found = feeding.outputs.get(output) if feeding else None
            if not (socket and found and (found.kind, socket.kind) in fitting):
                self._misfit(id, spec, port, (source, output), known)
                wrong.append(port)
        return {port: at for port, at in box.inputs.items() if port not in wrong} if wrong else box.inputs

    def _misfit(self, id: str, spec: NodeSpec, port: str, place: Place, known: Mapping[str, NodeSpec]) -> None:
        source, output = place
        socket, feeding = spec.sockets.get(port), known.get(source)
        if socket is None:
            remedy = self._nearest(port, spec.sockets) or f"{spec.id} has no inputs."
            self._problem(f"{spec.id} has no input {port!r}.", remedy, id, port)
        elif source not in self.document.nodes:
            remedy = self._nearest(source, self.document.nodes)
            self._problem(f"is wired to {source!r}, which is no node.", remedy, id, port)
        elif feeding and output not in feeding.outputs:
            remedy = self._nearest(output, feeding.outputs) or f"{feeding.id} has no outputs."
            self._problem(f"{source!r} has no output {output!r}.", remedy, id, port)
        elif feeding:
            message = f"takes {socket.kind}, but {source}.{output} gives {feeding.outputs[output].kind}."
            self._problem(message, f"Wire an output that gives {socket.kind}.", id, port)

    def _order(self, network: nx.DiGraph[str]) -> list[str]:
        try:
            return list(nx.topological_sort(network))
        except nx.NetworkXUnfeasible:
            edges = cast("list[tuple[str, str]]", nx.find_cycle(network))  # pyright: ignore[reportUnknownMemberType] - networkx's stub
            ring = [edge[0] for edge in edges]
            shown = " → ".join([*ring[:8], *(["…"] if len(ring) > 8 else []), ring[0]])
            self._problem(f"The wires run in a circle: {shown}.", "Remove one of them.", None)
            return list(network)  # whatever else is wrong is still to be found

    def _settings(self, id: str, box: Box, spec: NodeSpec) -> Mapping[str, Any]:
        if box.without is not None:
            self._without(id, box.without, spec)
        if not box.settings and not spec.file_settings:
            return spec.defaults
        values = {**spec.defaults, **self._values(id, box.settings, spec)}
        if not box.bypass:
            for name in spec.file_settings:
                values[name] = self._file(id, name, values[name])
        return values

    def _values(self, id: str, settings: Mapping[str, Any], spec: NodeSpec) -> dict[str, Any]:
        """The settings that exist; what is wrong with one becomes a Problem and its default."""
        values: dict[str, Any] = {}
        for name, raw in settings.items():
            setting = spec.settings.get(name)
            if setting is None:
                remedy = self._nearest(name, spec.settings) or f"{spec.id} has no settings."
                self._problem(f"{spec.id} has no setting {name!r}.", remedy, id, name)
            elif not (setting.control.file_backed and raw == ""):
                values[name] = self._valid(id, setting, raw)
                if name in spec.weight_settings:
                    self._known(id, name, values[name], spec.weight_settings[name])
        return values

    def _without(self, id: str, without: Without, spec: NodeSpec) -> None:
        """What a node does without its model file is right, too, long before that file cannot be had."""
        if not spec.weight_settings:
            self._problem(f"{spec.id} needs no model file.", 'Remove "without".', id, "without")
        elif without != "bypass":
            self._values(id, without, spec)

    def _valid(self, id: str, setting: Setting, raw: Any) -> Any:
        try:
            return setting.validate(raw)
        except (ValueError, RecursionError) as error:
            message = "is nested too deeply." if isinstance(error, RecursionError) else str(error)
            self._problem(message, "", id, setting.name)
            return setting.default

    def _known(self, id: str, setting: str, model: str, control: Weights) -> None:
        if model not in control.free and self.shelf and not self.shelf.knows(control.task, model):
            there = [*control.free, *self.shelf.names(control.task)]
            message = self.shelf.unfit(model) or f"there is no model {model!r} for this."
            self._problem(message, self._nearest(model, there), id, setting)

    def _file(self, id: str, name: str, value: Any) -> Any:
        if value == "":
            self._lacks(id, "names no photo.", "Choose one.", name)
            return value
        try:
            found = self.places.find(str(value))
            return found if isinstance(found, Given) else str(found)
        except ValueError as error:
            self._lacks(id, str(error), "", name)
            return value

    def _lacks(self, id: str, message: str, remedy: str, port: str) -> None:
        self.lacking.setdefault(id, []).append(Problem(message, remedy, id, port))

    def _resolved(self, id: str, wires: Mapping[str, Place]) -> dict[str, Place]:
        inputs: dict[str, Place] = {}
        for port, place in wires.items():
            if place in self.unpassable:
                message = f"{place[0]!r} is bypassed and has nothing of that kind to pass on as {place[1]!r}."
                self._lacks(id, message, "Switch it on, or wire this input elsewhere.", port)
            else:
                inputs[port] = self.passed.get(place, place)
        return inputs

    def _pass_on(self, id: str, spec: NodeSpec, inputs: Mapping[str, Place]) -> None:
        """A bypassed node passes each output the first input of its kind."""
        for output in spec.outputs.values():
            fitting = [s.name for s in spec.sockets.values() if s.kind == output.kind and s.name in inputs]
            if fitting:
                self.passed[id, output.name] = inputs[fitting[0]]
            else:
                self.unpassable.add((id, output.name))

    def _require_sockets(self, id: str, spec: NodeSpec, inputs: Mapping[str, Place]) -> None:
        for socket in spec.sockets.values():
            if socket.name not in inputs and not socket.optional:
                already = any(problem.port == socket.name for problem in self.lacking.get(id, ()))
                wired = socket.name in self.document.nodes[id].inputs
                if not (already or wired):
                    self._lacks(id, f"its input is not wired; it takes {socket.kind}.", "Wire it.", socket.name)

    def _public(self, known: Mapping[str, NodeSpec]) -> None:
        """The document's input, result, each and controls name things that exist."""
        document = self.document
        if document.input:
            spec = self._named("input", document.input, known)
            if spec and document.input[1] not in spec.file_settings:
                remedy = self._nearest(document.input[1], spec.file_settings) or "Name a setting that holds a photo."
                self._problem(f"{document.input[1]!r} is not a setting that holds a photo.", remedy, "input")
        if document.each and (spec := self._named("each", document.each, known)):
            self._counting(document.each[1], spec)
        if document.result and (spec := self._named("result", document.result, known)):
            if document.result[1] not in spec.outputs:
                remedy = self._nearest(document.result[1], spec.outputs)
                self._problem(f"{document.result[0]!r} has no output {document.result[1]!r}.", remedy, "result")
            elif document.result in self.unpassable:
                self._problem(f"{document.result[0]!r} is bypassed and has nothing to pass on.", "", "result")
        for name, places in document.controls.items():
            for place in places:
                spec = self._named("controls", place, known)
                if spec and place[1] != BYPASS and place[1] not in spec.settings:
                    remedy = self._nearest(place[1], [*spec.settings, BYPASS])
                    self._problem(f"{place[0]!r} has no setting {place[1]!r}.", remedy, "controls", name)

    def _counting(self, name: str, spec: NodeSpec) -> None:
        counting = [setting.name for setting in spec.settings.values() if setting.counted]
        if name not in counting:
            remedy = self._nearest(name, counting) or "Name a setting that is a whole number from 1."
            self._problem(f"{name!r} is not a setting that counts.", remedy, "each")

    def _named(self, what: str, place: Place, known: Mapping[str, NodeSpec]) -> NodeSpec | None:
        if place[0] not in self.document.nodes:
            self._problem(f"there is no node {place[0]!r}.", self._nearest(place[0], self.document.nodes), what)
        return known.get(place[0])
