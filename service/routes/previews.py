"""Pictures of what steps made."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response

from service.desk import TheDesk
from service.etags import FOR_EVER, is_known
from service.formats import MEDIA, SUFFIX, Data, Format, Quality
from service.names import disposition, file_name
from service.previews import OVERLAP, TILE, drawn
from service.routes.answers import refusals

router = APIRouter(prefix="/preview", tags=["results"])

JSON = "application/json"

EXAMPLE = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"

Key = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="A step's key.", examples=[EXAMPLE])]
Output = Annotated[str, Query(max_length=200, description="Which of the step's outputs; its first where empty.")]
Number = Annotated[int, Path(ge=0, le=2**20)]

DEEP_ZOOM = """<?xml version="1.0" encoding="UTF-8"?>
<Image xmlns="http://schemas.microsoft.com/deepzoom/2008" Format="webp" Overlap="{overlap}" TileSize="{tile}">\
<Size Width="{width}" Height="{height}"/></Image>
"""


def _picture(what: str, media_type: str = "image/webp") -> dict[int | str, dict[str, Any]]:
    return {
        200: {"content": {media_type: {}}, "description": what},
        304: {"description": "The client has it."},
        **refusals(404, 422),
    }


@router.get(
    "/{key}",
    summary="A step's result, as a picture",
    response_class=Response,
    responses=_picture("A WebP picture in sRGB, never larger than the result."),
)
async def read_preview(
    key: Key,
    request: Request,
    desk: TheDesk,
    output: Output = "",
    w: Annotated[int, Query(ge=1, le=4096, description="Pixels of the longer side, at most.")] = 768,
) -> Response:
    """What a step made. Runs and their events name the keys of steps; 404 once the result is not kept any more.

    A key names content: the picture at an address never changes and may be kept for ever.
    """
    headers = _headers(key, output, w)
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    data = await drawn(request, lambda: desk.previews.whole(key, output, w))
    return Response(data, headers=headers, media_type="image/webp")


@router.get(
    "/{key}/file",
    summary="A step's result, as a file",
    response_class=Response,
    responses={
        200: {"content": {media: {} for media in (*MEDIA.values(), JSON)}, "description": "A file to keep."},
        304: {"description": "The client has it."},
        **refusals(404, 422),
    },
)
async def read_file(
    key: Key,
    request: Request,
    desk: TheDesk,
    output: Output = "",
    format: Annotated[Format | Data, Query(description="Pictures in one of theirs, faces as json.")] = "png",
    quality: Quality = None,
    name: Annotated[str, Query(max_length=200, description="What to call it; as the output where empty.")] = "",
) -> Response:
    """What a step made, at its full size and depth; a mask is a grey picture, white where it holds."""
    suffix, media = (".json", JSON) if format == "json" else (SUFFIX[format], MEDIA[SUFFIX[format]])
    headers = _headers(key, output, "file", format, quality or "")
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    data = await drawn(request, lambda: desk.previews.file(key, output, suffix, quality))
    headers["Content-Disposition"] = disposition("attachment", file_name(name or output, (suffix,), "result"))
    return Response(data, headers=headers, media_type=media)


@router.get(
    "/{key}/tiles.dzi",
    summary="A step's result, as tiles",
    response_class=Response,
    responses=_picture("The Deep Zoom description.", "application/xml"),
)
async def read_tiles(key: Key, request: Request, desk: TheDesk, output: Output = "") -> Response:
    """How a large result is cut into tiles, as OpenSeadragon and other Deep Zoom viewers read it."""

    def describe() -> bytes:
        width, height = desk.previews.levels(key, output)
        return DEEP_ZOOM.format(overlap=OVERLAP, tile=TILE, width=width, height=height).encode()

    return Response(await drawn(request, describe), headers=_headers(key, output, "dzi"), media_type="application/xml")


@router.get(
    "/{key}/tiles_files/{level}/{x}_{y}.webp",
    summary="One tile of a step's result",
    response_class=Response,
    responses=_picture("A WebP picture in sRGB."),
)
async def read_tile(
    key: Key, level: Number, x: Number, y: Number, request: Request, desk: TheDesk, output: Output = ""
) -> Response:
    """A tile of the pyramid that `tiles.dzi` describes, at the address that viewers derive from its."""
    headers = _headers(key, output, level, x, y)
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    data = await drawn(request, lambda: desk.previews.tile(key, output, level, x, y))
    return Response(data, headers=headers, media_type="image/webp")


def _headers(key: str, output: str, *parts: object) -> dict[str, str]:
    tag = "-".join([key, quote(output, safe=""), *(str(part) for part in parts)])
    return {"ETag": f'"{tag}"', "Cache-Control": FOR_EVER, "X-Content-Type-Options": "nosniff"}
