from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from typing import get_args

import pytest

from graph import events
from graph.events import Event
from graph.plan import PlannedStep

EXAMPLES: list[Event] = [
    events.Fetching("r", "m", 5, 10),
    events.RunPlanned("r", (PlannedStep("a", "cached", "cached", ("Found it.",)),)),
    events.StepStarted("r", "a"),
    events.StepProgress("r", "a", 0.5, "data:image/webp;base64,AAAA"),
    events.StepDone("r", "a", 1.5, ("Found it.",), stored=True),
    events.StepFailed("r", "a", "It broke.", "Mend it."),
    events.StepBlocked("r", "b", "a"),
    events.RunWarned("r", "Beware."),
    events.RunFinished("r", "done", 2.0),
]


def test_the_union_is_complete() -> None:
    assert {type(event) for event in EXAMPLES} == set(get_args(Event))


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: type(event).__name__)
def test_an_event_as_json_names_its_type_and_all_its_parts(event: Event) -> None:
    data = json.loads(json.dumps(events.as_json(event)))
    assert data.pop("event") == type(event).__name__
    assert data.keys() == set(type(event).__slots__)


def test_planned_steps_are_objects() -> None:
    planned = PlannedStep("a", "cached", "cached", ("Found it.",), "ab" * 32)
    (step,) = events.as_json(events.RunPlanned("r", (planned,)))["steps"]
    assert step == {
        "id": "a",
        "action": "cached",
        "why": "cached",
        "notes": ["Found it."],
        "key": "ab" * 32,
        "fallback": "",
    }


def test_events_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        EXAMPLES[1].run = "other"  # pyright: ignore[reportAttributeAccessIssue] - the point of the test
