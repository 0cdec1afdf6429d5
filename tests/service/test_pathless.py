from __future__ import annotations

from pathlib import Path

import pytest

from service.pathless import pathless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/bob/photos/old.jpg is broken.", "old.jpg is broken."),
        ("It is in '/home/bob smith/my photos/old.jpg'.", "It is in 'old.jpg'."),
        (r"C:\Users\Bob Smith\old.jpg is broken.", "old.jpg is broken."),
        (r"\\nas\scans\1910\old.jpg: no.", "old.jpg: no."),
        ("from /a/b.png and /c/d.png", "from b.png and d.png"),
        ("[Errno 2] No such file or directory: '/var/lib/x/y'", "[Errno 2] No such file or directory: 'y'"),
        ("Fetch https://example.org/models/net.pth first.", "Fetch https://example.org/models/net.pth first."),
        ("Use PNG and/or TIFF, at 1/2 size.", "Use PNG and/or TIFF, at 1/2 size."),
        ("photos/old.jpg stays", "photos/old.jpg stays"),
        ("", ""),
    ],
)
def test_folders_go_and_names_stay(text: str, shown: str) -> None:
    assert pathless(text) == shown


def test_own_folders_go_whatever_they_are_called() -> None:
    assert pathless(f"{Path.home()}/x, y/old.jpg") == "x, y/old.jpg"
    assert str(Path.cwd()) not in pathless(f"{Path.cwd()}/weights/net.pth")


def test_a_long_text_takes_no_time() -> None:
    assert pathless("/a " * 50_000)
