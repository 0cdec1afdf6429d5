"""Each control of the design can be changed in the page, and what was set is what is run."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import ROOT, Draw, servers
from tests.e2e.painting import close_painter, open_painter, paint
from tests.e2e.wiring import card, keep_photo, open_panel, open_workflow, run, select, wait_until_done
from tests.service.conftest import Process

EVERY = "Every Control, every"
NETWORK = "realesrgan-x4plus"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Process]:
    """A server with a node that has one of every control."""
    with servers() as begin:
        yield begin(tmp_path_factory.mktemp("controls"), "--add-nodes", str(ROOT / "tests" / "web" / "nodes"))


@pytest.fixture
def settings(page: Page, server: Process, draw: Draw) -> Locator:
    """The settings of that node, beside the graph, on a photo of 360 × 270."""
    return open_settings(page, server, draw, {})


def open_settings(page: Page, server: Process, draw: Draw, values: dict[str, Any]) -> Locator:
    photo = keep_photo(server, draw().read_bytes())
    open_workflow(
        page,
        server,
        "every",
        {
            "version": 1,
            "nodes": {
                "load": {"type": "files/load", "settings": {"photo": photo}},
                "every": {"type": "controls/every", "inputs": {"image": ["load", "image"]}, "settings": values},
            },
            "input": ["load", "photo"],
            "result": ["every", "image"],
            "layout": {"load": [0, 0], "every": [340, 0]},
        },
    )
    select(page, EVERY)
    open_panel(page, "Settings")
    return page.get_by_role("complementary", name="Settings")


class Case(NamedTuple):
    setting: str
    change: Callable[[Locator], None]
    value: Any


def type_number(label: str, text: str) -> Callable[[Locator], None]:
    def change(settings: Locator) -> None:
        settings.get_by_role("spinbutton", name=label, exact=True).fill(text)
        settings.page.keyboard.press("Enter")

    return change


def type_colour(settings: Locator) -> None:
    settings.get_by_role("textbox", name="Colour, as #rrggbb").fill("#123456")
    settings.page.keyboard.press("Enter")


def throw_dice(settings: Locator) -> None:
    settings.get_by_role("button", name="Another random number").click()


def choose(settings: Locator, label: str, option: str) -> None:
    settings.get_by_role("combobox", name=label, exact=True).select_option(option)


def bend(settings: Locator) -> None:
    settings.get_by_role("button", name="Add a point").click()
    point = settings.get_by_role("button", name="Point 2: 0.5 becomes 0.5")
    point.focus()
    point.press("ArrowUp")


CASES = [
    Case("slider", lambda settings: settings.get_by_role("slider", name="Slider").fill("0.75"), 0.75),
    Case("slider", type_number("Slider, exact value", "0.25"), 0.25),
    Case("number", type_number("Number", "7"), 7),
    Case("pixels", lambda settings: settings.get_by_role("button", name="More: Pixels").click(), 4.5),
    Case("seed", type_number("Seed", "42"), 42),
    Case("choice", lambda settings: choose(settings, "Choice", "plums"), "plums"),
    Case("toggle", lambda settings: settings.get_by_role("switch", name="Toggle").check(), True),
    Case("text", lambda settings: settings.get_by_role("textbox", name="Text").fill("goodbye"), "goodbye"),
    Case("letter", lambda settings: settings.get_by_role("textbox", name="Letter").fill("Dear\nBerta"), "Dear\nBerta"),
    Case("colour", type_colour, "#123456"),
    Case("which", lambda settings: choose(settings, "Which", "The largest face"), "largest"),
    Case("curve", bend, [[0.0, 0.0], [0.5, 0.51], [1.0, 1.0]]),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.setting)
def test_a_changed_setting_is_run(page: Page, server: Process, settings: Locator, case: Case) -> None:
    case.change(settings)
    assert what_was_run(page, server)[case.setting] == case.value


def test_the_dice_throw_another_seed(page: Page, server: Process, settings: Locator) -> None:
    throw_dice(settings)
    assert what_was_run(page, server)["seed"] != 1


def test_a_value_out_of_range_is_refused_with_a_word(settings: Locator) -> None:
    type_number("Number", "70")(settings)
    expect(settings.get_by_text("At most 10.")).to_be_visible()
    settings.page.keyboard.press("Escape")
    expect(settings.get_by_role("spinbutton", name="Number")).to_have_value("3")


def test_a_setting_goes_back_to_its_default(page: Page, server: Process, settings: Locator) -> None:
    type_number("Number", "7")(settings)
    settings.get_by_role("button", name="Reset: Number").click()
    assert "number" not in what_was_run(page, server)


def test_a_model_gives_way_to_one_that_needs_no_file(page: Page, server: Process, draw: Draw) -> None:
    settings = open_settings(page, server, draw, {"model": NETWORK})
    settings.get_by_role("button", name="Model: not downloaded yet. About the models").click()
    picker = page.get_by_role("dialog", name="Model: Choose a model")
    expect(picker).to_contain_text("Licence")
    picker.get_by_role("radio", name="lanczos").check()
    picker.get_by_role("button", name="Done").click()
    assert "model" not in what_was_run(page, server)


def test_a_photo_is_chosen_from_disk(page: Page, server: Process, settings: Locator, draw: Draw) -> None:
    settings.get_by_role("button", name="Photo sample.jpg").click()
    picker = page.get_by_role("dialog", name="Photo: Choose a photo")
    with page.expect_file_chooser() as opened:
        picker.get_by_role("button", name="Upload a photo…").click()
    opened.value.set_files(draw("other.png"))
    expect(picker).to_have_count(0)
    assert what_was_run(page, server)["photo"].endswith("other.png")


def test_points_are_placed_on_the_photo(page: Page, server: Process, settings: Locator) -> None:
    see_the_photo(page)
    settings.get_by_role("button", name="Points: Place points…").click()
    page.get_by_role("button", name="Add a point in the middle").click()
    expect(page.get_by_role("button", name="Point 1", exact=True)).to_be_visible()
    close(page)
    assert what_was_run(page, server)["points"] == [[180, 135]]


def test_corners_are_placed_on_the_photo(page: Page, server: Process, settings: Locator) -> None:
    see_the_photo(page)
    settings.get_by_role("button", name="Quad: Place corners…").click()
    page.get_by_role("button", name="The whole photo").click()
    close(page)
    assert what_was_run(page, server)["quad"] == [[0, 0], [360, 0], [360, 270], [0, 270]]


def test_a_picture_is_placed_on_the_photo(page: Page, server: Process, settings: Locator) -> None:
    see_the_photo(page)
    settings.get_by_role("button", name=re.compile("^Placement: ")).click()
    page.get_by_role("button", name="Put it in the middle").click()
    close(page)
    assert what_was_run(page, server)["placement"] == {"x": 180, "y": 135, "scale": 1, "angle": 0}


@pytest.mark.parametrize("setting", ["strokes", "colours"])
def test_strokes_are_painted_on_the_photo(page: Page, server: Process, settings: Locator, setting: str) -> None:
    see_the_photo(page)
    surface = open_painter(page, settings, setting.capitalize())
    paint(page, surface, (0.45, 0.5), (0.55, 0.5))
    close_painter(page)
    [stroke] = what_was_run(page, server)[setting]
    assert len(stroke["points"]) > 1
    assert ("colour" in stroke) == (setting == "colours")


def see_the_photo(page: Page) -> None:
    """Controls that are drawn on the photo want it to have been loaded once."""
    run(page)
    wait_until_done(page)


def close(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def what_was_run(page: Page, server: Process) -> dict[str, Any]:
    """The node's settings in a run that begins now."""
    with page.expect_response(
        lambda answer: answer.url.endswith("/api/runs") and answer.request.method == "POST"
    ) as began:
        run(page)
    started = began.value.json()["id"]
    expect(card(page, EVERY)).to_be_visible()
    return server.client.get(f"api/runs/{started}/workflow").json()["nodes"]["every"].get("settings", {})
