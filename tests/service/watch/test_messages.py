"""What goes over the wire, both ways: strict, and never an exception but ValueError."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Problem
from graph.events import Fetching, RunFinished, RunPlanned, RunWarned, StepDone, StepFailed, StepProgress
from graph.plan import PlannedStep
from service.runs.record import RunRecord, StepRecord
from service.watch.messages import (
    ASKED,
    MESSAGES,
    DownloadChanged,
    Live,
    LiveRefused,
    Message,
    QueueChanged,
    RunQueued,
    RunView,
    Snapshot,
    StepView,
    StopLive,
    as_json,
    asked_of,
    encoded,
    from_json,
)

LIVE: dict[str, Any] = {"ask": "Live", "id": "a", "document": {"version": 1, "nodes": {}}}

RECORD = RunRecord("r", "Größe", "failed", 2, 1.5, problems=({"message": "no", "node": None},), targets=("a",))

EXAMPLES: list[Message] = [
    RunPlanned("r", (PlannedStep("a", "cached", "cached", ("3 faces",), "k"), PlannedStep("b", "run", "new", key="l"))),
    StepProgress("r", "a", 0.25),
    StepProgress("r", "a", 0.25, "data:image/webp;base64,AAAA"),
    StepDone("r", "a", 0.125, ("found 3 faces",), stored=True),
    StepFailed("r", "a", "It is too dark.", "Lighten it."),
    RunWarned("r", "\ud800 is half a character"),
    Fetching("r", "gfpgan", 5, None),
    RunFinished("r", "cancelled", 2.0),
    RunQueued(RECORD),
    QueueChanged(("a", "b"), paused=True),
    DownloadChanged("gfpgan", 5, 2**40, "running"),
    LiveRefused("a", (Problem("no", "yes", "n", "p"),)),
    Snapshot((RECORD,), False, (RunView(RECORD, (StepView("a", "run", "new", "k"),), ("w",), ()),), (), ()),
]


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_a_message_is_the_same_after_the_wire(message: Message) -> None:
    text = encoded(message)
    assert text.isascii()
    assert from_json(json.loads(text)) == message


def test_numbers_are_not_longer_than_anybody_needs() -> None:
    assert as_json(StepProgress("r", "a", 1 / 3))["fraction"] == 0.3333


def test_a_run_is_told_without_its_steps() -> None:
    full = dataclasses.replace(RECORD, steps=(StepRecord("a", "run", "new", "k"),))
    assert as_json(RunQueued(full)) == as_json(RunQueued(RECORD))


def test_every_message_and_every_wish_has_a_name_of_its_own() -> None:
    assert not MESSAGES.keys() & ASKED.keys()
    assert all(dataclasses.is_dataclass(each) and each.__doc__ for each in [*MESSAGES.values(), *ASKED.values()])


def test_a_wish_is_read_with_its_defaults() -> None:
    assert asked_of(json.dumps(LIVE)) == Live("a", {"version": 1, "nodes": {}}, None, 1024, "")
    assert asked_of('{"ask": "StopLive"}') == StopLive()
    assert asked_of(json.dumps({**LIVE, "targets": ["x", "y"]})) == Live("a", LIVE["document"], ("x", "y"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": ["a"]}, "id: must be text"),
        ({"id": None}, "id: must be text"),
        ({"id": 7}, "id: must be text"),
        ({"id": ""}, "id: must be 1 to 100 printable"),
        ({"id": "x" * 101}, "id: must be 1 to 100 printable"),
        ({"id": "\ud800"}, "id: must be 1 to 100 printable"),
        ({"document": []}, "document: must be an object"),
        ({"document": None}, "document: must be an object"),
        ({"side": True}, "side: must be a whole number"),
        ({"side": 100.0}, "side: must be a whole number"),
        ({"side": 10**30}, "side: is too large a number"),
        ({"side": -1}, "side: must be 16 to 4096"),
        ({"targets": "all"}, "targets: must be a list"),
        ({"targets": ["a", {}]}, r"targets\[1\]: must be text"),
        ({"targets": ["a"] * 1001}, "targets: must be at most"),
        ({"photo": {}}, "photo: must be text"),
        ({"colour": 1}, "colour: there is no such field"),
        ({"\ud800": 1}, "there is no such field"),
        ({"ask": "RunQueued"}, "ask: must be one of Live, StopLive"),
        ({"ask": ["Live"]}, "ask: must be one of Live, StopLive"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        asked_of(json.dumps({**LIVE, **changes}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "is a JSON object"),
        ("null", "is a JSON object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"ask":' * 900 + "1" + "}" * 900, "ask: must be one of"),
        ('{"ask": "Live", "id": "a", "document": {"a": NaN}}', "not finite"),
        ('{"ask": "Live", "id": "a", "document": {"a": -Infinity}}', "not finite"),
        ('{"ask": "Live", "id": "a", "document": {"a": 1e999}}', "not finite"),
        ('{"ask": "Live", "id": "a", "document": {"a": ' + "9" * 5000 + "}}", "far too long"),
        ('{"ask": "Live", "document": {}}', "id: is missing"),
    ],
)
def test_what_is_no_wish_at_all_is_refused(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        asked_of(text)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
anything = st.recursive(scalars, lambda part: st.lists(part) | st.dictionaries(st.text(), part), max_leaves=20)
names = st.sampled_from(["ask", "event", "id", "document", "targets", "side", "photo", "run", "steps", "order"])
tags = st.sampled_from([*MESSAGES, *ASKED])
objects = st.dictionaries(names | st.text(), anything | tags | st.dictionaries(names, anything))


@settings(max_examples=100, deadline=None)
@given(objects, tags)
def test_any_json_is_read_or_refused_with_a_sentence(data: dict[str, Any], tag: str) -> None:
    readers: list[Callable[[], Any]] = [
        lambda: asked_of(json.dumps({**data, "ask": tag})),
        lambda: from_json({**data, "event": tag}),
    ]
    for read in readers:
        try:
            read()
        except ValueError as error:
            said = str(error)
        else:
            said = "."
        assert said.endswith(".")


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_any_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        asked_of(text)
