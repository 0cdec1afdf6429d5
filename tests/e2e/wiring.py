"""What somebody does on the Graph page."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.service.conftest import Process

Workflow = dict[str, Any]


def open_graph(page: Page, server: Process) -> None:
    """The Graph page, with whatever it shows at first."""
    page.goto(f"{server.url}#/graph")
    expect(page.get_by_role("application", name="Graph")).to_be_visible()


def open_empty(page: Page, server: Process) -> None:
    """A canvas with nothing on it."""
    open_graph(page, server)
    choose(page, "New workflow")
    expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()


def choose(page: Page, name: str) -> None:
    """From the file menu."""
    page.get_by_role("button", name="File", exact=True).click()
    page.get_by_role("menuitem", name=name).click()


def open_workflow(page: Page, server: Process, name: str, workflow: Workflow) -> None:
    """A workflow of the library."""
    server.client.put(f"api/workflows/{name}", json=workflow).raise_for_status()
    page.goto(f"{server.url}#/graph?workflow={name}")
    expect(cards(page)).to_have_count(len(workflow["nodes"]))


def keep_photo(server: Process, content: bytes, name: str = "photo.jpg") -> str:
    """The setting that names a photo which the server keeps from now on."""
    answer = server.client.post("api/photos", params={"name": name}, content=content)
    return answer.raise_for_status().json()["setting"]


def cards(page: Page) -> Locator:
    return page.locator(".react-flow__node-step")


def card(page: Page, name: str) -> Locator:
    """A node, by its title and its own name: "Blur, blur"."""
    return page.get_by_role("group", name=name, exact=True)


def output_of(of: Locator, name: str = "Image") -> Locator:
    return of.locator(f".react-flow__handle.source[title^='{name}']")


def input_of(of: Locator, name: str = "Image") -> Locator:
    return of.locator(f".react-flow__handle.target[title^='{name}']")


def wires(page: Page) -> Locator:
    return page.locator(".react-flow__edge")


def add_node(page: Page, words: str, *, at: tuple[int, int] | None = None) -> None:
    """Double-click the canvas, type, take the first that is offered."""
    canvas = page.get_by_role("application", name="Graph")
    box = canvas.bounding_box() or {"x": 0, "y": 0}
    page.mouse.dblclick(*(at or (box["x"] + 60, box["y"] + 60)))
    take_node(page, words)


def take_node(page: Page, words: str) -> None:
    """From the search that is open."""
    search = page.get_by_role("combobox", name=re.compile("Add a node"))
    search.fill(words)
    offered = page.get_by_role("listbox", name=re.compile("Add a node")).get_by_role("option")
    expect(offered.first).to_contain_text(words)
    search.press("Enter")
    expect(search).to_have_count(0)


def drag(page: Page, start: Locator, end: Locator | tuple[float, float]) -> None:
    hold(page, start, end)
    page.mouse.up()


def hold(page: Page, start: Locator, end: Locator | tuple[float, float]) -> None:
    """Drag without letting go."""
    page.mouse.move(*middle(start))
    page.mouse.down()
    page.mouse.move(*(end if isinstance(end, tuple) else middle(end)), steps=8)


def middle(of: Locator) -> tuple[float, float]:
    expect(of).to_be_visible()
    box = of.bounding_box()
    assert box, "it is not on the page"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def title(of: Locator) -> Locator:
    """Where a card is taken hold of."""
    return of.locator("svg").first


def select(page: Page, *names: str) -> None:
    for place, name in enumerate(names):
        title(card(page, name)).click(modifiers=["Control"] if place else [])


def open_panel(page: Page, name: str) -> None:
    """Beside the graph, unless it is open already."""
    button = page.get_by_role("toolbar", name="Workflow").get_by_role("button", name=name)
    if button.get_attribute("aria-pressed") != "true":
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def run(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()


def wait_until_done(page: Page) -> None:
    expect(page.get_by_role("toolbar", name="Workflow").get_by_role("status")).to_contain_text("Done")


def picture(of: Locator) -> Locator:
    return of.get_by_role("button", name=re.compile("Show the picture of"))


def pixels(of: Locator) -> str:
    """What a card's picture shows, as text to compare."""
    return picture(of).locator("canvas").evaluate("(canvas) => canvas.toDataURL()")
