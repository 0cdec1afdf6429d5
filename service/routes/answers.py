"""What a route may answer instead of what it was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from graph.errors import Problem

MEANINGS = {
    400: "The body of the request broke off or cannot be read.",
    403: "It is not yours to change.",
    404: "There is no such thing.",
    409: "It is in use.",
    413: "The body, the photo or the workflow is larger than this server takes.",
    415: "The file is no picture that can be read.",
    422: "The request, or what it brings, is wrong.",
    507: "The disk is full.",
}


class ProblemJson(BaseModel):
    """What is wrong, and what to do."""

    message: str
    remedy: str = ""
    node: str | None = None
    port: str | None = None


class ProblemsJson(BaseModel):
    """The body of every error answer."""

    problems: list[ProblemJson]


def problems_of(problems: Iterable[Problem]) -> list[ProblemJson]:
    """Problems as answers have them."""
    return [ProblemJson(message=p.message, remedy=p.remedy, node=p.node, port=p.port) for p in problems]


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may refuse with these."""
    return {status: {"model": ProblemsJson, "description": MEANINGS[status]} for status in statuses}
