"""What somebody does in the painter."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.wiring import run
from tests.service.conftest import Process, wait_for

Place = tuple[float, float]
"""Across and down, 0..1 of the surface. The photo's middle is at the middle of the surface."""


def open_painter(page: Page, card: Locator, setting: str = "Strokes") -> Locator:
    """The surface to paint on, once the photo is there."""
    card.get_by_role("button", name=f"{setting}: Paint…").click()
    # The stage lies beneath it, of the same name.
    surface = page.get_by_role("dialog").get_by_role("application", name="Photo to paint on")
    expect(surface).to_be_focused()
    return surface


def paint(page: Page, surface: Locator, *places: Place) -> None:
    """A stroke from place to place, in one go."""
    box = surface.bounding_box()
    assert box, "there is no surface"
    points = [(box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in places]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=6)
    page.mouse.up()


def close_painter(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def run_again(page: Page, server: Process) -> None:
    """And wait until this run, not the one before, is done."""

    def latest() -> dict[str, Any]:
        return server.client.get("api/runs", params={"limit": 1}).json()["runs"][0]

    before = latest()["id"]
    run(page)
    wait_for(lambda: latest()["id"] != before and latest()["state"] == "done")


def picture_of(server: Process, step: str, output: str = "image") -> Image.Image:
    """What a step of the latest run has made."""
    run = server.client.get("api/runs", params={"limit": 1}).json()["runs"][0]["id"]
    steps = server.client.get(f"api/runs/{run}").json()["steps"]
    key = next(each["key"] for each in steps if each["step"] == step)
    answer = server.client.get(f"preview/{key}/file", params={"output": output, "format": "png", "name": output})
    return Image.open(io.BytesIO(answer.raise_for_status().content))


def mask_of(server: Process, step: str) -> np.ndarray:
    """What a step of the latest run has marked, 0..255."""
    return np.asarray(picture_of(server, step, "mask").convert("L"))
