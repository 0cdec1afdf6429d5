"""Workflows: read, saved, checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from graph.check import Graph, check
from graph.document import parse
from graph.errors import Problem, WorkflowError
from service.desk import Desk, TheDesk
from service.library import Listing, Owner
from service.refusals import Refusal
from service.routes.answers import ProblemJson, ProblemsJson, problems_of, refusals
from service.uploads import whole

router = APIRouter(prefix="/api/workflows", tags=["workflows"])

Name = Annotated[str, Path(min_length=1, max_length=100, description="A name.", examples=["restore"])]

EXAMPLE = {
    "version": 1,
    "title": "Denoise a photo",
    "nodes": {
        "photo": {"type": "files/load", "settings": {"photo": "sample.jpg"}},
        "denoise": {"type": "noise/denoise", "inputs": {"image": ["photo", "image"]}},
    },
    "input": ["photo", "photo"],
    "result": ["denoise", "image"],
}

PLACE = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["version", "nodes"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 1},
        "title": {"type": "string"},
        "nodes": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["type"],
                "additionalProperties": False,
                "properties": {
                    "type": {"type": "string", "description": "A node's id: GET /api/nodes lists them."},
                    "inputs": {"type": "object", "additionalProperties": PLACE, "description": "[node, output] each."},
                    "settings": {"type": "object"},
                    "bypass": {"type": "boolean"},
                },
            },
        },
        "input": {**PLACE, "description": "The node and its setting that a run's photo fills."},
        "result": {**PLACE, "description": "The node and its output that is the result."},
        "controls": {"type": "object", "additionalProperties": {"type": "array", "items": PLACE}},
        "layout": {"type": "object", "description": "Where an editor shows what; means nothing to a run."},
    },
}

BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": SCHEMA, "example": EXAMPLE}}}
}


class WorkflowJson(BaseModel):
    """A workflow, as lists show it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "restore",
                "title": "Restore an old photo",
                "owner": "shipped",
                "modified": 1795392000.0,
                "nodes": 9,
                "problems": [],
            }
        }
    )

    name: str
    title: str
    owner: Owner = Field(description="Shipped ones cannot be changed; one's own hides a shipped one of its name.")
    modified: float = Field(description="Seconds since the epoch.")
    nodes: int = Field(description="How many it has.")
    problems: list[ProblemJson] = Field(description="Why it cannot be opened, or uses what there is not.")


class WorkflowsJson(BaseModel):
    """All workflows by name."""

    workflows: list[WorkflowJson]


@router.get("", summary="List the workflows")
def read_workflows(desk: TheDesk) -> WorkflowsJson:
    """The shipped workflows and the person's own. Damaged ones are there too, with what is wrong."""
    return WorkflowsJson(workflows=[_json(each) for each in desk.library.list()])


@router.post("/validate", summary="Check a workflow", openapi_extra=BODY, responses=refusals(400, 413))
async def validate(request: Request, desk: TheDesk) -> ProblemsJson:
    """Everything that keeps a workflow from running, each Problem at its node; an empty list where it can run.

    The photo of its input may be missing: a run brings it.
    """
    text = await whole(request)
    problems = await run_in_threadpool(lambda: list(_problems(text, desk)))
    return ProblemsJson(problems=problems_of(problems))


@router.get(
    "/{name}",
    summary="One workflow",
    response_class=Response,
    responses={
        200: {
            "content": {"application/json": {"example": EXAMPLE}, "text/plain": {}},
            "description": "The workflow; text/plain where it is damaged.",
        },
        **refusals(404, 422),
    },
)
def read_workflow(name: Name, desk: TheDesk) -> Response:
    """The text of a workflow as it was saved. One that is damaged can be read as well, to be mended."""
    text = desk.library.read(name)
    try:
        parse(text)
    except WorkflowError:
        return Response(text, media_type="text/plain", headers={"X-Content-Type-Options": "nosniff"})
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-cache"})


@router.put("/{name}", summary="Save a workflow", openapi_extra=BODY, responses=refusals(400, 413, 422, 507))
async def save_workflow(name: Name, request: Request, desk: TheDesk) -> WorkflowJson:
    """Keep a workflow of one's own. What has the shape of one is kept, even if it cannot run yet."""
    text = await whole(request)
    return _json(await run_in_threadpool(_save, name, text, desk))


@router.delete("/{name}", summary="Delete a workflow", status_code=204, responses=refusals(403, 404, 422))
def delete_workflow(name: Name, desk: TheDesk) -> None:
    """Delete a workflow of one's own. A shipped one of its name is seen again."""
    desk.library.delete(name)


def _save(name: str, text: bytes, desk: Desk) -> Listing:
    if too_many := desk.limits.too_many(len(parse(text).nodes)):
        raise Refusal(413, too_many.message, too_many.remedy)
    return desk.library.save(name, text)


def _problems(text: bytes, desk: Desk) -> Iterator[Problem]:
    try:
        document = parse(text)
        if too_many := desk.limits.too_many(len(document.nodes)):
            yield too_many
        else:
            yield from _lacking(check(document, desk.session.registry, desk.places, desk.session.shelf))
    except WorkflowError as error:
        yield from error.problems


def _lacking(graph: Graph) -> Iterator[Problem]:
    """What keeps steps of a right workflow from running, but for the photo that a run brings."""
    needed = graph.needed(graph.targets())
    for id, problems in graph.lacking.items():
        if id in needed:
            yield from (each for each in problems if (id, each.port) != graph.document.input)


def _json(listing: Listing) -> WorkflowJson:
    return WorkflowJson(
        name=listing.name,
        title=listing.title,
        owner=listing.owner,
        modified=listing.modified,
        nodes=listing.nodes,
        problems=problems_of(listing.problems),
    )
