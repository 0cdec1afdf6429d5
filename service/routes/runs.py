"""Runs: started, watched, put in order, ended; and what they leave."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from graph.changes import assign
from graph.document import parse
from graph.errors import StepError
from service.desk import Desk, TheDesk
from service.etags import is_known, tag_of
from service.formats import MEDIA, SUFFIX, Format, Quality
from service.names import disposition
from service.photos import SHA256
from service.previews import drawn
from service.refusals import Refusal
from service.routes.answers import ProblemsJson, refusals
from service.routes.run_json import (
    EXAMPLE_ID,
    ID,
    FilesJson,
    MoveJson,
    QueueJson,
    RunJson,
    RunsJson,
    StartJson,
    WholeRunJson,
    files_json,
    run_json,
    whole_run_json,
)
from service.runs.record import RunRecord, RunRequest, State
from service.runs.results import SavedFile
from service.runs.wishes import text_of

router = APIRouter(prefix="/api", tags=["runs"])


def _run_id(id: Annotated[str, Path(description="A run's id.", examples=[EXAMPLE_ID])]) -> str:
    """The id, if it can be one: nothing else comes near the disk."""
    if not ID.fullmatch(id):
        raise Refusal(404, "There is no such run.", "Ids are 32 hexadecimal digits.")
    return id


RunId = Annotated[str, Depends(_run_id)]

FULL: Mapping[int | str, Any] = {429: {"model": ProblemsJson, "description": "Too many runs wait."}}


@router.post("/runs", status_code=201, summary="Start a run", responses=refusals(400, 404, 413, 422) | dict(FULL))
def start(desk: TheDesk, wish: Annotated[StartJson, Body()], response: Response) -> RunJson:
    """Put a run in line. Everything that is wrong with its workflow is told at once, and nothing begins then."""
    record = desk.queue.add(
        RunRequest(
            _document(desk, wish),
            name=wish.name,
            photo=_photo(desk, wish.photo),
            targets=wish.targets,
            force=wish.force,
            priority=wish.priority,
            download=wish.download,
        )
    )
    response.headers["Location"] = f"/api/runs/{record.id}"
    return run_json(record)


@router.get("/runs", summary="List runs", responses=refusals(404, 422))
def runs(
    desk: TheDesk,
    states: Annotated[
        list[State] | None, Query(alias="state", description="Only these; may stand several times.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: Annotated[str | None, Query(pattern=f"^{ID.pattern}$", description="`next` of the page before.")] = None,
) -> RunsJson:
    """Those that wait, work and have ended, the newest first."""
    found = desk.queue.list(tuple(states or ()), limit + 1, before)
    page = [run_json(record) for record in found[:limit]]
    return RunsJson(runs=page, next=page[-1].id if len(found) > limit else None)


@router.get("/runs/{id}", summary="Read a run", responses=refusals(404, 422))
def run(desk: TheDesk, id: RunId) -> WholeRunJson:
    """With each step: why it ran, how long it took, what it said."""
    return whole_run_json(desk.queue.get(id))


@router.get("/runs/{id}/workflow", summary="Read a run's workflow", responses=refusals(404, 422))
def workflow(desk: TheDesk, id: RunId) -> dict[str, Any]:
    """As the run was given it, without the photo that was filled in."""
    return parse(desk.queue.text(id)).as_json()


@router.post("/runs/{id}/cancel", summary="Cancel a run", responses=refusals(404, 422))
def cancel(desk: TheDesk, id: RunId) -> WholeRunJson:
    """Whether it waits or works. One that has ended stays as it is."""
    return whole_run_json(desk.queue.cancel(id))


@router.delete("/runs/{id}", status_code=204, summary="Delete a run", responses=refusals(404, 409, 422))
def delete(desk: TheDesk, id: RunId) -> None:
    """Forget the run and delete the files that it saved. One that waits or works is cancelled first."""
    desk.queue.delete(id)


@router.post("/runs/{id}/move", summary="Move a waiting run", responses=refusals(400, 404, 409, 422))
def move(desk: TheDesk, id: RunId, to: Annotated[MoveJson, Body()]) -> RunJson:
    """To another place in line, to another priority, or both.

    The line stays sorted by priority: a run that is put among others takes on theirs.
    """
    return run_json(desk.queue.move(id, to.position, to.priority))


@router.get("/runs/{id}/files", summary="List a run's files", responses=refusals(404, 422))
def files(desk: TheDesk, id: RunId) -> FilesJson:
    """The result, and whatever steps of the workflow saved."""
    return files_json(desk.queue.files(id))


FILE: Mapping[int | str, Any] = {
    200: {"description": "The file.", "content": {"application/octet-stream": {}, "image/*": {}}},
    206: {"description": "The part of it that Range asks for."},
    304: {"description": "It is as If-None-Match says."},
    416: {"description": "It has no such part."},
    **refusals(404, 422),
}


KEPT = {"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}


@router.get("/runs/{id}/result", summary="Fetch a run's result", response_class=FileResponse, responses=dict(FILE))
async def result(
    desk: TheDesk,
    request: Request,
    id: RunId,
    format: Annotated[Format | None, Query(description="As it was saved where empty.")] = None,
    quality: Quality = None,
) -> Response:
    """The picture that the workflow calls its result, in the photo's format if that can be written. Takes Range.

    In another format it is made from the file that was saved, with the depth, profile and metadata that the format
    can hold.
    """
    if format is None:
        return await run_in_threadpool(lambda: _file(desk, request, *_result(desk, id)))
    return await drawn(request, lambda: _converted(desk, request, id, format, quality))


@router.get("/runs/{id}/files/{name}", summary="Fetch a run's file", response_class=FileResponse, responses=dict(FILE))
def file(desk: TheDesk, request: Request, id: RunId, name: Annotated[str, Path(examples=["result.jpg"])]) -> Response:
    """One of the files in the run's list. Takes Range."""
    return _file(desk, request, desk.queue.get(id), desk.queue.file(id, name))


