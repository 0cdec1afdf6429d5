"""The shipped workflows, as cards to choose from on the Restore page."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from tests.e2e.conftest import ROOT
from tests.e2e.restoring import take_sample

WORKFLOWS = {path.stem: json.loads(path.read_text()) for path in (ROOT / "workflows").glob("*.json")}
FIRST = ["restore", "restore-full", "colourise", "faces", "upscale", "fade"]


def test_all_are_offered_and_what_most_want_stands_first(page: Page):
    cards = page.get_by_role("group", name="What shall be done?").get_by_role("radio")
    expect(cards.first).to_be_enabled()
    for place, name in enumerate(FIRST):
        expect(cards.nth(place)).to_have_accessible_name(WORKFLOWS[name]["title"])
    for workflow in WORKFLOWS.values():
        expect(page.get_by_role("radio", name=workflow["title"], exact=True)).to_be_enabled()


def test_each_shows_its_controls_beside_the_photo(page: Page):
    take_sample(page)
    settings = page.get_by_role("region", name="Settings")
    for workflow in WORKFLOWS.values():
        page.get_by_role("radio", name=workflow["title"], exact=True).check()
        for control in workflow["controls"]:
            expect(settings.get_by_label(control, exact=True).first).to_be_visible()


def test_one_far_down_and_its_settings_are_in_sight_beside_the_photo(page: Page):
    card = page.get_by_role("radio", name=WORKFLOWS["compare-methods"]["title"], exact=True)
    card.check()
    take_sample(page)
    expect(card).to_be_checked()
    expect(card).to_be_in_viewport(ratio=0.9)
    expect(page.get_by_role("heading", name="Settings")).to_be_in_viewport()
