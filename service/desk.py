"""Everything a request may need, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from graph.places import Places
from graph.session import Session
from graph.shelf import Stock
from service.access.access import Access
from service.downloads import Downloads
from service.library import Library
from service.limits import Limits
from service.photos import Photos
from service.pictures import Pictures
from service.previews import Previews
from service.restoring import Restorer
from service.runs.queue import Queue
from service.runs.store import Store
from service.turns import Turns
from service.watch.hub import Hub


@dataclass(frozen=True)
class Desk:
    """The parts of a running server."""

    session: Session
    stock: Stock
    pictures: Pictures
    photos: Photos
    library: Library
    queue: Queue
    hub: Hub
    downloads: Downloads
    previews: Previews
    restorer: Restorer
    turns: Turns
    """Of one-shot restorations."""
    access: Access
    limits: Limits
    places: Places
    """Where workflows may find photos."""
    data: Path
    """The folder of what the person makes."""
    version: str


@dataclass(frozen=True)
class Outside:
    """What a desk is furnished with from outside of the service."""

    session: Session
    stock: Stock
    pictures: Pictures
    data: Path
    """The folder of what the person makes."""
    shipped: Path
    """The folder of workflows that came with the program."""
    version: str


def furnish(outside: Outside, access: Access, limits: Limits | None = None) -> Desk:
    """A desk with all its parts, on the folders of the person."""
    limits, session, data = limits or Limits(), outside.session, outside.data
    data.mkdir(parents=True, exist_ok=True)
    hub = Hub(limits.backlog)
    store = Store(data / "runs.sqlite")
    places = Places((outside.shipped, data / "photos"), confined=True)
    return Desk(
        session=session,
        stock=outside.stock,
        pictures=outside.pictures,
        photos=Photos(data / "photos", outside.pictures, limits),
        library=Library(outside.shipped, data / "workflows", session.registry),
        queue=Queue(store, session, hub, data / "results", limits, places),
        hub=hub,
        downloads=Downloads(outside.stock, hub, limits),
        previews=Previews(session.cache),
        restorer=Restorer(session, outside.pictures, limits, places),
        turns=Turns(limits.restores),
        access=access,
        limits=limits,
        places=places,
        data=data,
        version=outside.version,
    )


def desk_of(connection: HTTPConnection) -> Desk:
    """The desk of the application that a request or websocket came to."""
    return connection.app.state.desk


async def _desk(connection: HTTPConnection) -> Desk:
    # Asynchronous, because FastAPI would call it in a thread otherwise.
    return desk_of(connection)


TheDesk = Annotated[Desk, Depends(_desk)]
"""What a handler asks for that needs the desk."""
