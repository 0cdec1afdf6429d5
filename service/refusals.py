"""Why a request is not served, as Problems: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.errors import Problem


class Refusal(Exception):  # noqa: N818 - it is an answer; nothing went wrong in here
    """An answer other than 2xx."""

    def __init__(self, status: int, message: str, remedy: str = "", problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.problems = tuple(problems) or (Problem(message, remedy),)


def problems_json(problems: Iterable[Problem]) -> dict[str, Any]:
    """The body of every error answer."""
    return {
        "problems": [
            {"message": each.message, "remedy": each.remedy, "node": each.node, "port": each.port} for each in problems
        ]
    }
