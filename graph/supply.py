"""Model files that a plan needs and no folder has: fetched before its first step, or told as Problems."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import NamedTuple

from graph.check import Step
from graph.errors import Problem, WorkflowError
from graph.shelf import Missing, Shelf, Told


class Need(NamedTuple):
    """A model that a step needs and that is not at hand."""

    step: str
    setting: str
    model: str
    missing: tuple[Missing, ...]
    free: tuple[str, ...]
    """What could be chosen instead and needs no file."""

    def problem(self, message: str, remedy: str) -> Problem:
        """Said where the step's user looks for it, with the way around."""
        if self.free:
            remedy = f"{remedy} Or set {self.setting} to {self.free[0]!r}, which needs no download."
        return Problem(message, remedy, self.step, self.setting)


def needs(steps: Iterable[Step], shelf: Shelf) -> list[Need]:
    """What is missing, in the order of the steps."""
    found: list[Need] = []
    for step in steps:
        for setting, model in step.models().items():
            if missing := tuple(shelf.missing(model)):
                found.append(Need(step.id, setting, model, missing, step.spec.weight_settings[setting].free))
    return found


def supply(wanted: Iterable[Need], shelf: Shelf, told: Told, cancelled: threading.Event) -> None:
    """Fetch what is missing. WorkflowError with all that could not be had."""
    problems: list[Problem] = []
    for need in wanted:
        try:
            shelf.fetch(need.model, told, cancelled)
        except WorkflowError as error:
            problems += [need.problem(each.message, each.remedy) for each in error.problems]
    if problems:
        raise WorkflowError(problems)


def admit(wanted: Iterable[Need], shelf: Shelf) -> None:
    """WorkflowError with all that may not even be asked for: known before a run starts."""
    problems = [need.problem(each.message, each.remedy) for need in wanted for each in shelf.forbidden(need.model)]
    if problems:
        raise WorkflowError(problems)


def refuse(wanted: Iterable[Need]) -> None:
    """WorkflowError naming everything that is missing, for runs that must not wait for a download."""
    problems = [
        need.problem(f"the model file {each.name} is not there.", f"Fetch it: python server.py --fetch {each.name}")
        for need in wanted
        for each in need.missing
    ]
    if problems:
        raise WorkflowError(problems)
