"""Whether the server is well, and which one it is."""

from __future__ import annotations

import time
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from service.desk import desk_of

router = APIRouter(tags=["server"])

STARTED = time.monotonic()


class HealthJson(BaseModel):
    """A sign of life."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"status": "ok", "version": "0.1.0", "queued": 3, "seconds": 86400.5}}
    )
    status: Literal["ok"]
    version: str
    queued: int = Field(description="Runs that wait.")
    seconds: float = Field(description="Since the server was started.")


class VersionJson(BaseModel):
    """Which Heirloom this is."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "Heirloom", "version": "0.1.0"}})
    name: Literal["Heirloom"]
    version: str


# In the event loop, without a thread that others could keep busy, and without touching the disk.
@router.get("/health", summary="Ask for a sign of life")
async def health(request: Request) -> HealthJson:
    """Answers at once, whatever else the server does."""
    desk = desk_of(request)
    seconds = round(time.monotonic() - STARTED, 3)
    return HealthJson(status="ok", version=desk.version, queued=len(desk.queue), seconds=seconds)


@router.get("/api/version", summary="Ask for the version")
async def version(request: Request) -> VersionJson:
    """The name and version of the program."""
    return VersionJson(name="Heirloom", version=desk_of(request).version)
