"""A real Chromium at a real server with real nodes.

The files beside this one are named after what they show. `restoring`, `wiring` and `painting` hold what a person does
and sees, in plain words. Every page keeps a picture of itself at the end of its test, in output/e2e, and fails it on an
error in its console or a request to any other machine.
"""

from __future__ import annotations

import os
import re
import shutil
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect
from playwright.sync_api import Error as BrowserError

from service.page import BUILT
from tests.service.conftest import Process

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "output" / "e2e"
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60_000
"""Milliseconds until a condition that is waited for has failed; the machine may run other tests meanwhile."""

LOST = re.compile(r"Failed to load resource|WebSocket connection to .* failed|Tile .* failed to load")
"""What Chromium and OpenSeadragon say by themselves of errors and of a server that is away: the page's to handle."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, or whichever is there; the tests are skipped where there is none, or no page."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("There is no Chromium. On Debian: apt-get install chromium")
    if not (BUILT / "index.html").is_file():
        pytest.skip("The page has not been built: make web")
    # Chromium's sandbox wants rights that root gives up in containers.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": program, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "locale": "en-US"}


Start = Callable[..., Process]


@contextmanager
def servers() -> Generator[Start]:
    """What starts servers; all of them are gone after the block."""
    started: list[Process] = []

    def begin(folder: Path, *options: str) -> Process:
        process = Process(folder, *options)
        started.append(process)
        process.wait()
        return process

    try:
        yield begin
    finally:
        for process in started:
            process.close()


@pytest.fixture
def start(tmp_path: Path) -> Generator[Start]:
    """`start(*options, folder=…)` starts a server of the test's own and returns it once it answers."""
    with servers() as begin:
        yield lambda *options, folder=tmp_path: begin(folder, *options)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Process]:
    """One server for all tests that do not stop it. What they leave behind does not disturb the others."""
    with servers() as begin:
        yield begin(tmp_path_factory.mktemp("server"))


Draw = Callable[..., Path]


@pytest.fixture
def draw(tmp_path: Path, request: pytest.FixtureRequest) -> Draw:
    """`draw(name, size)` is a photo file. Each is another one, so that no step's result is known from before."""

    def drawing(name: str = "photo.jpg", size: tuple[int, int] = (360, 270)) -> Path:
        rng = np.random.default_rng(zlib.crc32(f"{request.node.nodeid} {name}".encode()))
        width, height = size
        across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
        middle = rng.uniform(0.3, 0.7, 2)
        face = np.hypot(across - middle[0], down - middle[1]) < 0.25
        tones = 90 + 70 * across - 40 * down + 50 * face + rng.normal(0, 6, (height, width))
        colours = tones[..., None] * np.array([1.0, 0.9, 0.7])
        Image.fromarray(colours.clip(0, 255).astype(np.uint8)).save(tmp_path / name)
        return tmp_path / name

    return drawing


class Watch:
    """What a page's windows did that they must not."""

    def __init__(self, pictures: str) -> None:
        self.faults: list[str] = []
        self._pictures = pictures
        self._pages: list[Page] = []

    def follow(self, page: Page) -> None:
        """Listen to a page from now on."""
        self._pages.append(page)
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", self._hear)
        page.on("request", lambda request: self._leaves(request.url))

    def photograph(self) -> None:
        """Keep a picture of every page that is still open."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(self._pages):
            with suppress(BrowserError):  # a page that was closed has nothing to show
                page.screenshot(path=PICTURES / f"{self._pictures}{f'-{number}' if number else ''}.png")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not LOST.search(message.text):
            self.faults.append(f"console: {message.text}")

    def _leaves(self, url: str) -> None:
        place = urlsplit(url)
        if place.scheme not in {"data", "blob"} and place.hostname not in {"127.0.0.1", "localhost"}:
            self.faults.append(f"left the machine: {url}")


@pytest.fixture
def watch(request: pytest.FixtureRequest, context: BrowserContext) -> Generator[Watch]:
    """Follows every page of the test's browser."""
    watching = Watch(re.sub(r"\W+", "-", request.node.name).strip("-"))
    context.on("page", watching.follow)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield watching
    watching.photograph()
    assert not watching.faults, watching.faults


@pytest.fixture
def page(context: BrowserContext, watch: Watch, server: Process) -> Page:  # noqa: ARG001 - follows the page
    """The Restore page of a fresh server."""
    page = context.new_page()
    page.goto(server.link)
    return page
