"""Everything for everybody: no serious fault that axe finds, all by keyboard, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Draw
from tests.e2e.restoring import choose_photos, restore, wait_for_result
from tests.e2e.wiring import (
    card,
    cards,
    choose,
    keep_photo,
    open_empty,
    open_panel,
    open_workflow,
    run,
    select,
    wait_until_done,
)
from tests.service.conftest import Process

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

CHECK = """() => axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
  violations.flatMap(({ id, impact, nodes }) => nodes.map(({ target, failureSummary }) =>
    ({ id, impact, where: target.join(" "), what: failureSummary }))))"""

SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not there: make web-tools")
    return AXE.read_text()


@pytest.fixture(params=["light", "dark"])
def themed(page: Page, request: pytest.FixtureRequest) -> Page:
    """The page in both appearances, without movement: what fades in has no contrast yet."""
    page.emulate_media(color_scheme=request.param, reduced_motion="reduce")
    return page


Sound = Callable[[Page], None]


@pytest.fixture
def is_sound(axe: str) -> Sound:
    def check(page: Page) -> None:
        page.evaluate(axe)
        found: list[dict[str, Any]] = page.evaluate(CHECK)
        serious = [each for each in found if each["impact"] in SERIOUS]
        words = "\n\n".join(f"{each['id']} at {each['where']}\n{each['what']}" for each in serious)
        assert not serious, f"{len(serious)} faults\n{words}"

    return check


def test_the_restore_page_is_sound(themed: Page, draw: Draw, is_sound: Sound) -> None:
    expect(themed.get_by_role("radio", name="Restore an old photo", exact=True)).to_be_visible()
    is_sound(themed)
    choose_photos(themed, draw("one.jpg"), draw("two.jpg"))
    themed.get_by_role("button", name="Restore 2 photos").click()
    wait_for_result(themed)
    is_sound(themed)
    themed.get_by_role("button", name="Download", exact=True).click()
    expect(themed.get_by_role("dialog")).to_be_visible()
    is_sound(themed)


def test_a_graph_is_sound(themed: Page, server: Process, draw: Draw, is_sound: Sound) -> None:
    open_small(themed, server, draw)
    run(themed)
    wait_until_done(themed)
    is_sound(themed)
    select(themed, "Levels, levels")
    open_panel(themed, "Settings")
    expect(themed.get_by_role("complementary", name="Settings").get_by_role("heading", name="Levels")).to_be_visible()
    is_sound(themed)
    themed.get_by_role("button", name="Show the picture of Levels").click()
    expect(themed.get_by_role("dialog").get_by_role("application")).to_be_visible()
    is_sound(themed)


def test_an_empty_graph_is_sound(themed: Page, server: Process, is_sound: Sound) -> None:
    open_empty(themed, server)
    is_sound(themed)


@pytest.mark.parametrize("name", ["Open…", "Start from a template…", "Save as…", "All commands…", "Keyboard shortcuts"])
def test_a_dialog_of_the_graph_page_is_sound(page: Page, server: Process, name: str, is_sound: Sound) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_empty(page, server)
    choose(page, name)
    expect(page.get_by_role("dialog")).to_be_visible()
    is_sound(page)


@pytest.mark.parametrize("panel", ["No problems", "Queue", "Settings"])
def test_a_panel_of_the_graph_page_is_sound(
    page: Page, server: Process, draw: Draw, panel: str, is_sound: Sound
) -> None:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    open_small(page, server, draw)
    open_panel(page, panel)
    is_sound(page)


@pytest.mark.parametrize("name", ["History", "Models"])
def test_a_list_is_sound(themed: Page, name: str, is_sound: Sound) -> None:
    themed.get_by_role("link", name=name).click()
    expect(themed.get_by_role("heading", name=name, level=1)).to_be_visible()
    is_sound(themed)


def open_small(page: Page, server: Process, draw: Draw) -> None:
    photo = keep_photo(server, draw().read_bytes())
    open_workflow(
        page,
        server,
        "small",
        {
            "version": 1,
            "nodes": {
                "load": {"type": "files/load", "settings": {"photo": photo}},
                "levels": {"type": "tone/levels", "inputs": {"image": ["load", "image"]}},
            },
            "input": ["load", "photo"],
            "result": ["levels", "image"],
            "layout": {"load": [0, 0], "levels": [340, 0]},
        },
    )


def test_the_sample_is_restored_by_keyboard_alone(page: Page) -> None:
    tab_to(page.get_by_role("button", name="Try the sample photo"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="sample.jpg")).to_be_visible()
    tab_to(page.get_by_role("radio", name="Restore an old photo", exact=True))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Restore an old photo", exact=True)).to_be_checked()
    tab_to(page.get_by_role("button", name="Restore", exact=True))
    page.keyboard.press("Enter")
    wait_for_result(page)
    tab_to(page.get_by_role("button", name="Download", exact=True))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Download the photo")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Download", exact=True)).to_be_focused()


def tab_to(wanted: Locator) -> None:
    """Press Tab until it has the focus, as somebody without a mouse does."""
    expect(wanted).to_be_enabled()
    for _ in range(120):
        wanted.page.keyboard.press("Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not come to {wanted}")


def test_a_node_is_added_selected_and_run_by_keyboard_alone(page: Page, server: Process) -> None:
    open_empty(page, server)
    page.keyboard.press("/")
    page.keyboard.type("Load Photo")
    expect(page.get_by_role("listbox", name="Add a node").get_by_role("option").first).to_contain_text("Load Photo")
    page.keyboard.press("Enter")
    expect(card(page, "Load Photo, load")).to_be_visible()
    tab_to(card(page, "Load Photo, load"))
    page.keyboard.press("Enter")
    before = card(page, "Load Photo, load").bounding_box()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    assert card(page, "Load Photo, load").bounding_box() != before
    page.keyboard.press("Delete")
    expect(cards(page)).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(cards(page)).to_have_count(1)


def test_an_input_is_wired_by_keyboard_alone(page: Page, server: Process) -> None:
    open_empty(page, server)
    page.keyboard.press("/")
    page.keyboard.type("Levels")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("problem")).first).to_be_visible()
    page.keyboard.press("p")
    tab_to(page.get_by_role("button", name="Add a node that fits"))
    page.keyboard.press("Enter")
    page.keyboard.type("Load Photo")
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(2)
    expect(page.locator(".react-flow__edge")).to_have_count(1)


def test_the_focus_is_always_seen(page: Page) -> None:
    expect(page.get_by_role("radio", name="Restore an old photo", exact=True)).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => {
              const seen = (element) => {
                const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
                return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
              };
              const { activeElement: now } = document;
              return { name: now.outerHTML.slice(0, 120), seen: seen(now) || seen(now.closest("label") ?? now) };
            }"""
        )
        assert style["seen"], f"nothing shows that the focus is on {style['name']}"


