"""What a newcomer does on the Restore page."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import JSHandle, Page, expect

CARRY = """files => {
  const carried = new DataTransfer();
  for (const { name, type, bytes } of files) {
    carried.items.add(new File([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], name, { type }));
  }
  return carried;
}"""


def take_sample(page: Page) -> None:
    page.get_by_role("button", name="Try the sample photo").click()
    expect(page.get_by_role("region", name="sample.jpg")).to_be_visible()


def choose_photos(page: Page, *files: Path, button: str = "Choose a photo") -> None:
    with page.expect_file_chooser() as opened:
        page.get_by_role("button", name=button).click()
    opened.value.set_files(files)


def drop_files(page: Page, *files: Path) -> None:
    """From the desktop onto the middle of the page, once it is there."""
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    carried = carry(page, *files)
    window = page.viewport_size or {"width": 0, "height": 0}
    place = {"clientX": window["width"] // 2, "clientY": window["height"] // 2}
    for event in ("dragenter", "dragover", "drop"):
        page.get_by_role("main").dispatch_event(event, {"dataTransfer": carried, **place})


def paste_file(page: Page, file: Path) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    page.get_by_role("main").evaluate(
        "(main, clipboardData) => main.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))",
        carry(page, file),
    )


def carry(page: Page, *files: Path) -> JSHandle:
    """Files as a drag or a clipboard carries them."""
    contents = [
        {
            "name": file.name,
            "type": mimetypes.guess_type(file.name)[0] or "",
            "bytes": base64.b64encode(file.read_bytes()).decode(),
        }
        for file in files
    ]
    return page.evaluate_handle(CARRY, contents)


def restore(page: Page) -> None:
    page.get_by_role("button", name="Restore", exact=True).click()


def wait_for_result(page: Page) -> None:
    expect(page.get_by_role("button", name="Download", exact=True)).to_be_visible()


def download(page: Page, kind: str, folder: Path) -> Path:
    """The result, in a format of the dialog."""
    page.get_by_role("button", name="Download", exact=True).click()
    dialog = page.get_by_role("dialog", name="Download the photo")
    dialog.get_by_role("radio", name=kind).check()
    return save(page, lambda: dialog.get_by_role("button", name="Download").click(), folder)


def save(page: Page, act: Callable[[], None], folder: Path) -> Path:
    """Where the file lies that comes of an act."""
    with page.expect_download() as coming:
        act()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file
