"""Workflows: read, saved, checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from graph import supply
from graph.check import Graph, check, reach
from graph.document import LONGEST_ABOUT, Document, parse
from graph.errors import Problem, WorkflowError
from graph.fallback import Fallback, fall_back, targets_without
from graph.shelf import Listed
from service.desk import Desk, TheDesk
from service.etags import is_known, tag_of
from service.library import Listing, Owner, Side
from service.refusals import Refusal
from service.routes.answers import ProblemJson, ProblemsJson, problems_of, refusals
from service.routes.models import ModelJson, model_json
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

AN_HOUR = "private, max-age=3600"
"""Cache-Control of pictures that change with the program alone."""

PLACE = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["version", "nodes"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 1},
        "title": {"type": "string"},
        "about": {"type": "string", "maxLength": LONGEST_ABOUT, "description": "What it does for a photo."},
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
                    "without": {
                        "oneOf": [{"const": "bypass"}, {"type": "object", "minProperties": 1}],
                        "description": "Where a model file cannot be had: leave the node out, or use these settings.",
                    },
                },
            },
        },
        "input": {**PLACE, "description": "The node and its setting that a run's photo fills."},
        "result": {**PLACE, "description": "The node and its output that is the result."},
        "each": {**PLACE, "description": "The node and its setting that a folder run counts up for every photo."},
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
                "about": "Fills scratches, gives faded colours back and calms the noise.",
                "owner": "shipped",
                "modified": 1795392000.0,
                "nodes": 9,
                "pictures": True,
                "problems": [],
            }
        }
    )

    name: str
    title: str
    about: str = Field(description="What it does for a photo; empty where nobody said.")
    owner: Owner = Field(description="Shipped ones cannot be changed; one's own hides a shipped one of its name.")
    modified: float = Field(description="Seconds since the epoch.")
    nodes: int = Field(description="How many it has.")
    pictures: bool = Field(description="Whether /api/workflows/{name}/pictures/before and /after show what it does.")
    problems: list[ProblemJson] = Field(description="Why it cannot be opened, or uses what there is not.")


class WorkflowsJson(BaseModel):
    """All workflows by name."""

    workflows: list[WorkflowJson]


class WithoutJson(BaseModel):
    """What a step does without its model file."""

    step: str
    type: str = Field(description="The node's.")
    instead: dict[str, Any] | None = Field(description="The settings it works with; null: it is left out.")


class NeedsJson(BaseModel):
    """The model files that a run uses."""

    models: list[ModelJson]
    without: list[WithoutJson] | None = Field(
        description="What a run with `download` false does without those that are not there; null where it cannot."
    )


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


@router.post("/needs", summary="A workflow's model files", openapi_extra=BODY, responses=refusals(400, 413, 422))
async def needs(
    request: Request,
    desk: TheDesk,
    targets: Annotated[
        list[str] | None, Query(alias="target", description="Steps that are wanted; may stand several times.")
    ] = None,
) -> NeedsJson:
    """The model files that a run of the workflow uses, those included that come with others; there or not.

    Steps that are bypassed, and those that nothing wanted depends on, use none. Without `target` a run wants the
    result, and what saves files.
    """
    text = await whole(request)
    return await run_in_threadpool(_needs, text, targets, desk)


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


@router.get(
    "/{name}/pictures/{side}",
    summary="A workflow's work in a picture",
    response_class=FileResponse,
    responses={
        200: {"content": {"image/webp": {}}, "description": "A small picture of a photo."},
        304: {"description": "The client has it."},
        **refusals(404, 422),
    },
)
def read_picture(name: Name, side: Side, request: Request, desk: TheDesk) -> Response:
    """What a shipped workflow does to a photo: the photo before it, and after."""
    path = desk.library.picture(name, side)
    found = path.stat()
    headers = {"ETag": tag_of(found), "Cache-Control": AN_HOUR}
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type="image/webp", stat_result=found)


@router.put("/{name}", summary="Save a workflow", openapi_extra=BODY, responses=refusals(400, 413, 422, 507))
async def save_workflow(name: Name, request: Request, desk: TheDesk) -> WorkflowJson:
    """Keep a workflow of one's own. What has the shape of one is kept, even if it cannot run yet."""
    text = await whole(request)
    return _json(await run_in_threadpool(_save, name, text, desk))


@router.delete("/{name}", summary="Delete a workflow", status_code=204, responses=refusals(403, 404, 422))
def delete_workflow(name: Name, desk: TheDesk) -> None:
    """Delete a workflow of one's own. A shipped one of its name is seen again."""
    desk.library.delete(name)


def _needs(text: bytes, targets: list[str] | None, desk: Desk) -> NeedsJson:
    document = _small(text, desk)
    graph = _checked(document, desk)
    wanted = graph.targets() if targets is None else [id for id in targets if id in graph.steps]
    models = [model_json(each) for each in _used(graph, wanted, desk)]
    return NeedsJson(models=models, without=_without(graph, wanted, desk))


def _checked(document: Document, desk: Desk) -> Graph:
    return check(document, desk.session.registry, desk.places, desk.session.shelf)


def _used(graph: Graph, wanted: list[str], desk: Desk) -> list[Listed]:
    """In the catalogue's order."""
    chosen = {model for id in graph.needed(wanted) for model in graph.steps[id].models().values()}
    listed = {model.name: model for model in desk.stock.listing()} if chosen else {}
    names = reach(chosen, lambda name: listed[name].needs if name in listed else ())
    return [model for name, model in listed.items() if name in names]


def _without(graph: Graph, wanted: list[str], desk: Desk) -> list[WithoutJson] | None:
    """What becomes of steps whose model files are not there; None where nothing can come of the workflow then."""
    found: list[Fallback] = []
    while unmet := supply.barred(_missing(graph, wanted, desk), desk.stock, download=False):
        document, fallbacks = fall_back(graph.document, unmet)
        if not fallbacks:
            return None
        found += fallbacks
        try:
            graph = _checked(document, desk)
        except WorkflowError:
            return None
        wanted = targets_without(graph, wanted, found)
    return [_what_becomes(each, graph.document) for each in found]


def _what_becomes(fallback: Fallback, document: Document) -> WithoutJson:
    step, instead, _ = fallback
    return WithoutJson(step=step, type=document.nodes[step].type, instead=None if instead is None else dict(instead))


def _missing(graph: Graph, wanted: list[str], desk: Desk) -> list[supply.Need]:
    needed = graph.needed(wanted)
    return supply.needs((step for id, step in graph.steps.items() if id in needed), desk.stock)


def _small(text: bytes, desk: Desk) -> Document:
    """The workflow. Refusal for one of more nodes than the server takes."""
    document = parse(text)
    if too_many := desk.limits.too_many(len(document.nodes)):
        raise Refusal(413, too_many.message, too_many.remedy)
    return document


def _save(name: str, text: bytes, desk: Desk) -> Listing:
    _small(text, desk)
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
        about=listing.about,
        owner=listing.owner,
        modified=listing.modified,
        nodes=listing.nodes,
        pictures=listing.pictures,
        problems=problems_of(listing.problems),
    )