@router.get("/queue", summary="Read the queue")
def queue(desk: TheDesk) -> QueueJson:
    """What works, and what waits in which order."""
    waiting, paused = desk.queue.order()
    return QueueJson(paused=paused, running=desk.queue.running, waiting=list(waiting))


@router.post("/queue/pause", summary="Pause the queue")
def pause(desk: TheDesk) -> QueueJson:
    """Let no run begin until it is resumed, restarts of the server included. The one that works goes on."""
    desk.queue.pause()
    return queue(desk)


@router.post("/queue/resume", summary="Resume the queue")
def resume(desk: TheDesk) -> QueueJson:
    """Go on with the line."""
    desk.queue.resume()
    return queue(desk)


def _document(desk: Desk, wish: StartJson) -> Mapping[str, Any]:
    """The workflow of that name, or the one that came along, with its settings filled in."""
    if isinstance(wish.workflow, str):
        document = parse(desk.library.read(wish.workflow))
    elif wish.settings:
        document = parse(text_of(wish.workflow, desk.limits))
    else:
        return wish.workflow
    return document.with_settings(assign(document, desk.session.registry, wish.settings)).as_json()


def _photo(desk: Desk, photo: str) -> str:
    return desk.photos.get(photo).setting if SHA256.fullmatch(photo) else photo


def _result(desk: Desk, id: str) -> tuple[RunRecord, SavedFile]:
    record = desk.queue.get(id)
    if record.result is None:
        raise Refusal(404, f"This run has no result; it is {record.state}.", "See its problems, or its files.")
    return record, desk.queue.file(id, record.result)


def _converted(desk: Desk, request: Request, id: str, format: Format, quality: int | None) -> Response:
    """The result as a file of that format; as it was saved, if that is what it is."""
    record, file = _result(desk, id)
    suffix = SUFFIX[format]
    if quality is None and file.path.suffix == suffix:
        return _file(desk, request, record, file)
    tag = tag_of(_found(file), format, quality or "")
    headers = {"ETag": tag, **KEPT}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    name = PurePosixPath(_called(record, file)).with_suffix(suffix).name
    headers["Content-Disposition"] = disposition("inline", name)
    return Response(desk.pictures.convert(file.path, suffix, quality), headers=headers, media_type=MEDIA[suffix])


def _found(file: SavedFile) -> os.stat_result:
    try:
        return file.path.stat()
    except OSError as error:
        raise Refusal(404, "The file is gone.", "Ask for the list of the run's files.") from error


def _file(desk: Desk, request: Request, record: RunRecord, file: SavedFile) -> Response:
    """The file's bytes, of the type that its content has. A client that has them already is told so."""
    found = _found(file)
    tag = tag_of(found)
    headers = {"ETag": tag, **KEPT}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = disposition("inline", _called(record, file))
    return FileResponse(file.path, headers=headers, media_type=_media_type(desk, file), stat_result=found)


def _called(record: RunRecord, file: SavedFile) -> str:
    """What the file is called where it is saved: `result.png` alone would soon stand there twice."""
    photo = PurePosixPath(record.photo).stem
    return f"{photo}-{file.name}" if photo else file.name


def _media_type(desk: Desk, file: SavedFile) -> str:
    try:
        return desk.pictures.measure(file.path).media_type
    except StepError:  # no picture: what else nodes save is only ever data
        return "application/json" if file.path.suffix == ".json" else "application/octet-stream"
