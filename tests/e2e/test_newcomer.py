"""Somebody who only wants the photo back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Draw
from tests.e2e.restoring import (
    choose_photos,
    download,
    drop_files,
    paste_file,
    restore,
    take_sample,
    wait_for_result,
)
from tests.service.conftest import Process

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def test_newcomer_restores_the_sample_and_downloads_it(page: Page, tmp_path: Path) -> None:
    take_sample(page)
    restore(page)
    wait_for_result(page)
    expect(page.get_by_role("slider", name="Divider between before and after")).to_be_visible()
    with Image.open(download(page, "JPEG", tmp_path)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1024, 1200))
    with Image.open(download(page, "PNG", tmp_path)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1024, 1200))
        extremes = picture.convert("L").getextrema()
    assert extremes != (extremes[0], extremes[0]), "the picture is of one tone"


def test_before_and_after_are_compared_by_keyboard_and_at_full_size(page: Page, draw: Draw) -> None:
    choose_photos(page, draw())
    restore(page)
    wait_for_result(page)
    divider = page.get_by_role("slider", name="Divider between before and after")
    divider.focus()
    page.keyboard.press("ArrowRight")
    expect(divider).to_have_value("51")
    zoom = page.get_by_role("group", name="Zoom")
    zoom.get_by_role("button", name="1:1").click()
    expect(zoom).to_contain_text("100 %")
    page.get_by_title("Side by side").click()
    expect(page.get_by_role("application")).to_have_count(2)


def test_several_photos_become_a_list_and_each_is_restored(page: Page, draw: Draw, tmp_path: Path) -> None:
    drop_files(page, draw("ada.jpg"), draw("berta.png"), draw("carl.webp"))
    photos = page.get_by_role("list", name="Photos")
    expect(photos.get_by_role("listitem")).to_have_count(3)
    page.get_by_role("button", name="Restore 3 photos").click()
    for name in ("ada.jpg", "berta.png", "carl.webp"):
        expect(photos.get_by_role("button", name=f"Show {name}: Done", exact=True)).to_be_visible()
    photos.get_by_role("button", name="Show berta.png").click()
    with Image.open(download(page, "As the photo was", tmp_path)) as picture:
        assert (picture.format, picture.size) == ("PNG", (360, 270))


def test_one_of_several_photos_is_taken_away(page: Page, draw: Draw) -> None:
    drop_files(page, draw("ada.jpg"), draw("berta.jpg"))
    page.get_by_role("button", name="Remove ada.jpg").click()
    expect(page.get_by_role("region", name="berta.jpg")).to_be_visible()
    expect(page.get_by_role("list", name="Photos")).to_have_count(0)


def test_a_pasted_photo_is_taken(page: Page, draw: Draw) -> None:
    paste_file(page, draw("pasted.png"))
    expect(page.get_by_role("region", name="pasted.png")).to_be_visible()


def test_a_file_that_is_no_photo_is_told_kindly(page: Page, draw: Draw, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ada,")
    drop_files(page, letter, draw("ada.jpg"))
    notice = page.get_by_role("alert").filter(has_text="Some files were not added")
    expect(notice).to_contain_text("“letter.txt” is not a photo.")
    expect(page.get_by_role("region", name="ada.jpg")).to_be_visible()
    notice.get_by_role("button", name="Close this notice").click()
    expect(notice).to_have_count(0)


def test_a_broken_photo_is_told_and_another_one_chosen(page: Page, draw: Draw, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture at all")
    choose_photos(page, broken)
    expect(page.get_by_role("alert")).to_contain_text("picture")
    choose_photos(page, draw("whole.jpg"), button="Choose another photo")
    expect(page.get_by_role("region", name="whole.jpg")).to_be_visible()
    restore(page)
    wait_for_result(page)


def test_settings_reach_the_run(page: Page, draw: Draw, server: Process) -> None:
    choose_photos(page, draw("settings.jpg"))
    page.get_by_role("switch", name="Sharpen").uncheck()
    page.get_by_role("slider", name="Caution with scratches").fill("0.8")
    restore(page)
    wait_for_result(page)
    workflow = server.client.get(f"api/runs/{latest_run(server)}/workflow").json()
    assert workflow["nodes"]["sharpen"]["bypass"] is True
    assert workflow["nodes"]["damage"]["settings"]["threshold"] == 0.8


def test_other_settings_make_the_result_stale_until_it_is_restored_again(page: Page, draw: Draw) -> None:
    choose_photos(page, draw())
    restore(page)
    wait_for_result(page)
    page.get_by_role("switch", name="Remove noise").uncheck()
    page.get_by_role("button", name="Restore again").click()
    expect(page.get_by_role("button", name="Restore again")).to_have_count(0)
    wait_for_result(page)
    page.get_by_role("button", name="As recommended").click()
    expect(page.get_by_role("switch", name="Remove noise")).to_be_checked()


def test_a_restoration_is_cancelled(page: Page, draw: Draw) -> None:
    choose_photos(page, draw("large.jpg", (2400, 1800)))
    restore(page)
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_role("button", name="Restore", exact=True)).to_be_enabled()
    expect(page.get_by_role("button", name="Download", exact=True)).to_have_count(0)


def test_models_are_asked_for_before_anything_is_fetched(page: Page, draw: Draw) -> None:
    choose_photos(page, draw())
    page.get_by_role("radio", name="Enlarge a photo").check()
    restore(page)
    dialog = page.get_by_role("dialog", name=re.compile("Download .* first"))
    expect(dialog).to_contain_text("Licence")
    dialog.get_by_role("button", name="Not now").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Restore", exact=True)).to_be_enabled()


@pytest.mark.browser_context_args(**PHONE)
def test_it_works_on_a_phone_by_touch(page: Page) -> None:
    page.get_by_role("button", name="Try the sample photo").tap()
    expect(page.get_by_role("region", name="sample.jpg")).to_be_visible()
    page.get_by_role("button", name="Restore", exact=True).tap()
    wait_for_result(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "the page is wider than the phone"
    page.get_by_role("button", name="Download", exact=True).tap()
    dialog = page.get_by_role("dialog", name="Download the photo")
    with page.expect_download() as coming:
        dialog.get_by_role("button", name="Download").tap()
    assert coming.value.suggested_filename.endswith(".jpg")


def test_a_reload_in_the_middle_of_a_run_goes_on(page: Page, draw: Draw, server: Process) -> None:
    choose_photos(page, draw("slow.jpg", (2000, 1500)))
    restore(page)
    expect(page.get_by_text(re.compile(r"Step \d+ of"))).to_be_visible()
    run = latest_run(server)
    page.reload()
    expect(page.get_by_role("region", name="slow.jpg")).to_be_visible()
    wait_for_result(page)
    assert latest_run(server) == run, "the reload began another run"


def test_open_as_graph_shows_the_run_with_its_pictures(page: Page, draw: Draw) -> None:
    choose_photos(page, draw())
    restore(page)
    wait_for_result(page)
    page.get_by_role("button", name="Open as graph").click()
    expect(page.get_by_role("link", name="Graph")).to_have_attribute("aria-current", "page")
    sharpen = page.get_by_role("group", name="Sharpen, sharpen")
    expect(sharpen.get_by_role("button", name="Show the picture of Sharpen")).to_be_visible()


def latest_run(server: Process) -> str:
    return server.client.get("api/runs", params={"limit": 1}).json()["runs"][0]["id"]
