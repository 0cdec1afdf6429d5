"""What a node declares. `@node` only marks a function; `read` turns its signature into a NodeSpec."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from graph.context import Context
from graph.controls import Control, Number, Weights
from graph.errors import Problem, WorkflowError
from graph.kinds import Kinds

F = TypeVar("F", bound=Callable[..., Any])

MARK = "__heirloom_node__"
BYPASS = "bypass"


@dataclass(frozen=True, slots=True)
class Mark:
    """What `@node` leaves on the function."""

    title: str
    version: int
    effect: bool
    volatile: bool
    scale_free: bool


@dataclass(frozen=True, slots=True)
class Socket:
    """An input."""

    name: str
    kind: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Port:
    """An output."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A control under its parameter's name."""

    name: str
    control: Control
    default: Any
    whole: bool

    def validate(self, value: Any) -> Any:
        """The canonical value, or ValueError with a sentence for the user."""
        return self.control.validate(value, self.whole)

    @property
    def counted(self) -> range:
        """What it can be counted through; nothing unless it is a whole number from 1."""
        if not (self.whole and isinstance(self.control, Number) and self.control.low == 1):
            return range(0)
        return range(1, sys.maxsize if self.control.high is None else int(self.control.high) + 1)


@dataclass(frozen=True, slots=True)
class NodeSpec:
    """Everything the engine and the editor know of a node."""

    id: str
    title: str
    summary: str
    help: str
    function: Callable[..., Any]
    takes_context: bool
    sockets: Mapping[str, Socket]
    settings: Mapping[str, Setting]
    outputs: Mapping[str, Port]
    version: int
    effect: bool
    """It writes files; it counts as done only while they exist unchanged."""
    volatile: bool
    """It always runs."""
    scale_free: bool
    """It means the same on a smaller photo, so a live preview may run it on one."""
    source: str = ""
    """The sha256 of an added node's source file; empty for shipped nodes, which count by version."""
    defaults: Mapping[str, Any] = field(init=False, repr=False)
    file_settings: tuple[str, ...] = field(init=False, repr=False)
    """The settings that name a file."""
    weight_settings: Mapping[str, Weights] = field(init=False, repr=False)
    """The settings that name a model, and their controls."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "defaults", {name: setting.default for name, setting in self.settings.items()})
        files = tuple(name for name, setting in self.settings.items() if setting.control.file_backed)
        object.__setattr__(self, "file_settings", files)
        models = {name: s.control for name, s in self.settings.items() if isinstance(s.control, Weights)}
        object.__setattr__(self, "weight_settings", models)

    @property
    def family(self) -> str:
        """The folder it stands in."""
        return self.id.partition("/")[0]

    def describe(self) -> dict[str, Any]:
        """The catalogue entry, as JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "family": self.family,
            "summary": self.summary,
            "help": self.help,
            "version": self.version,
            "effect": self.effect,
            "volatile": self.volatile,
            "inputs": {s.name: {"kind": s.kind, "optional": s.optional} for s in self.sockets.values()},
            "outputs": {port.name: {"kind": port.kind} for port in self.outputs.values()},
            "settings": {s.name: {"default": s.default, **s.control.describe(s.whole)} for s in self.settings.values()},
        }


def node(
    *,
    title: str,
    version: int = 1,
    effect: bool = False,
    volatile: bool = False,
    scale_free: bool = True,
) -> Callable[[F], F]:
    """Mark a typed function as a node. The function itself is returned unchanged."""

    def mark(function: F) -> F:
        setattr(function, MARK, Mark(title, version, effect, volatile, scale_free))
        return function

    return mark


def read(function: Callable[..., Any], id: str, kinds: Kinds, source: str = "") -> NodeSpec:
    """The spec of a marked function. WorkflowError with every Problem of its declaration."""
    return _Reader(function, id, kinds).spec(source)


