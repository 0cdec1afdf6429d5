"""Makes docs/page-restore.jpg and docs/page-graph.jpg: the page with the sample restored.

python docs/make_screenshots.py

It starts a server on folders of its own, and asks a headless Chromium to do what a newcomer does.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image as Pillow
from playwright.sync_api import Page

from bench.browsing.browser import chromium, window
from bench.serving.program import Program

HERE = Path(__file__).resolve().parent
QUALITY = 85
PATIENCE = 180_000
"""Milliseconds that the restoration may take."""


def restore_page(page: Page, url: str) -> None:
    """The sample, restored, under the slider."""
    page.goto(f"{url}#/restore")
    page.get_by_role("button", name="Try the sample photo").click()
    page.get_by_role("button", name="Restore", exact=True).click()
    page.get_by_role("button", name="Download", exact=True).wait_for(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def graph_page(page: Page, url: str) -> None:
    """The shipped workflow, run, each step with its picture."""
    page.goto(f"{url}#/graph?workflow=restore")
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("button", name="Show the picture of Sharpen").wait_for(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Program(Path(folder)) as server,
        chromium() as browser,
        window(browser) as page,
    ):
        url = f"http://127.0.0.1:{server.port}/"
        for name, show in (("page-restore", restore_page), ("page-graph", graph_page)):
            show(page, url)
            picture = Pillow.open(io.BytesIO(page.screenshot()))
            picture.convert("RGB").save(HERE / f"{name}.jpg", quality=QUALITY, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
