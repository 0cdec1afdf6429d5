"""Everything that can go wrong, as one tree.

HeirloomError
├── WorkflowError   a workflow or an argument is wrong; holds every Problem at once
├── StepError       a node could not do its work; names a remedy
│   └── NothingMore  it was asked for a further one of something, and there is none
└── CacheError      a cached result cannot be read (it is then computed again)
Cancelled           somebody asked to stop; no error, and not to be caught as one
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, and what to do about it."""

    message: str
    remedy: str = ""
    node: str | None = None
    port: str | None = None

    def __str__(self) -> str:
        where = ".".join(part for part in (self.node, self.port) if part)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} {self.remedy}" if self.remedy else text


class HeirloomError(Exception):
    """Root of the tree: its text may be shown to a user as it is."""


class WorkflowError(HeirloomError):
    """A workflow, a setting or an argument is wrong. Holds every Problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class StepError(HeirloomError):
    """A node could not do its work on this input. Nodes raise it themselves."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}" if remedy else message)
        self.message = message
        self.remedy = remedy


class NothingMore(StepError):  # noqa: N818 - the end of a series, not a failure
    """There is no print, face or page of that number. A folder run that counts them up goes on with the next photo."""


class CacheError(HeirloomError):
    """A cached result is damaged or gone."""


class Cancelled(BaseException):
    """The run was cancelled. A BaseException, so that a node's `except Exception` cannot swallow it."""


def nearest(wrong: str, right: Iterable[str]) -> str:
    """A remedy for a misspelt name: the nearest right one, or a short list of what there is."""
    names = list(right)
    if close := difflib.get_close_matches(wrong, names, n=1, cutoff=0.6):
        return f"Did you mean {close[0]!r}?"
    if not names:
        return ""
    shown = ", ".join(names[:12])
    return f"There is: {shown}{', …' if len(names) > 12 else ''}."
