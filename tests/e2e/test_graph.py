"""Somebody who works on the graph itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Draw
from tests.e2e.restoring import drop_files, save
from tests.e2e.wiring import (
    Workflow,
    add_node,
    card,
    cards,
    choose,
    drag,
    hold,
    input_of,
    keep_photo,
    middle,
    open_empty,
    open_graph,
    open_workflow,
    output_of,
    picture,
    pixels,
    run,
    select,
    take_node,
    title,
    wait_until_done,
    wires,
)
from tests.service.conftest import Process

LOAD, BLUR, LEVELS, RESIZE = "Load Photo, load", "Blur, blur", "Levels, levels", "Resize, resize"


@pytest.fixture
def chain(page: Page, server: Process, draw: Draw) -> Page:
    """Load Photo → Levels → Resize, on the canvas."""
    open_workflow(page, server, "chain", chain_of(keep_photo(server, draw().read_bytes())))
    return page


def chain_of(photo: str) -> Workflow:
    return {
        "version": 1,
        "title": "A chain",
        "nodes": {
            "load": {"type": "files/load", "settings": {"photo": photo}},
            "levels": {"type": "tone/levels", "inputs": {"image": ["load", "image"]}, "settings": {"auto": False}},
            "resize": {"type": "upscale/resize", "inputs": {"image": ["levels", "image"]}},
        },
        "input": ["load", "photo"],
        "result": ["resize", "image"],
        "layout": {"load": [0, 0], "levels": [340, 0], "resize": [680, 0]},
    }


def test_a_graph_is_wired_from_nothing_and_run(page: Page, server: Process) -> None:
    open_empty(page, server)
    add_node(page, "Load Photo")
    choose_sample(page)
    left, top = middle(output_of(card(page, LOAD)))
    drag(page, output_of(card(page, LOAD)), (left + 160, top))
    take_node(page, "Blur")
    expect(wires(page)).to_have_count(1)
    right, top = middle(output_of(card(page, BLUR)))
    add_node(page, "Sharpen", at=(round(right - 200), round(top + 260)))
    drag(page, output_of(card(page, LOAD)), input_of(card(page, "Sharpen, sharpen")))
    expect(wires(page)).to_have_count(2)
    run(page)
    wait_until_done(page)
    expect(picture(card(page, BLUR))).to_be_visible()
    expect(picture(card(page, "Sharpen, sharpen"))).to_be_visible()


def choose_sample(page: Page) -> None:
    card(page, LOAD).get_by_role("button", name="Photo Choose a photo…").click()
    page.get_by_role("dialog").get_by_role("button", name="Use the sample").click()
    expect(card(page, LOAD).get_by_role("button", name="Photo sample.jpg")).to_be_visible()


def test_a_wire_that_does_not_fit_is_refused_with_the_reason(page: Page, server: Process) -> None:
    open_workflow(
        page,
        server,
        "unfitting",
        {
            "version": 1,
            "nodes": {"blur": {"type": "detail/blur"}, "grow": {"type": "masks/grow"}},
            "layout": {"blur": [0, 0], "grow": [400, 0]},
        },
    )
    hold(page, output_of(card(page, BLUR)), input_of(card(page, "Grow Mask, grow"), "Mask"))
    expect(page.get_by_text("This is “image”. The socket needs “mask”.")).to_be_visible()
    page.mouse.up()
    expect(wires(page)).to_have_count(0)


def test_wires_that_would_run_in_a_circle_are_refused(chain: Page) -> None:
    hold(chain, output_of(card(chain, RESIZE)), input_of(card(chain, LEVELS)))
    expect(chain.get_by_text("The wires would run in a circle.")).to_be_visible()
    chain.mouse.up()
    expect(wires(chain)).to_have_count(2)


def test_a_lost_wire_is_found_by_the_problems_panel_and_mended_there(chain: Page) -> None:
    cut_wire(chain, LEVELS)
    chain.get_by_role("button", name="1 problem").click()
    problems = chain.get_by_role("complementary", name="Problems")
    expect(problems).to_contain_text("levels")
    problems.get_by_role("button", name="levels · image").click()
    expect(card(chain, LEVELS)).to_be_in_viewport()
    problems.get_by_role("button", name="Wire it to “load · image”").click()
    expect(wires(chain)).to_have_count(2)


def test_running_a_broken_graph_says_what_is_wrong_and_where(chain: Page) -> None:
    cut_wire(chain, LEVELS)
    run(chain)
    trouble = chain.get_by_role("alert").filter(has_text="levels")
    expect(trouble).to_be_visible()
    trouble.get_by_role("button", name="levels").first.click()
    chain.get_by_role("button", name="Undo").click()
    run(chain)
    wait_until_done(chain)
    expect(trouble).to_have_count(0)


def test_a_wrong_setting_is_reset_from_the_problems_panel(page: Page, server: Process, draw: Draw) -> None:
    workflow = chain_of(keep_photo(server, draw().read_bytes()))
    workflow["nodes"]["levels"]["settings"] = {"gamma": "bright"}
    file = draw().with_name("wrong.json")
    file.write_text(json.dumps(workflow))
    open_graph(page, server)
    drop_files(page, file)
    expect(card(page, LEVELS)).to_be_visible()
    page.get_by_role("button", name="1 problem").click()
    page.get_by_role("button", name="Reset the setting").click()
    expect(page.get_by_role("button", name="No problems")).to_be_visible()
    run(page)
    wait_until_done(page)


def cut_wire(page: Page, name: str) -> None:
    """By pulling it off its socket and letting go over nothing."""
    end = input_of(card(page, name))
    left, top = middle(end)
    before = wires(page).count()
    drag(page, end, (left - 40, top + 260))
    expect(wires(page)).to_have_count(before - 1)


def test_twenty_steps_are_undone_and_redone(chain: Page) -> None:
    undo, redo = (chain.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    for _ in range(20):
        select(chain, LEVELS)
        chain.keyboard.press("Control+d")
    expect(cards(chain)).to_have_count(23)
    for _ in range(20):
        undo.click()
    expect(cards(chain)).to_have_count(3)
    expect(undo).to_be_disabled()
    for _ in range(20):
        redo.click()
    expect(cards(chain)).to_have_count(23)
    expect(redo).to_be_disabled()


def test_dragging_a_slider_is_one_step_to_undo(chain: Page) -> None:
    strength = card(chain, LEVELS).get_by_role("slider", name="Gamma")
    before = strength.input_value()
    box = strength.bounding_box()
    assert box
    chain.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2)
    chain.mouse.down()
    chain.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=10)
    chain.mouse.up()
    expect(strength).not_to_have_value(before)
    chain.get_by_role("button", name="Undo").click()
    expect(strength).to_have_value(before)
    expect(chain.get_by_role("button", name="Undo")).to_be_disabled()


def test_copies_carry_their_wires_into_another_window(chain: Page, context: BrowserContext, server: Process) -> None:
    select(chain, LOAD, LEVELS)
    chain.keyboard.press("Control+c")
    chain.keyboard.press("Control+v")
    expect(cards(chain)).to_have_count(5)
    expect(wires(chain)).to_have_count(3)
    other = context.new_page()
    other.goto(f"{server.url}#/graph")
    expect(cards(other)).to_have_count(5)
    choose(other, "New workflow")
    other.get_by_role("button", name="Go on without saving").click()
    expect(cards(other)).to_have_count(0)
    other.keyboard.press("Control+v")
    expect(cards(other)).to_have_count(2)
    expect(wires(other)).to_have_count(1)


def test_a_bypassed_node_lets_the_photo_through(chain: Page) -> None:
    select(chain, LEVELS)
    chain.keyboard.press("Control+b")
    expect(card(chain, LEVELS)).to_contain_text("Bypassed")
    run(chain)
    wait_until_done(chain)
    expect(picture(card(chain, RESIZE))).to_be_visible()
    chain.keyboard.press("Control+b")
    expect(card(chain, LEVELS)).not_to_contain_text("Bypassed")


def test_one_node_is_run_with_what_it_needs_and_nothing_else(chain: Page) -> None:
    card(chain, LEVELS).get_by_role("button", name="Run this node only").click()
    wait_until_done(chain)
    expect(picture(card(chain, LEVELS))).to_be_visible()
    expect(card(chain, RESIZE).get_by_role("button", name="No picture yet")).to_be_visible()


def test_live_mode_follows_a_slider(chain: Page) -> None:
    chain.get_by_role("button", name="Live").click()
    expect(picture(card(chain, LEVELS))).to_be_visible()
    before = pixels(card(chain, LEVELS))
    card(chain, LEVELS).get_by_role("slider", name="Gamma").fill("2")
    chain.wait_for_function(
        "([canvas, before]) => canvas.toDataURL() !== before",
        arg=[picture(card(chain, LEVELS)).locator("canvas").element_handle(), before],
    )
    chain.get_by_role("button", name="Live").click()
    expect(picture(card(chain, LEVELS))).to_be_visible()


def test_a_picture_opens_in_the_viewer_beside_any_other_step(chain: Page) -> None:
    run(chain)
    wait_until_done(chain)
    picture(card(chain, RESIZE)).click()
    viewer = chain.get_by_role("dialog")
    expect(viewer.get_by_role("application")).to_be_visible()
    viewer.get_by_role("combobox", name="Before").select_option(index=1)
    viewer.get_by_title("Difference").click()
    viewer.get_by_role("button", name="Histogram").click()
    expect(viewer.get_by_role("img", name=re.compile("Histogram"))).not_to_have_count(0)
    chain.keyboard.press("Escape")
    expect(viewer).to_have_count(0)


def test_a_step_that_fails_says_so_and_what_to_do(page: Page, server: Process) -> None:
    workflow = chain_of("lost.jpg")
    open_workflow(page, server, "lost", workflow)
    run(page)
    expect(page.get_by_role("alert").filter(has_text="lost.jpg").first).to_be_visible()


def test_nodes_are_removed_with_their_neighbours_connected(chain: Page) -> None:
    select(chain, LEVELS)
    chain.keyboard.press("Shift+Delete")
    expect(cards(chain)).to_have_count(2)
    expect(wires(chain)).to_have_count(1)


def test_nodes_are_selected_with_a_box_framed_and_moved_together(chain: Page) -> None:
    left, top = middle(card(chain, LOAD))
    right, bottom = middle(card(chain, RESIZE))
    chain.keyboard.down("Shift")
    chain.mouse.move(left - 200, top - 250)
    chain.mouse.down()
    chain.mouse.move(right, bottom, steps=8)
    chain.mouse.up()
    chain.keyboard.up("Shift")
    chain.keyboard.press("Control+g")
    frame = chain.get_by_role("group", name=re.compile("^Frame"))
    expect(frame).to_be_visible()
    chain.keyboard.press("Control+z")
    expect(frame).to_have_count(0)


def test_a_node_is_folded_and_unfolded(chain: Page) -> None:
    card(chain, LEVELS).get_by_role("button", name="Collapse").click()
    expect(card(chain, LEVELS).get_by_role("slider")).to_have_count(0)
    card(chain, LEVELS).get_by_role("button", name="Expand").click()
    expect(card(chain, LEVELS).get_by_role("slider", name="Gamma")).to_be_visible()


def test_a_workflow_is_saved_and_opened_again(chain: Page, server: Process, tmp_path: Path) -> None:
    chain.keyboard.press("Control+Shift+s")
    dialog = chain.get_by_role("dialog", name="Save as")
    dialog.get_by_role("textbox", name="Name").fill("kept chain")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    assert server.client.get("api/workflows/kept chain").json()["nodes"].keys() == {"load", "levels", "resize"}
    file = save(chain, lambda: choose(chain, "Download as a file"), tmp_path)
    open_empty(chain, server)
    drop_files(chain, file)
    expect(cards(chain)).to_have_count(3)


def test_a_picture_that_carries_its_workflow_opens_it(chain: Page, server: Process, tmp_path: Path) -> None:
    run(chain)
    wait_until_done(chain)
    latest = server.client.get("api/runs", params={"limit": 1}).json()["runs"][0]["id"]
    result = tmp_path / "result.png"
    result.write_bytes(server.client.get(f"api/runs/{latest}/result", params={"format": "png"}).content)
    open_empty(chain, server)
    drop_files(chain, result)
    chain.get_by_role("dialog").get_by_role("button", name="Open its workflow").click()
    expect(cards(chain)).to_have_count(3)


def test_the_command_palette_does_what_is_typed(chain: Page) -> None:
    select(chain, LEVELS)
    chain.keyboard.press("Control+k")
    chain.get_by_role("combobox", name="Commands").fill("bypass")
    chain.keyboard.press("Enter")
    expect(card(chain, LEVELS)).to_contain_text("Bypassed")


def test_nodes_move_with_the_pointer(chain: Page) -> None:
    before = card(chain, LEVELS).bounding_box()
    left, top = middle(title(card(chain, LEVELS)))
    drag(chain, title(card(chain, LEVELS)), (left + 20, top + 150))
    after = card(chain, LEVELS).bounding_box()
    assert before
    assert after
    assert after["y"] - before["y"] > 100
    chain.get_by_role("button", name="Undo").click()
    expect(chain.get_by_role("button", name="Undo")).to_be_disabled()
