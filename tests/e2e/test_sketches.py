"""While a step works for long, its card shows what is becoming."""

from __future__ import annotations

import io
from collections.abc import Generator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import ROOT, Draw, servers
from tests.e2e.wiring import card, keep_photo, open_workflow, picture, run, wait_until_done
from tests.service.conftest import Process

DRAW = "Draw Slowly, draw"
WORDS = "The picture of Draw Slowly is taking shape"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Process]:
    """A server with a node that shows the picture in a file until that is gone."""
    with servers() as begin:
        yield begin(tmp_path_factory.mktemp("sketches"), "--add-nodes", str(ROOT / "tests" / "web" / "nodes"))


@pytest.fixture
def sketch(page: Page, server: Process, draw: Draw, tmp_path: Path) -> Path:
    """The file that is shown by the graph on the page."""
    path = tmp_path / "sketch.webp"
    put(path, draw(), 128)
    photo = keep_photo(server, draw("photo.png").read_bytes())
    step = {"type": "sketches/draw", "inputs": {"image": ["load", "image"]}, "settings": {"sketch": str(path)}}
    workflow = {
        "version": 1,
        "nodes": {"load": {"type": "files/load", "settings": {"photo": photo}}, "draw": step},
        "input": ["load", "photo"],
        "result": ["draw", "image"],
        "layout": {"load": [0, 0], "draw": [340, 0]},
    }
    open_workflow(page, server, "sketches", workflow)
    return path


def put(path: Path, photo: Path, side: int) -> None:
    """A sketch that is that wide, at once."""
    with Image.open(photo) as opened, io.BytesIO() as written:
        opened.resize((side, side * 3 // 4)).save(written, "WEBP")
        new = path.with_suffix(".new")
        new.write_bytes(written.getvalue())
    new.replace(path)


def shown(page: Page) -> Locator:
    return card(page, DRAW).get_by_role("button", name=WORDS).locator("img")


def expect_width(page: Page, width: int) -> None:
    expect(shown(page)).to_have_js_property("naturalWidth", width)


def test_a_card_shows_what_is_becoming_and_then_the_picture(page: Page, sketch: Path, draw: Draw) -> None:
    run(page)
    expect_width(page, 128)
    put(sketch, draw("later.jpg"), 96)
    expect_width(page, 96)
    sketch.unlink()
    wait_until_done(page)
    expect(picture(card(page, DRAW))).to_be_visible()
    expect(card(page, DRAW).locator("img")).to_have_count(0)


def test_it_is_seen_from_far_away_and_goes_when_the_run_is_cancelled(page: Page, sketch: Path) -> None:
    page.emulate_media(reduced_motion="reduce")  # zooms at once
    run(page)
    expect_width(page, 128)
    for _ in range(12):
        page.get_by_role("button", name="Zoom out").click()
    expect(page.get_by_role("img", name=WORDS)).to_be_visible()
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_role("img", name=WORDS)).to_have_count(0)
    assert sketch.is_file()
