"""A few strokes of colour, painted by hand, colour a grey photo."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Page, expect
from skimage.color import rgb2lab

from tests.e2e.conftest import Draw
from tests.e2e.painting import close_painter, open_painter, paint, picture_of, run_again
from tests.e2e.wiring import card, keep_photo, open_workflow, run, wait_until_done
from tests.service.conftest import Process

HINTS = "Colour by Strokes, hints"


def test_colours_spread_from_the_strokes(page: Page, server: Process, draw: Draw) -> None:
    photo = keep_photo(server, draw().read_bytes())
    open_workflow(
        page,
        server,
        "hinted",
        {
            "version": 1,
            "nodes": {
                "load": {"type": "files/load", "settings": {"photo": photo}},
                "grey": {"type": "colour/to_grey", "inputs": {"image": ["load", "image"]}},
                "hints": {"type": "colour/hints", "inputs": {"image": ["grey", "image"]}},
            },
            "input": ["load", "photo"],
            "result": ["hints", "image"],
            "layout": {"load": [0, 0], "grey": [340, 0], "hints": [680, 0]},
        },
    )
    run(page)
    wait_until_done(page)
    surface = open_painter(page, card(page, HINTS))
    page.get_by_label("Colour of the stroke").fill("#c03030")
    paint(page, surface, (0.4, 0.42), (0.46, 0.5))
    page.get_by_label("Colour of the stroke").fill("#3050c0")
    paint(page, surface, (0.56, 0.5), (0.6, 0.58))
    expect(page.get_by_role("dialog")).to_contain_text("2 strokes")
    close_painter(page)
    run_again(page, server)
    coloured = rgb2lab(np.asarray(picture_of(server, "hints").convert("RGB")) / 255.0)
    quarter = coloured.shape[1] // 4
    assert coloured[:, :quarter, 1].mean() > 5, "the left is red"
    assert coloured[:, -quarter:, 2].mean() < -5, "the right is blue"
