"""The server goes away, the tab goes away, and nothing is lost."""

from __future__ import annotations

import re
import socket

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Draw, Start, Watch
from tests.e2e.restoring import choose_photos, restore, take_sample, wait_for_result
from tests.e2e.wiring import (
    card,
    cards,
    keep_photo,
    open_workflow,
    picture,
    run,
    select,
    wait_until_done,
)
from tests.service.conftest import Process

LOST = "The server does not answer. Trying again…"


@pytest.fixture
def port() -> str:
    """One that is free: a server that comes back is at the same address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def test_a_server_that_dies_and_comes_back_finds_everything_as_it_was(
    context: BrowserContext, watch: Watch, start: Start, port: str, draw: Draw
) -> None:
    server = start("--port", port)
    page = context.new_page()
    open_workflow(page, server, "pair", pair_of(keep_photo(server, draw().read_bytes())))
    select(page, "Resize, resize")
    page.keyboard.press("Control+d")
    expect(cards(page)).to_have_count(3)
    server.kill()
    expect(page.get_by_text(LOST)).to_be_visible()
    back = start("--port", port)
    assert back.url == server.url
    expect(page.get_by_text(LOST)).to_have_count(0)
    expect(cards(page)).to_have_count(3)
    run(page)
    wait_until_done(page)
    expect(picture(card(page, "Resize, resize"))).to_be_visible()
    assert not watch.faults


def test_a_restoration_goes_on_when_the_server_is_back(
    context: BrowserContext, watch: Watch, start: Start, port: str, draw: Draw
) -> None:
    server = start("--port", port)
    page = context.new_page()
    page.goto(server.link)
    choose_photos(page, draw("interrupted.jpg", (2000, 1500)))
    restore(page)
    expect(page.get_by_text(re.compile(r"Step \d+ of"))).to_be_visible()
    server.kill()
    expect(page.get_by_text(LOST)).to_be_visible()
    start("--port", port)
    expect(page.get_by_text(LOST)).to_have_count(0)
    again = page.get_by_role("button", name="Try again").or_(page.get_by_role("button", name="Restore", exact=True))
    again.or_(page.get_by_role("button", name="Download", exact=True)).first.wait_for()
    if again.count():
        again.click()
    wait_for_result(page)
    assert not watch.faults


def pair_of(photo: str) -> dict[str, object]:
    return {
        "version": 1,
        "nodes": {
            "load": {"type": "files/load", "settings": {"photo": photo}},
            "resize": {"type": "upscale/resize", "inputs": {"image": ["load", "image"]}},
        },
        "input": ["load", "photo"],
        "result": ["resize", "image"],
        "layout": {"load": [0, 0], "resize": [340, 0]},
    }


def test_two_windows_see_the_same_queue(page: Page, context: BrowserContext, server: Process, draw: Draw) -> None:
    other = context.new_page()
    other.goto(f"{server.url}#/history")
    server.client.post("api/queue/pause").raise_for_status()
    try:
        choose_photos(page, draw("shared.jpg"))
        restore(page)
        waiting = other.get_by_role("button", name="Cancel Restore an old photo")
        expect(waiting).to_be_visible()
        other.get_by_role("button", name="Go on").click()
    finally:
        server.client.post("api/queue/resume")
    wait_for_result(page)
    expect(waiting).to_have_count(0)
    expect(other.get_by_role("listitem").filter(has_text="shared.jpg")).to_contain_text("Done")


def test_a_reload_keeps_what_was_not_saved(page: Page, server: Process, draw: Draw) -> None:
    open_workflow(page, server, "pair", pair_of(keep_photo(server, draw().read_bytes())))
    select(page, "Resize, resize")
    page.keyboard.press("Control+d")
    expect(cards(page)).to_have_count(3)
    page.reload()
    expect(cards(page)).to_have_count(3)


def test_a_tab_that_crashed_leaves_its_draft_to_the_next_one(
    page: Page, context: BrowserContext, server: Process, draw: Draw
) -> None:
    open_workflow(page, server, "pair", pair_of(keep_photo(server, draw().read_bytes())))
    select(page, "Resize, resize")
    page.keyboard.press("Control+d")
    expect(cards(page)).to_have_count(3)
    page.wait_for_function("() => Object.values(localStorage).some((text) => text.includes('resize 2'))")
    page.close(run_before_unload=False)
    next_page = context.new_page()
    next_page.goto(f"{server.url}#/graph")
    expect(cards(next_page)).to_have_count(3)


def test_history_keeps_every_run_with_its_graph(page: Page, draw: Draw) -> None:
    choose_photos(page, draw("remembered.jpg"))
    restore(page)
    wait_for_result(page)
    page.get_by_role("link", name="History").click()
    entry = page.get_by_role("listitem").filter(has_text="remembered.jpg")
    expect(entry).to_contain_text("Done")
    entry.get_by_role("button", name="Open as graph").click()
    expect(cards(page)).to_have_count(8)


def test_the_restore_page_keeps_its_photos_while_others_are_visited(page: Page) -> None:
    take_sample(page)
    for name in ("Models", "History", "Graph", "Restore"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("region", name="sample.jpg")).to_be_visible()
