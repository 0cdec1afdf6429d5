"""One-shot restoration: a photo's bytes in, the restored photo's bytes out, with nothing kept."""

from __future__ import annotations

import base64
import binascii
import io
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from python_multipart.multipart import parse_options_header
from starlette.requests import ClientDisconnect

from graph.document import Document, parse
from graph.errors import Cancelled, Problem
from service.accept import NICKNAMES, choose
from service.desk import Desk, desk_of
from service.formats import MEDIA
from service.pathless import pathless
from service.refusals import Refusal, problems_json
from service.restoring import Restored, Wish
from service.routes.answers import ProblemsJson
from service.turns import unless_gone
from service.uploads import pour

router = APIRouter(prefix="/api", tags=["restore"])

JSON = "application/json"

CLIENT_GONE = 499
"""What nginx logs for a client that did not wait: nobody reads it."""

COME_BACK = "5"
"""Seconds after which a client that found no room may try again."""


class RestoreJson(BaseModel):
    """A restoration, asked for in JSON."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "image": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4ceECAASsAlUMLVX4AAAAAElFTkSuQmCC",
                "workflow": "restore",
                "settings": {"denoise.strength": 0.5, "Sharpen": False},
                "type": "image/png",
            }
        },
    )
    image: str = Field(description="The photo in base64, or as a data: URL.")
    workflow: str | dict[str, Any] = Field("restore", description="The name of a workflow, or a whole one.")
    settings: dict[str, Any] = Field(
        default_factory=dict, description='"node.setting" or the name of a control, and its value.'
    )
    type: str = Field(
        default="", description="Of the picture that comes back, such as image/jpeg; as it came where empty."
    )


class RestoredJson(BaseModel):
    """A restored photo in JSON."""

    image: str = Field(description="The restored photo in base64.")
    type: str = Field(description="Its media type.")
    notes: list[str] = Field(description="What the steps found and did.")
    seconds: float = Field(description="What it took.")


class RestoreQuery(BaseModel):
    """What stands in the address."""

    workflow: str = Field("restore", description="The name of the workflow.")
    set: list[str] = Field(
        default_factory=list,
        description="node.setting=value, or the name of a control and its value. May stand several times.",
        examples=[["denoise.strength=0.5", "Sharpen=false"]],
    )
    keep: bool = Field(False, description="Keep the photo and the result among the uploads.")


@dataclass(frozen=True)
class Sent:
    """A request as it came in."""

    body: bytes
    json: bool
    """Whether the body is JSON; else it is the photo."""
    accept: str
    query: RestoreQuery


WITHOUT = "Steps that went on without model files that could not be had, their names percent-encoded. Else not there."

BINARY = {"schema": {"type": "string", "format": "binary"}}

BODY: Mapping[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "image/*": BINARY,
            "application/octet-stream": BINARY,
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
            JSON: {"schema": RestoreJson.model_json_schema()},
        },
    }
}

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The restored photo.",
        "content": {**dict.fromkeys(MEDIA.values(), BINARY), JSON: {"schema": RestoredJson.model_json_schema()}},
        "headers": {
            "X-Heirloom-Seconds": {"description": "What it took.", "schema": {"type": "number"}},
            "X-Heirloom-Without": {"description": WITHOUT, "schema": {"type": "string"}},
        },
    },
    400: {"model": ProblemsJson, "description": "The body is no multipart form."},
    404: {"model": ProblemsJson, "description": "There is no such workflow."},
    406: {"model": ProblemsJson, "description": "The result cannot be written as any type that Accept names."},
    413: {"model": ProblemsJson, "description": "The photo has too many bytes or pixels."},
    415: {"model": ProblemsJson, "description": "What came is no picture that can be read."},
    422: {"model": ProblemsJson, "description": "The workflow or a setting is wrong, or a step failed."},
    503: {"model": ProblemsJson, "description": "Too many restorations are under way; see Retry-After."},
}


@router.post(
    "/restore", summary="Restore a photo at once", response_class=Response, responses=ANSWERS, openapi_extra=dict(BODY)
)
async def restore(request: Request, query: Annotated[RestoreQuery, Query()]) -> Response:
    """The photo is the body, or the field `file` of a form; the answer is the restored photo.

    `Accept` chooses PNG, JPEG, WebP, TIFF or BMP; without it the photo keeps its format, if that can be written, and
    becomes a PNG otherwise. A body of JSON is answered in JSON, with the pictures in base64, unless `Accept` says
    otherwise. Photo and result are never written to disk unless `keep` says so, and steps that write files are left
    out. Whoever hangs up cancels the work.
    """
    desk = desk_of(request)
    turns = desk.turns
    if turns.full:
        turns.ended["refused"] += 1
        problem = Problem("Too many restorations are under way.", f"Try again in {COME_BACK} seconds.")
        return JSONResponse(problems_json([problem]), 503, {"Retry-After": COME_BACK})
    cancelled = threading.Event()
    try:
        with turns.place():
            sent = Sent(await _body(request), _is_json(request), request.headers.get("accept", ""), query)
            work = turns.work(lambda: _restored(desk, sent, cancelled), cancelled.set)
            return await unless_gone(request, work)
    except (ClientDisconnect, Cancelled):
        return Response(status_code=CLIENT_GONE)


async def _body(request: Request) -> bytes:
    """The photo, or the JSON, in memory: nothing of it goes to disk. How much it may be, service.access.body minds."""
    body = io.BytesIO()

    def write(piece: bytes) -> None:
        body.write(piece)

    await pour(request, write)
    return body.getvalue()


def _is_json(request: Request) -> bool:
    kind, _ = parse_options_header(request.headers.get("content-type", ""))
    return kind == JSON.encode() or kind.endswith(b"+json")


def _restored(desk: Desk, sent: Sent, cancelled: threading.Event) -> Response:
    """Everything that takes time, in a thread."""
    asked = _asked(sent)
    photo = _picture(asked.image) if sent.json else sent.body
    document = _document(desk, asked.workflow)
    ready = desk.restorer.prepare(Wish(photo, document, sent.query.set, asked.settings))
    form = _form(sent, asked.type, ready.formats)
    restored = desk.restorer.carry_out(ready, form.media_type, cancelled)
    headers = {"X-Heirloom-Seconds": f"{restored.seconds:.3f}"}
    if restored.without:
        headers["X-Heirloom-Without"] = ", ".join(map(quote, restored.without))
    if sent.query.keep:
        headers |= _kept(desk, photo, restored)
    if not form.json:
        return Response(restored.data, media_type=restored.media_type, headers=headers)
    body = RestoredJson(
        image=base64.b64encode(restored.data).decode(),
        type=restored.media_type,
        notes=[pathless(note) for note in restored.notes],
        seconds=round(restored.seconds, 3),
    )
    return Response(body.model_dump_json(), media_type=JSON, headers=headers)


def _asked(sent: Sent) -> RestoreJson:
    """What is wished, wherever it stands."""
    if not sent.json:
        return RestoreJson(image="", workflow=sent.query.workflow, type="")
    try:
        return RestoreJson.model_validate_json(sent.body)
    except ValidationError as error:
        raise Refusal(422, "", problems=[_problem(each) for each in error.errors(include_input=False)]) from error


def _problem(found: Mapping[str, Any]) -> Problem:
    """What the validation found, without the value, which may be anything."""
    name = ".".join(str(part)[:80] for part in found["loc"])
    return Problem(f"The body is not right: {found['msg']}.", "See /docs.", port=name or None)


def _document(desk: Desk, workflow: str | dict[str, Any]) -> Document:
    """The workflow of that name, or the one that came along."""
    return parse(desk.library.read(workflow) if isinstance(workflow, str) else json.dumps(workflow))


def _picture(text: str) -> bytes:
    """The bytes of base64 text, bare or in a data: URL."""
    if text.startswith("data:"):
        about, _, text = text.partition(",")
        if not about.endswith(";base64"):
            raise Refusal(422, "The data: URL is not in base64.", "Write data:image/jpeg;base64,…")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal(422, f"The image is not base64: {error}.", "Send the file's bytes in base64.") from error


class Form(NamedTuple):
    """How the result goes back."""

    media_type: str
    """Of the picture."""
    json: bool
    """Whether it stands in JSON."""


def _form(sent: Sent, wanted: str, formats: Sequence[str]) -> Form:
    """What Accept chooses: bytes are answered in bytes and JSON in JSON, unless it says otherwise."""
    offered = [JSON, *formats] if sent.json else [*formats, JSON]
    chosen = choose(sent.accept, offered)
    wanted = NICKNAMES.get(wanted, wanted)
    if chosen is None or (wanted and wanted not in formats):
        remedy = f"There is: {', '.join(offered)}."
        raise Refusal(406, "The result cannot be had as that.", remedy)
    if chosen != JSON:
        return Form(chosen, json=False)
    return Form(wanted or choose(sent.accept, formats) or formats[0], json=True)


def _kept(desk: Desk, photo: bytes, restored: Restored) -> dict[str, str]:
    """Photo and result as uploads; what workflows call them."""
    suffix = next(suffix for suffix, media in MEDIA.items() if media == restored.media_type)
    return {
        "X-Heirloom-Photo": desk.photos.add("photo", photo).setting,
        "X-Heirloom-Result": desk.photos.add(f"restored{suffix}", restored.data).setting,
    }
