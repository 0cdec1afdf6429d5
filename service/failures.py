"""Turns whatever goes wrong in a handler into Problems: no answer has a traceback or a path of this machine."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import HeirloomError, Problem, StepError, WorkflowError
from service.access.refuse import refuse
from service.pathless import without_paths
from service.refusals import Refusal, problems_json

UNEXPECTED = Refusal(500, "Something went wrong in the server.", "What it was stands where the server was started.")

LOG = logging.getLogger("heirloom.service")


class Failures:
    """Answers errors that nobody expected, and leaves their traceback in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Refusal:
            raise
        except Exception:
            if started or scope["type"] != "http":
                raise  # the connection is closed; the server logs it
            LOG.exception("%s %s failed", scope["method"], scope["path"])
            await refuse(scope, receive, send, UNEXPECTED)


def add_handlers(app: FastAPI) -> None:
    """Every error that handlers raise on purpose becomes Problems."""
    app.exception_handler(Refusal)(_refused)
    app.exception_handler(HeirloomError)(_wrong)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)


def _answer(status: int, problems: Sequence[Problem], headers: Any = None) -> Response:
    # In ASCII: a text from outside may hold halves of characters, which UTF-8 cannot say.
    body = json.dumps(problems_json(problems), ensure_ascii=True)
    return Response(body, status, headers, "application/json")


def _refused(_: Request, error: Refusal) -> Response:
    return _answer(error.status, error.problems)


def _wrong(_: Request, error: HeirloomError) -> Response:
    if isinstance(error, WorkflowError):
        return _answer(422, [without_paths(problem) for problem in error.problems])
    if isinstance(error, StepError):
        return _answer(422, [without_paths(Problem(error.message, error.remedy))])
    return _answer(500, [without_paths(Problem(str(error)))])


def _invalid(_: Request, error: RequestValidationError) -> Response:
    return _answer(422, [_problem(each) for each in error.errors()])


def _problem(found: dict[str, Any]) -> Problem:
    """What the validation found; where it stands is named without the value, which may be anything."""
    kind, *path = found["loc"]
    name = ".".join(str(part)[:80] for part in path)
    where = {"body": "The body", "path": "The address", "query": "The query"}.get(str(kind), f"The {kind}")
    return Problem(f"{where} is not right: {found['msg']}.", "See /docs.", port=name or None)


def _http(_: Request, error: HTTPException) -> Response:
    sentences = {
        400: "The request cannot be read.",
        404: "There is nothing at this address.",
        405: "This address does not do that.",
    }
    message = sentences.get(error.status_code) or f"{HTTPStatus(error.status_code).phrase}."
    return _answer(error.status_code, [Problem(message, "See /docs.")], error.headers)
