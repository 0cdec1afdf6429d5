"""Older workflow files, brought up to today's version one step at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.errors import Problem, WorkflowError

VERSION = 1

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Mapping[int, Step] = {}
"""What turns version n into n + 1. A step never fails on a file that version n accepted."""


def migrate(data: dict[str, Any], steps: Mapping[int, Step] = STEPS, newest: int = VERSION) -> dict[str, Any]:
    """The same workflow in today's version. WorkflowError for a version that this program does not know."""
    version = data.get("version")
    if isinstance(version, bool) or not isinstance(version, int):
        remedy = f'Write "version": {newest}.'
        raise WorkflowError([Problem("The workflow does not say which version of the format it is in.", remedy)])
    if version > newest:
        remedy = "Update Heirloom to open it."
        raise WorkflowError([Problem(f"The workflow is of version {version}; this program knows {newest}.", remedy)])
    while version < newest:
        if version not in steps:
            raise WorkflowError([Problem(f"There is no version {version} of the format.", f"The newest is {newest}.")])
        data, version = steps[version](data), version + 1
    if version < 1:
        raise WorkflowError([Problem(f"There is no version {version} of the format.", f"The newest is {newest}.")])
    return {**data, "version": newest}