def test_nothing_moves_for_those_who_ask_for_it(page: Page, draw: Draw) -> None:
    page.emulate_media(reduced_motion="reduce")
    choose_photos(page, draw("still.jpg", (1600, 1200)))
    restore(page)
    expect(page.get_by_role("progressbar").first).to_be_visible()
    moving = page.evaluate("document.getAnimations().filter((each) => each.effect.getTiming().duration > 50).length")
    assert moving == 0


ENGLISH = re.compile(r"\b(the|and|your|with|photo|what|shall|download|settings|before|after|of|is)\b", re.IGNORECASE)
WORDS = """() => {
  const names = [...document.querySelectorAll("[aria-label], [title], [placeholder], [alt], [aria-description]")];
  const said = names.flatMap((element) =>
    ["aria-label", "title", "placeholder", "alt", "aria-description"].map((name) => element.getAttribute(name) ?? ""));
  return [...document.body.innerText.split("\\n"), ...said].map((text) => text.trim()).filter(Boolean);
}"""


def test_german_leaves_no_english_words_on_the_restore_page(page: Page, draw: Draw) -> None:
    page.get_by_role("combobox", name="Language").select_option("Deutsch")
    expect(page.get_by_role("link", name="Verlauf")).to_be_visible()
    assert english_on(page) == []
    choose_photos(page, draw("oma.jpg"), button="Foto auswählen")
    page.get_by_role("button", name="Restaurieren", exact=True).click()
    expect(page.get_by_role("button", name="Herunterladen", exact=True)).to_be_visible()
    assert english_on(page) == []
    assert page.evaluate("document.documentElement.lang") == "de"


def english_on(page: Page) -> list[str]:
    """Texts in which English words are left. “English” itself stays in the list of languages."""
    texts: list[str] = page.evaluate(WORDS)
    return sorted({text for text in texts if ENGLISH.search(text)})
