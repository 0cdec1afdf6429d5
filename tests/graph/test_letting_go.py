"""A value is let go after its last consumer."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from graph.cache import Cache
from graph.context import Context
from graph.session import Session
from tests.graph import toys
from tests.graph.conftest import Probe
from tests.graph.toys import KINDS, Value, box, carry_out, flow


@pytest.fixture
def alive(probe: Probe) -> Callable[[], list[str]]:
    """Names of those `made` by probes whose values still exist."""
    made: dict[str, weakref.ref[Value]] = {}

    def make(name: str, _: Context, __: Value | None) -> Value:
        value = Value(1)
        made[name] = weakref.ref(value)
        return value

    for name in ("one", "two"):
        probe(name, lambda context, value, name=name: make(name, context, value))

    def still() -> list[str]:
        gc.collect()
        return [name for name, value in made.items() if value() is not None]

    return still


def test_after_the_last_consumer(forgetful_session: Session, probe: Probe, alive: Callable[[], list[str]]) -> None:
    seen: list[list[str]] = []

    def look(_: Context, value: Value) -> Value:
        seen.append(alive())
        return Value(value.number)

    name = probe("look", look)
    looks = {id: box("probe", {"value": source}, name=name) for id, source in ("ba", "cb", "dc")}
    document = flow("d", a=box("probe", name="one"), **looks)
    carry_out(forgetful_session, document)
    assert seen == [["one"], [], []]


def test_targets_are_kept(forgetful_session: Session, alive: Callable[[], list[str]]) -> None:
    document = flow("b", a=box("probe", name="one"), b=box("probe", {"value": "a"}, name="two"))
    outcome, _ = carry_out(forgetful_session, document)
    assert alive() == ["two"]
    assert outcome.results.keys() == {"b"}


@pytest.mark.parametrize("blocked_too", [False, True])
def test_when_the_last_consumer_failed_or_was_blocked(
    probe: Probe, alive: Callable[[], list[str]], blocked_too: bool
) -> None:
    seen: list[list[str]] = []

    def look(*_: Any) -> Value:
        seen.append(alive())
        return Value(1)

    probe("broken", lambda *_: 1 / 0)
    document = flow(
        a=box("probe", name="one"),
        b=box("probe", {"value": "a"}, name="broken"),
        c=box("add", {"a": "b", "b": "a"} if blocked_too else {"a": "b"}),
        z=box("probe", name=probe("look", look)),
    )
    # One worker goes through a and b before it takes z.
    carry_out(Session(toys.registry(), Cache(KINDS, 0), workers=1), document)
    assert seen == [[]]
