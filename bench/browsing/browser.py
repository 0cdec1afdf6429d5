"""A real Chromium, and how smoothly it draws."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import pairwise

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
WINDOW = (1440, 900)

FRAMES = """() => {
  const times = [];
  window.heirloomFrames = times;
  const note = (now) => { times.push(now); if (window.heirloomFrames === times) requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""

READ_FRAMES = "() => { const times = window.heirloomFrames; window.heirloomFrames = null; return times; }"

NEXT_PAINT = """() => new Promise((done) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now());
  channel.port2.postMessage(null);
}))"""
"""The time when the next frame has been painted: what is posted in a frame arrives after it."""


@contextmanager
def chromium() -> Generator[Browser]:
    """A headless Chromium. RuntimeError where none is installed."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise RuntimeError("There is no Chromium. On Debian: apt-get install chromium")
    # Chromium's sandbox wants rights that root gives up in containers.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@contextmanager
def window(browser: Browser) -> Generator[Page]:
    """A window of somebody who has never been here: nothing is kept or cached."""
    context = browser.new_context(viewport={"width": WINDOW[0], "height": WINDOW[1]}, locale="en-US")
    yield context.new_page()
    context.close()


def frames(page: Page, work: Callable[[], None]) -> float:
    """Frames a second, the median, while something is done to the page."""
    page.evaluate(FRAMES)
    work()
    times: list[float] = page.evaluate(READ_FRAMES)
    gaps = [after - before for before, after in pairwise(times)]
    return 1000 / statistics.median(gaps)
