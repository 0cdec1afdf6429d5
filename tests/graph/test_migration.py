from __future__ import annotations

from typing import Any

import pytest

from graph.errors import WorkflowError
from graph.migration import STEPS, VERSION, migrate


def renamed(data: dict[str, Any]) -> dict[str, Any]:
    return {("title" if name == "name" else name): value for name, value in data.items()}


def shouted(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "title": data["title"].upper()}


def test_steps_follow_one_another() -> None:
    old = {"version": 1, "name": "ship"}
    assert migrate(old, {1: renamed, 2: shouted}, newest=3) == {"version": 3, "title": "SHIP"}
    assert old == {"version": 1, "name": "ship"}


def test_today_stays_as_it_is() -> None:
    assert migrate({"version": VERSION, "nodes": {}}) == {"version": VERSION, "nodes": {}}


def test_every_older_version_has_a_step() -> None:
    assert set(STEPS) == set(range(1, VERSION))


@pytest.mark.parametrize("version", [None, True, "1", 1.0, [1], 0, -3, VERSION + 1, 10**300])
def test_unknown_versions(version: Any) -> None:
    with pytest.raises(WorkflowError) as refused:
        migrate({"version": version})
    assert refused.value.problems[0].remedy
