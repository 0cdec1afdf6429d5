"""From a signature to a NodeSpec, or to Problems."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import pytest

from graph.context import Context
from graph.controls import PhotoFile, Slider
from graph.errors import Problem, WorkflowError
from graph.registry import Registry
from graph.spec import NodeSpec, node, read
from tests.graph import toys
from tests.graph.toys import KINDS, Value

if TYPE_CHECKING:
    Unheard = int

Unit = Annotated[float, Slider(0, 1)]


def spec_of(function: Any, **mark: Any) -> NodeSpec:
    return read(node(title="Toy", **mark)(function), "toy/it", KINDS)


def problems_of(function: Any) -> tuple[Problem, ...]:
    with pytest.raises(WorkflowError) as refused:
        spec_of(function)
    assert all(problem.node == "toy/it" for problem in refused.value.problems)
    return refused.value.problems


def test_the_signature_is_the_declaration(registry: Registry) -> None:
    spec = registry["toy/add"]
    assert [(s.name, s.kind, s.optional) for s in spec.sockets.values()] == [
        ("a", "value", False),
        ("b", "value", True),
    ]
    assert [port.name for port in spec.outputs.values()] == ["value"]
    assert spec.defaults == {"plus": 0.0}
    assert (spec.family, spec.takes_context, spec.source) == ("toy", False, "")


def test_the_function_itself_is_returned_unchanged() -> None:
    def plain(a: Value) -> Value:
        """Same."""
        return a

    assert node(title="Toy")(plain) is plain


def test_docstring_is_palette_line_and_help() -> None:
    def documented(a: Value) -> Value:
        """First line.

        Then the help,
        on two lines.
        """
        return a

    spec = spec_of(documented)
    assert (spec.summary, spec.help) == ("First line.", "Then the help,\non two lines.")


def test_named_tuple_names_several_outputs(registry: Registry) -> None:
    assert list(registry["toy/split"].outputs) == ["whole", "rest"]


def test_no_output(registry: Registry) -> None:
    assert registry["toy/save"].outputs == {}


def test_file_settings_may_be_empty_by_default(registry: Registry) -> None:
    assert registry["toy/open"].file_settings == ("photo",)
    assert registry["toy/open"].defaults == {"photo": ""}


@pytest.mark.parametrize("flags", [{"effect": True}, {"volatile": True}, {"scale_free": False}, {"version": 3}])
def test_flags_of_the_mark_reach_the_spec(flags: dict[str, Any]) -> None:
    def plain(a: Value) -> Value:
        """Same."""
        return a

    spec = spec_of(plain, **flags)
    assert {name: getattr(spec, name) for name in flags} == flags


@pytest.mark.parametrize("id", list(toys.registry()))
def test_describe_is_json(registry: Registry, id: str) -> None:
    described = registry[id].describe()
    assert json.loads(json.dumps(described, allow_nan=False)) == described
    assert {name: entry["default"] for name, entry in described["settings"].items()} == dict(registry[id].defaults)


def no_docstring(a: Value) -> Value:
    return a


def blank_docstring(a: Value) -> Value:
    """ """
    return a


def unannotated(a) -> Value:
    """Doc."""
    return a


def unknown_kind(a: int) -> Value:
    """Doc."""
    return Value(a)


def setting_without_control(*, a: float = 1.0) -> Value:
    """Doc."""
    return Value(a)


def setting_without_default(*, a: Unit) -> Value:
    """Doc."""
    return Value(a)


def default_out_of_range(*, a: Unit = 2.0) -> Value:
    """Doc."""
    return Value(a)


def setting_called_bypass(*, bypass: Unit = 1.0) -> Value:
    """Doc."""
    return Value(bypass)


def socket_with_default(a: Value = Value(1)) -> Value:  # noqa: B008 - the point of the test
    """Doc."""
    return a


def optional_without_none(a: Value | None) -> Value:
    """Doc."""
    return a or Value(0)


def stars(*a: Value) -> Value:
    """Doc."""
    return a[0]


def late_context(a: Value, ctx: Context) -> Value:
    """Doc."""
    ctx.check()
    return a


def returns_unannotated(a: Value):
    """Doc."""
    return a


def returns_a_list(a: Value) -> list[Value]:
    """Doc."""
    return [a]


@pytest.mark.parametrize(
    ("function", "port", "message"),
    [
        (no_docstring, None, "has no docstring"),
        (blank_docstring, None, "has no docstring"),
        (unannotated, "a", "has no annotation"),
        (unknown_kind, "a", "not a kind"),
        (setting_without_control, "a", "without a control"),
        (setting_without_default, "a", "has no default"),
        (default_out_of_range, "a", "its default must be at most 1, not 2"),
        (setting_called_bypass, "bypass", "the name is taken"),
        (socket_with_default, "a", "a socket has no default"),
        (optional_without_none, "a", "must have None as its default"),
        (stars, "a", "cannot be wired"),
        (late_context, "ctx", "must be the first parameter"),
        (returns_unannotated, None, "does not say what it returns"),
        (returns_a_list, "return", "not a kind"),
    ],
)
def test_a_bad_declaration_is_a_problem(function: Any, port: str | None, message: str) -> None:
    (problem,) = problems_of(function)
    assert message in problem.message
    assert (problem.port, bool(problem.remedy)) == (port, True)


def test_all_problems_of_a_declaration_come_at_once() -> None:
    def hopeless(a: int, *, b: float = 1.0, c: Unit = 7.0):
        return a + b + c

    assert [problem.port for problem in problems_of(hopeless)] == [None, "a", "b", "c", None]


class Dangling(NamedTuple):
    value: Unheard


@pytest.mark.parametrize("hint", ["Unheard", "Dangling"])
def test_annotations_that_cannot_be_read_are_a_problem(hint: str) -> None:
    def lost(a: Value) -> Any:
        """Doc."""
        return a

    lost.__annotations__["return"] = hint
    (problem,) = problems_of(lost)
    assert "cannot be read" in problem.message


def test_an_empty_photo_is_a_fine_default() -> None:
    def opens(*, photo: Annotated[str, PhotoFile()] = "") -> Value:
        """Doc."""
        return Value(len(photo))

    assert spec_of(opens).defaults == {"photo": ""}
