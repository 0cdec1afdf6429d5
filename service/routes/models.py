"""The model files that exist, and bringing them here."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import APIRouter, FastAPI
from fastapi import Path as PathPart
from pydantic import BaseModel, ConfigDict, Field

from graph.shelf import Listed
from service.desk import Desk, TheDesk
from service.downloads import Download
from service.routes.answers import ProblemJson, ProblemsJson, problems_of


@asynccontextmanager
async def _ending(app: FastAPI) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        desk: Desk = app.state.desk
        await to_thread.run_sync(desk.downloads.close)


router = APIRouter(prefix="/api", tags=["models"], lifespan=_ending)

Name = Annotated[str, PathPart(description="As the list of models has it.", examples=["realesrgan-x4plus"])]


MODEL: dict[str, Any] = {
    "name": "realesrgan-x4plus",
    "tasks": ["upscale"],
    "title": "Real-ESRGAN x4plus",
    "about": "Four times larger, for photos.",
    "bytes": 67_040_989,
    "licence": "BSD-3-Clause",
    "commercial": True,
    "needs": [],
    "present": False,
    "note": "",
}
DOWNLOAD: dict[str, Any] = {
    "name": "realesrgan-x4plus",
    "state": "running",
    "done": 31_457_280,
    "total": 67_040_989,
    "problems": [],
}
"""Examples."""


class ModelJson(BaseModel):
    """A model file."""

    model_config = ConfigDict(json_schema_extra={"example": MODEL})
    name: str = Field(description="What settings of nodes call it.")
    tasks: list[str] = Field(description="What it can be chosen for; empty where no node can use it.")
    title: str
    about: str
    bytes: int | None = Field(description="Of its file; null where that is not known.")
    licence: str = Field(description="Empty for a file that somebody put there: only they can know.")
    commercial: bool | None = Field(description="Whether it may be used for money; null where nobody here knows.")
    needs: list[str] = Field(description="Models that come with it, because it does not work without them.")
    present: bool = Field(description="Whether its file is there.")
    note: str = Field(description="What else there is to say of the file that is there.")


class ModelsJson(BaseModel):
    """All models."""

    model_config = ConfigDict(json_schema_extra={"example": {"models": [MODEL]}})
    models: list[ModelJson]


class DownloadJson(BaseModel):
    """A model on its way here."""

    model_config = ConfigDict(json_schema_extra={"example": DOWNLOAD})
    name: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    done: int = Field(description="Bytes that are there, of this model and of what it needs.")
    total: int | None = Field(description="Bytes of all these files; null where that is not known.")
    problems: list[ProblemJson] = Field(description="Why it failed.")


class DownloadsJson(BaseModel):
    """All downloads since the server started."""

    model_config = ConfigDict(json_schema_extra={"example": {"downloads": [DOWNLOAD]}})
    downloads: list[DownloadJson]


@router.get("/models", summary="List the model files")
def models(desk: TheDesk) -> ModelsJson:
    """Every model of the catalogue, then every other file that lies in a folder of models."""
    return ModelsJson(models=[model_json(model) for model in desk.stock.listing()])


@router.post(
    "/models/{name}/download",
    summary="Fetch a model file",
    status_code=202,
    responses={
        404: {"model": ProblemsJson, "description": "There is no such model."},
        422: {"model": ProblemsJson, "description": "The name is wrong."},
        409: {"model": ProblemsJson, "description": "It may not be fetched, or nobody else has it."},
        503: {"model": ProblemsJson, "description": "The server is about to end."},
    },
)
def download(name: Name, desk: TheDesk) -> DownloadJson:
    """Start to fetch a model and what it needs. One that is there is done at once; one on its way stays so.

    A download that failed or was cancelled goes on where it ended. The websocket tells how far it is.
    """
    return _json(desk.downloads.start(name))


@router.delete(
    "/models/{name}/download",
    summary="Cancel a download",
    responses={
        404: {"model": ProblemsJson, "description": "No such download was started."},
        422: {"model": ProblemsJson, "description": "The name is wrong."},
    },
)
def cancel(name: Name, desk: TheDesk) -> DownloadJson:
    """Stop a download. What has come in is kept for the next attempt. One that has ended stays as it is."""
    return _json(desk.downloads.cancel(name))


@router.get("/downloads", summary="List the downloads")
def downloads(desk: TheDesk) -> DownloadsJson:
    """Every download that was asked for since the server started."""
    return DownloadsJson(downloads=[_json(each) for each in desk.downloads.list()])


def model_json(model: Listed) -> ModelJson:
    """A model as lists have it."""
    names = ("name", "title", "about", "bytes", "licence", "commercial", "note")
    return ModelJson(
        **{name: getattr(model, name) for name in names},
        tasks=list(model.tasks),
        needs=list(model.needs),
        present=bool(model.path),
    )


def _json(download: Download) -> DownloadJson:
    return DownloadJson(
        name=download.name,
        state=download.state,
        done=download.done,
        total=download.total,
        problems=problems_of(download.problems),
    )
