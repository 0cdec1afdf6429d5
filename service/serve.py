"""Runs the application under uvicorn until somebody asks it to stop."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any
from urllib.parse import quote

import uvicorn

from graph.errors import Problem, WorkflowError
from service.access.access import LOOPBACK, Access
from service.app import create_app
from service.connection import Connection
from service.desk import Desk
from service.heap import few_heaps

STOPPED, HURRIED = 0, 130
"""Exit codes: asked to stop; asked twice."""

PORTS = 100
"""How many ports are tried, from the wanted one on."""

SPARE_CONNECTIONS = 256
"""For requests, beside the websockets that are open."""


@dataclass(frozen=True)
class Talk:
    """How the server speaks to whoever started it."""

    ready: Callable[[str], None]
    """Called with the link, once the server answers there."""
    browser: bool = True
    """Whether to open the page once the server answers."""


def serve(desk: Desk, listener: socket.socket, talk: Talk) -> int:
    """Answer requests until Ctrl-C, or a signal to end. Returns the exit code.

    Answers and the run under way get some seconds to end then; a run that does not is taken up by the next start. A
    second Ctrl-C does not wait for them.
    """

    def ready() -> None:
        link = address(desk.access, listener)
        talk.ready(link)
        if talk.browser and _has_display():
            threading.Thread(target=webbrowser.open, args=(link,), name="browser", daemon=True).start()

    few_heaps()
    Server(configuration(desk), ready).run(sockets=[listener])
    return STOPPED


def listen(host: str, port: int, warn: Callable[[str], None]) -> socket.socket:
    """A socket on the first free port from `port` on. WorkflowError where there is none, or no such address."""
    family, place = _resolve(host, port)
    for wanted in range(port, min(port + PORTS, 65536)) if port else [0]:
        listener = _bind(family, (place[0], wanted, *place[2:]))
        if listener:
            if wanted != port:
                warn(f"Port {port} is taken; this is port {wanted}.")
            return listener
    last = min(port + PORTS, 65536) - 1
    raise WorkflowError([Problem(f"The ports {port} to {last} are taken.", "Choose another one with --port.")])


def address(access: Access, listener: socket.socket) -> str:
    """The link to this server, with the token where one is asked for."""
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        host = _outward(listener.family) or socket.gethostname()
    elif host in LOOPBACK and access.host == "localhost":
        host = access.host
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/" + (f"?token={quote(access.token)}" if access.token else "")


def configuration(desk: Desk) -> uvicorn.Config:
    """How uvicorn works here."""
    return uvicorn.Config(
        create_app(desk),
        loop="asyncio",
        http=Connection,
        ws="websockets-sansio",
        ws_max_size=desk.limits.message,
        # Messages are small differences, many a second: compressing them costs more than the loopback saves.
        ws_per_message_deflate=desk.access.local is False,
        lifespan="on",
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=desk.limits.clients + SPARE_CONNECTIONS,
        timeout_graceful_shutdown=round(desk.limits.grace),
    )


class Server(uvicorn.Server):
    """Says when it answers, obeys the first signal in peace and the second at once."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        with super().capture_signals():
            yield
            # uvicorn would send itself the signals again, and so end in the middle of the exit.
            self._captured_signals.clear()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.should_exit:
            # Whatever is under way now would have to be waited for. What is on disk bears a kill -9, and so this.
            os._exit(HURRIED)
        super().handle_exit(sig, frame)


def _resolve(host: str, port: int) -> tuple[int, tuple[Any, ...]]:
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise WorkflowError([Problem(f"There is no address {host!r} to listen on.", "Check --host.")]) from error
    family, _, _, _, place = min(found, key=lambda each: each[0] != socket.AF_INET)
    return family, place


def _bind(family: int, place: tuple[Any, ...]) -> socket.socket | None:
    """A socket that listens there; None if the port is taken."""
    # Named, because asyncio sends small answers at once (TCP_NODELAY) only where it knows that it speaks TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # On Windows the option of this name would let two servers have one port.
    option = getattr(socket, "SO_EXCLUSIVEADDRUSE", None) if sys.platform == "win32" else socket.SO_REUSEADDR
    listener.setsockopt(socket.SOL_SOCKET, option or socket.SO_REUSEADDR, 1)
    try:
        listener.bind(place)
        listener.listen(1)  # two sockets may be bound to a port on some systems; only one of them can listen
    except OSError as error:
        listener.close()
        if error.errno in {errno.EADDRINUSE, getattr(errno, "WSAEACCES", None)}:
            return None
        problem = Problem(f"{place[0]}:{place[1]} cannot be listened on: {error.strerror}.", "Check --host and --port.")
        raise WorkflowError([problem]) from error
    return listener


def _outward(family: int) -> str:
    """This machine's address on its network; nothing is sent to find it out."""
    # Addresses for documentation, which are routed like any other (RFC 5737, RFC 3849).
    far = "192.0.2.1" if family == socket.AF_INET else "2001:db8::1"
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((far, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _has_display() -> bool:
    """Without one, the browser that is found would be a text browser in the terminal."""
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
