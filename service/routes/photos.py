"""Photos in and out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from graph.document import parse
from service.desk import TheDesk
from service.etags import FOR_EVER, is_known
from service.photos import SIDES, Kept, Photo
from service.previews import drawn
from service.refusals import Refusal
from service.routes.answers import refusals
from service.uploads import pour

router = APIRouter(prefix="/api/photos", tags=["photos"])

EXAMPLE = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="Of the photo's bytes.", examples=[EXAMPLE])]

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}

SAFELY = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
"""What a stranger made is shown as what it is, and runs nothing."""


class PhotoJson(BaseModel):
    """A photo that is kept."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "sha256": EXAMPLE,
                "name": "wedding 1931.jpg",
                "setting": f"{EXAMPLE}/wedding 1931.jpg",
                "bytes": 2483520,
                "added": 1795392000.0,
                "width": 3000,
                "height": 2000,
                "pages": 1,
                "media_type": "image/jpeg",
                "problem": "",
            }
        }
    )

    sha256: str
    name: str = Field(description="As it was called when it came first, made safe, with the suffix of its content.")
    setting: str = Field(description="What a workflow calls it.")
    bytes: int
    added: float = Field(description="Seconds since the epoch.")
    width: int = Field(description="As it is shown, upright.")
    height: int
    pages: int
    media_type: str
    problem: str = Field(description="Why it cannot be read any more; empty where it can.")


class PhotosJson(BaseModel):
    """Some of the photos, newest first."""

    photos: list[PhotoJson]
    next: str = Field(description="`before` of the next page; empty on the last.")
    total: int = Field(description="Of all pages.")


@router.post(
    "",
    summary="Upload a photo",
    status_code=201,
    responses={200: {"model": PhotoJson, "description": "It was there."}, **refusals(400, 413, 415, 422, 507)},
    openapi_extra=UPLOAD,
)
async def upload(
    request: Request,
    response: Response,
    desk: TheDesk,
    name: Annotated[str, Query(max_length=1000, description="What to call it; a form's file name where empty.")] = "",
) -> PhotoJson:
    """Bring a photo, as a form's field `file` or as the body itself: `curl --data-binary @scan.tif …?name=scan.tif`.

    What it is, its content says, not its name. The same bytes are kept once, under their first name.
    """
    incoming = await run_in_threadpool(desk.photos.receive)
    try:
        named = await pour(request, incoming.write)
        kept: Kept = await run_in_threadpool(desk.photos.keep, incoming, name or named)
    finally:
        await run_in_threadpool(incoming.discard)
    response.status_code = 201 if kept.is_new else 200
    response.headers["Location"] = f"/api/photos/{kept.photo.sha256}"
    return _json(kept.photo)


@router.get("", summary="List the photos", responses=refusals(422))
def read_photos(
    desk: TheDesk,
    limit: Annotated[int, Query(ge=1, le=1000, description="At most so many.")] = 100,
    before: Annotated[str, Query(max_length=100, description="The `next` of the page before.")] = "",
) -> PhotosJson:
    """Photos page by page, newest first."""
    page = desk.photos.list(limit, before)
    return PhotosJson(photos=[_json(photo) for photo in page.photos], next=page.next, total=page.total)


@router.get("/{sha256}", summary="One photo's facts", responses=refusals(404, 422))
def read_photo(sha256: Sha256, desk: TheDesk) -> PhotoJson:
    """What is known of a photo."""
    return _json(desk.photos.get(sha256))


@router.get(
    "/{sha256}/file",
    summary="One photo's file",
    response_class=FileResponse,
    responses={
        200: {"content": {"image/*": {}}, "description": "The bytes as they came."},
        206: {"description": "The range that was asked for."},
        304: {"description": "The client has it."},
        416: {"description": "There are no such bytes."},
        **refusals(404, 422),
    },
)
def read_file(sha256: Sha256, request: Request, desk: TheDesk) -> Response:
    """The photo's bytes, whole or in ranges."""
    photo = desk.photos.get(sha256)
    headers = {"ETag": f'"{sha256}"', "Cache-Control": FOR_EVER, **SAFELY}
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    try:
        found = photo.path.stat()
    except FileNotFoundError as error:
        raise Refusal(404, "The photo was deleted just now.") from error
    return FileResponse(
        photo.path,
        headers=headers,
        media_type=photo.media_type,
        filename=photo.name,
        stat_result=found,
        content_disposition_type="inline",
    )


@router.get(
    "/{sha256}/thumbnail",
    summary="One photo, small",
    response_class=Response,
    responses={
        200: {"content": {"image/webp": {}}, "description": "A WebP picture, upright, in sRGB."},
        304: {"description": "The client has it."},
        **refusals(404, 422),
    },
)
async def read_thumbnail(
    sha256: Sha256,
    request: Request,
    desk: TheDesk,
    w: Annotated[int, Query(ge=1, le=SIDES[-1], description=f"Longer side, rounded up to one of {SIDES}.")] = 256,
) -> Response:
    """The photo at the size of a list."""
    headers = {"ETag": f'"{sha256}-{w}"', "Cache-Control": FOR_EVER, **SAFELY}
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    data = await drawn(request, lambda: desk.photos.thumbnail(sha256, w))
    return Response(data, headers=headers, media_type="image/webp")


@router.get(
    "/{sha256}/workflow",
    summary="The workflow that a photo carries",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}, "description": "The workflow."}, **refusals(404, 422)},
)
def read_workflow(sha256: Sha256, desk: TheDesk) -> Response:
    """What made a picture that Heirloom saved; 404 for one that carries no workflow."""
    text = desk.photos.workflow(sha256)
    if text is None:
        raise Refusal(404, "This photo carries no workflow.", "Pictures that Heirloom saved as PNG, JPEG or TIFF do.")
    parse(text)
    return Response(text, headers=SAFELY, media_type="application/json")


@router.delete("/{sha256}", summary="Delete a photo", status_code=204, responses=refusals(404, 409, 422))
def delete_photo(sha256: Sha256, desk: TheDesk) -> None:
    """Delete a photo and its thumbnails. Results that were made of it stay."""
    desk.photos.delete(sha256)


def _json(photo: Photo) -> PhotoJson:
    return PhotoJson(
        sha256=photo.sha256,
        name=photo.name,
        setting=photo.setting,
        bytes=photo.bytes,
        added=photo.added,
        width=photo.width,
        height=photo.height,
        pages=photo.pages,
        media_type=photo.media_type,
        problem=photo.problem,
    )
