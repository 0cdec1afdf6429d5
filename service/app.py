"""The application: what answers at which address, and under which terms."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI

from service.access.body import Body
from service.access.headers import SafeHeaders
from service.access.hosts import Hosts
from service.access.token import Token
from service.desk import Desk
from service.failures import Failures, add_handlers
from service.page import add_page
from service.reference import add_reference
from service.routes import catalogue, health, metrics, models, photos, previews, restore, runs, workflows
from service.watch import socket

ABOUT = """\
Heirloom brings old photographs back. Whatever its editor and its command line do can be asked for here.

- **Send a photo, get a photo**: `POST /api/restore` with the picture's bytes.
- **With history and steps**: upload to `/api/photos`, start a run at `/api/runs`, watch it at `/ws`.

Every error answers `{"problems": [{"message", "remedy", "node", "port"}]}`.
"""

TAGS = [
    {"name": "restore", "description": "Picture bytes in, picture bytes out."},
    {"name": "photos", "description": "Uploaded photos, known by their sha256."},
    {"name": "workflows", "description": "The shipped ones and your own."},
    {"name": "runs", "description": "The queue and the history."},
    {"name": "results", "description": "Previews of steps."},
    {"name": "catalogue", "description": "The nodes, kinds and controls that there are."},
    {"name": "models", "description": "The model files that there are, and fetching them."},
    {"name": "server", "description": "How the server is."},
]

ROUTERS = (
    restore.router,
    photos.router,
    workflows.router,
    runs.router,
    previews.router,
    catalogue.router,
    models.router,
    health.router,
    metrics.router,
    socket.router,
)


def api(version: str) -> FastAPI:
    """What can be asked for and what is answered, with nobody yet to answer it."""
    app = FastAPI(
        title="Heirloom",
        summary="Brings old photographs back.",
        description=ABOUT,
        version=version,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    for router in ROUTERS:
        app.include_router(router)
    return app


def create_app(desk: Desk) -> FastAPI:
    """The whole service on the parts at a desk. It starts the queue and ends it."""
    app = api(desk.version)
    app.state.desk = desk
    add_reference(app)
    add_page(app)
    add_handlers(app)
    # The last one added meets a request first.
    app.add_middleware(Failures)
    app.add_middleware(Body, limits=desk.limits)
    app.add_middleware(Token, access=desk.access)
    app.add_middleware(Hosts, access=desk.access)
    app.add_middleware(SafeHeaders)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    desk: Desk = app.state.desk
    await to_thread.run_sync(desk.queue.start)
    try:
        yield
    finally:
        await to_thread.run_sync(desk.queue.close, desk.limits.grace)
