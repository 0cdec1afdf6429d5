"""A real server with real nodes: in a thread for most tests, as a process for those that stop or kill it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

import nodes
from graph.cache import Cache, Disk
from graph.pool import Pool
from graph.registry import Registry
from graph.session import Session
from nodes.kinds.arrays import allocator
from nodes.models.catalog import SHIPPED
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf
from service.access.access import Access
from service.desk import Desk, Outside, furnish
from service.limits import Limits
from service.serve import Server, address, configuration, listen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
"""Seconds after which a condition that is waited for has failed."""


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    desk: Desk
    url: str
    """With a slash at the end, without the token."""
    client: httpx2.Client


Serve = Callable[..., Running]


@pytest.fixture(scope="session")
def registry() -> Registry:
    """All real nodes."""
    return Registry.collect(nodes)


@pytest.fixture
def serve(tmp_path: Path, registry: Registry) -> Generator[Serve]:
    """`serve(access=…, limits=…, folder=…)` starts a server; it is stopped after the test."""
    with ExitStack() as stack:

        def start(access: Access | None = None, limits: Limits | None = None, folder: Path = tmp_path) -> Running:
            return stack.enter_context(running(registry, folder, access or Access(), limits))

        yield start


@pytest.fixture
def server(serve: Serve) -> Running:
    """A server on a free port, with folders of the test's own."""
    return serve()


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Generator[Running]:
    """A server for all tests of a file that leave nothing behind."""
    with running(registry, tmp_path_factory.mktemp("shared"), Access()) as shared:
        yield shared


@contextmanager
def running(registry: Registry, folder: Path, access: Access, limits: Limits | None = None) -> Generator[Running]:
    """A server in a thread, until the end of the block."""
    with _session(registry, folder) as (session, shelf), listen(access.host, 0, print) as listener:
        from nodes.formats.picture_files import PictureFiles

        outside = Outside(session, shelf, PictureFiles(), folder / "data", ROOT / "workflows", "0.0.0")
        desk = furnish(outside, access, limits)
        ready = threading.Event()
        server = Server(configuration(desk), ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="server")
        thread.start()
        try:
            wait_for(lambda: ready.is_set() or not thread.is_alive())
            url = address(Access(access.host), listener)
            headers = {"Authorization": f"Bearer {access.token}"} if access.token else {}
            with httpx2.Client(base_url=url, headers=headers, timeout=PATIENCE) as client:
                yield Running(desk, url, client)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
        assert not thread.is_alive(), "the server did not stop"


def wait_for(condition: Callable[[], object], patience: float = PATIENCE) -> None:
    """Returns once the condition holds; fails if it does not come to hold."""
    deadline, pause = time.monotonic() + patience, threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        pause.wait(0.01)


class Process:
    """`python server.py`, as a process of its own."""

    def __init__(self, folder: Path, *arguments: str, browser: Path | None = None) -> None:
        """`browser` is a program that gets the link; without one none is opened."""
        places = ["--data", str(folder / "data"), "--cache-dir", str(folder / "cache"), "--port", "0"]
        command = [sys.executable, str(ROOT / "server.py"), *places, *arguments, *([] if browser else ["--no-browser"])]
        environment = {**os.environ, "BROWSER": str(browser), "DISPLAY": ":0"} if browser else None
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        self.said: list[str] = []
        self.link = ""
        """As the server printed it."""
        self.client = httpx2.Client(timeout=PATIENCE)

    @property
    def url(self) -> str:
        """With a slash at the end, without the token."""
        return self.link.partition("?")[0]

    def wait(self) -> None:
        """Return once it answers; fail with what it said if it does not."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if found := re.search(r"https?://[^\s\"]+", line):
                self.link = found[0]
                self.client.base_url = self.url
                return
        pytest.fail("the server did not start:\n" + "".join(self.said))

    def interrupt(self) -> None:
        """As Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """Without a chance to clean up."""
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)

    def end(self) -> int:
        """Wait for its end; the exit code."""
        rest, _ = self.process.communicate(timeout=PATIENCE)
        self.said += rest.splitlines()
        return self.process.returncode

    def close(self) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.kill()
        if self.process.stdout:
            self.process.stdout.close()


StartProcess = Callable[..., Process]


@pytest.fixture
def server_process(tmp_path: Path) -> Generator[StartProcess]:
    """`server_process(*options, folder=…)` starts a process; it does not outlive the test."""
    started: list[Process] = []

    def start(*arguments: str, folder: Path = tmp_path, browser: Path | None = None) -> Process:
        process = Process(folder, *arguments, browser=browser)
        started.append(process)
        process.wait()
        return process

    yield start
    for process in started:
        process.close()


@contextmanager
def _session(registry: Registry, folder: Path) -> Generator[tuple[Session, Shelf]]:
    shelf = Shelf((SHIPPED, folder / "weights"), precision="cpu full", notes=folder / "models.json")
    disk = Disk(folder / "cache", 2**30, registry.kinds)
    lender = Lending(Pool(2**30), shelf, Device("cpu", "full"))
    cache = Cache(registry.kinds, 2**28, disk)
    session = Session(registry, cache, allocate=allocator(disk.scratch), shelf=shelf, lender=lender)
    try:
        yield session, shelf
    finally:
        session.close()
