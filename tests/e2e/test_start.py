"""The page comes up."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_newcomer_sees_where_to_drop_a_photo(page: Page) -> None:
    expect(page).to_have_title("Heirloom")
    expect(page.get_by_role("link", name="Restore")).to_have_attribute("aria-current", "page")
