"""A mask painted by hand arrives in the run."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Draw
from tests.e2e.painting import close_painter, mask_of, open_painter, paint, run_again
from tests.e2e.wiring import card, keep_photo, open_workflow, run, wait_until_done
from tests.service.conftest import Process

PAINT = "Paint Mask, paint"


@pytest.fixture
def surface(page: Page, server: Process, draw: Draw) -> Locator:
    """The painter, open on a photo of 360 × 270."""
    photo = keep_photo(server, draw().read_bytes())
    open_workflow(
        page,
        server,
        "painted",
        {
            "version": 1,
            "nodes": {
                "load": {"type": "files/load", "settings": {"photo": photo}},
                "paint": {"type": "masks/paint", "inputs": {"image": ["load", "image"]}},
            },
            "input": ["load", "photo"],
            "result": ["paint", "mask"],
            "layout": {"load": [0, 0], "paint": [340, 0]},
        },
    )
    run(page)
    wait_until_done(page)
    return open_painter(page, card(page, PAINT))


def test_what_is_painted_is_in_the_mask_of_the_run(page: Page, server: Process, surface: Locator) -> None:
    paint(page, surface, (0.45, 0.5), (0.55, 0.5))
    expect(page.get_by_role("dialog")).to_contain_text("1 stroke")
    close_painter(page)
    run_again(page, server)
    mask = mask_of(server, "paint")
    assert mask.shape == (270, 360)
    assert mask[135, 180] == 255
    assert mask[[0, 0, -1, -1], [0, -1, 0, -1]].max() == 0


def test_the_eraser_takes_paint_away(page: Page, server: Process, surface: Locator) -> None:
    paint(page, surface, (0.42, 0.5), (0.58, 0.5))
    page.get_by_title("Erase (E)").click()
    paint(page, surface, (0.5, 0.46), (0.5, 0.54))
    expect(page.get_by_role("dialog")).to_contain_text("2 strokes")
    close_painter(page)
    run_again(page, server)
    mask = mask_of(server, "paint")
    assert mask[135, 180] == 0
    assert mask.max() == 255


def test_a_lasso_marks_what_it_encloses(page: Page, server: Process, surface: Locator) -> None:
    page.keyboard.press("l")
    paint(page, surface, (0.44, 0.42), (0.56, 0.42), (0.56, 0.58), (0.44, 0.58), (0.44, 0.43))
    close_painter(page)
    run_again(page, server)
    mask = mask_of(server, "paint")
    assert mask[135, 180] == 255
    assert mask[0, 0] == 0


def test_strokes_are_undone_and_redone_in_the_painter_and_at_once_outside(page: Page, surface: Locator) -> None:
    dialog = page.get_by_role("dialog")
    paint(page, surface, (0.45, 0.4), (0.55, 0.4))
    paint(page, surface, (0.45, 0.5), (0.55, 0.5))
    paint(page, surface, (0.45, 0.6), (0.55, 0.6))
    expect(dialog).to_contain_text("3 strokes")
    page.keyboard.press("Control+z")
    expect(dialog).to_contain_text("2 strokes")
    dialog.get_by_role("button", name="Undo").click()
    expect(dialog).to_contain_text("1 stroke")
    dialog.get_by_role("button", name="Redo").click()
    expect(dialog).to_contain_text("2 strokes")
    close_painter(page)
    expect(card(page, PAINT)).to_contain_text("2 strokes")
    page.get_by_role("button", name="Undo").click()
    expect(card(page, PAINT)).not_to_contain_text("2 strokes")