class _Reader:
    """Reads one signature and gathers all that is wrong with it."""

    def __init__(self, function: Callable[..., Any], id: str, kinds: Kinds) -> None:
        self.function, self.id, self.kinds = function, id, kinds
        self.problems: list[Problem] = []
        self.sockets: dict[str, Socket] = {}
        self.settings: dict[str, Setting] = {}
        self.takes_context = False

    def spec(self, source: str) -> NodeSpec:
        mark: Mark = getattr(self.function, MARK)
        doc = inspect.getdoc(self.function) or ""
        if not doc.strip():
            self._problem("has no docstring.", "Write one: its first line is what the palette shows.")
        summary, _, rest = doc.partition("\n")
        try:
            hints = get_type_hints(self.function, include_extras=True)
            fields = get_type_hints(hints["return"]) if getattr(hints.get("return"), "_fields", None) else {}
        except Exception as error:
            raise WorkflowError([Problem(f"its annotations cannot be read: {error}.", "", self.id)]) from error
        for index, parameter in enumerate(inspect.signature(self.function).parameters.values()):
            self._parameter(index, parameter, hints.get(parameter.name))
        outputs = self._outputs(hints.get("return", inspect.Parameter.empty), fields)
        if self.problems:
            raise WorkflowError(self.problems)
        return NodeSpec(
            id=self.id,
            title=mark.title,
            summary=summary.strip(),
            help=rest.strip(),
            function=self.function,
            takes_context=self.takes_context,
            sockets=self.sockets,
            settings=self.settings,
            outputs=outputs,
            version=mark.version,
            effect=mark.effect,
            volatile=mark.volatile,
            scale_free=mark.scale_free,
            source=source,
        )

    def _problem(self, message: str, remedy: str = "", port: str | None = None) -> None:
        self.problems.append(Problem(message, remedy, self.id, port))

    def _parameter(self, index: int, parameter: inspect.Parameter, hint: Any) -> None:
        name = parameter.name
        if hint is None:
            self._problem("has no annotation.", "Annotate it with a kind or a control.", name)
        elif hint is Context:
            self.takes_context = index == 0 and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
            if not self.takes_context:
                self._problem("the context must be the first parameter.", "Move it.", name)
        elif parameter.kind is parameter.KEYWORD_ONLY:
            self._setting(name, parameter.default, hint)
        elif parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            self._socket(name, parameter.default, hint)
        else:
            self._problem("* and ** parameters cannot be wired.", "Name each socket.", name)

    def _socket(self, name: str, default: Any, hint: Any) -> None:
        optional = False
        if get_origin(hint) in (Union, UnionType):
            members = [member for member in get_args(hint) if member is not NoneType]
            optional = len(members) == 1
            hint = members[0] if optional else hint
        if optional and default is not None:
            self._problem("an optional socket must have None as its default.", "Write `= None`.", name)
        if not optional and default is not inspect.Parameter.empty:
            self._problem("a socket has no default.", "Move settings behind the `*`.", name)
        if kind := self._kind(hint, name):
            self.sockets[name] = Socket(name, kind, optional)

    def _setting(self, name: str, default: Any, hint: Any) -> None:
        controls = [extra for extra in getattr(hint, "__metadata__", ()) if isinstance(extra, Control)]
        if get_origin(hint) is not Annotated or len(controls) != 1:
            self._problem("is a setting without a control.", "Annotate it: Annotated[float, Slider(0, 1)].", name)
            return
        if name == BYPASS:
            self._problem("the name is taken by the workflow file.", "Choose another.", name)
        setting = Setting(name, controls[0], default, get_args(hint)[0] is int)
        if default is inspect.Parameter.empty:
            self._problem("has no default.", "Give every setting one, so that a fresh node runs.", name)
        elif not (controls[0].file_backed and default == ""):
            try:
                setting = Setting(name, controls[0], setting.validate(default), setting.whole)
            except ValueError as error:
                self._problem(f"its default {error}", "Choose one within its range.", name)
        self.settings[name] = setting

    def _outputs(self, hint: Any, fields: Mapping[str, Any]) -> dict[str, Port]:
        if hint is NoneType or hint is None:
            return {}
        if hint is inspect.Parameter.empty:
            self._problem("does not say what it returns.", "Annotate the result: -> Image, or -> None.")
            return {}
        if fields:
            found = {name: self._kind(kind, name) for name, kind in fields.items()}
            return {name: Port(name, kind) for name, kind in found.items() if kind}
        kind = self._kind(hint, "return")
        name = _snake(hint.__name__) if isinstance(hint, type) else "return"
        return {name: Port(name, kind)} if kind else {}

    def _kind(self, hint: Any, port: str) -> str | None:
        try:
            return self.kinds.of(hint).name
        except WorkflowError as error:
            problem = error.problems[0]
            self._problem(problem.message, problem.remedy, port)
            return None


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
