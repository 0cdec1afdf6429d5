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


class Unmet(NamedTuple):
    """A need whose files cannot be had, and why."""

    need: Need
    reasons: tuple[Problem, ...]


def needs(steps: Iterable[Step], shelf: Shelf) -> list[Need]:
    """What is missing, in the order of the steps."""
    found: list[Need] = []
    for step in steps:
        for setting, model in step.models().items():
            if missing := tuple(shelf.missing(model)):
                found.append(Need(step.id, setting, model, missing, step.spec.weight_settings[setting].free))
    return found


def supply(wanted: Iterable[Need], shelf: Shelf, told: Told, cancelled: threading.Event) -> list[Unmet]:
    """Fetch what is missing. Returns what could not be had."""
    unmet: list[Unmet] = []
    for need in wanted:
        try:
            shelf.fetch(need.model, told, cancelled)
        except WorkflowError as error:
            unmet.append(Unmet(need, error.problems))
    return unmet


def barred(wanted: Iterable[Need], shelf: Shelf, *, download: bool) -> list[Unmet]:
    """What may not even be asked for: known before a run starts. Without `download` that is all that is missing."""
    found = [Unmet(need, tuple(shelf.forbidden(need.model) if download else _absent(need))) for need in wanted]
    return [unmet for unmet in found if unmet.reasons]


def refuse(unmet: Iterable[Unmet]) -> None:
    """WorkflowError with all that could not be had."""
    if problems := [need.problem(each.message, each.remedy) for need, reasons in unmet for each in reasons]:
        raise WorkflowError(problems)


def _absent(need: Need) -> Iterable[Problem]:
    for each in need.missing:
        yield Problem(f"the model file {each.name} is not there.", f"Fetch it: python server.py --fetch {each.name}")
