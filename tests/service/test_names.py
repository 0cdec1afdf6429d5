from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.names import LONGEST_FILE, file_name, inside, workflow_name
from service.refusals import Refusal
from tests.service.files import TRAVERSAL

JPEG = (".jpg", ".jpeg")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("wedding 1931.jpg", "wedding 1931.jpg"),
        ("Groß­mutter, Øresund 祖母.JPEG", "Großmutter, Øresund 祖母.JPEG"),
        ("Gro\u0308ße.jpg", "Größe.jpg"),
        ("scan.png", "scan.jpg"),
        ("scan.2024.v2", "scan.2024.v2.jpg"),
        ("C:\\Users\\me\\scan.jpg", "scan.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        (".hidden.jpg", "hidden.jpg"),
        ("con.jpg", "_con.jpg"),
        ("LPT1.tar.jpg", "_LPT1.tar.jpg"),
        ('a<b>:"|?*.jpg', "a_b______.jpg"),
        ("a\nb\0c\u202e.jpg", "abc.jpg"),
        ("...", "photo.jpg"),
        ("", "photo.jpg"),
        ("   .jpg", "photo.jpg"),
    ],
)
def test_a_photo_keeps_its_name_as_far_as_every_system_can(given_name: str, kept: str) -> None:
    assert file_name(given_name, JPEG) == kept


@given(st.text(max_size=400))
def test_a_photos_name_is_one_plain_file_on_every_system(text: str) -> None:
    name = file_name(text, JPEG)
    assert Path(name).name == name
    assert len(name.encode()) <= LONGEST_FILE
    assert name.lower().endswith(JPEG)
    assert not name.startswith((".", " "))
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert file_name(name, JPEG) == name


@pytest.mark.parametrize("name", ["restore", "Mutter's Kiste", "祖母 2", "v1.2", "x" * 100])
def test_workflows_have_ordinary_names(name: str) -> None:
    assert workflow_name(name) == name


@pytest.mark.parametrize("name", [*TRAVERSAL[:6], "a\0b", "", "x" * 101, "祖" * 90, " a", "a.", ".a", "aux", "a\ud800"])
def test_other_names_of_workflows_are_refused(name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        workflow_name(name)
    assert refusal.value.status == 422


def test_links_do_not_lead_outside(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "link").symlink_to(tmp_path)
    assert inside(home, home / "new") == home / "new"
    with pytest.raises(Refusal):
        inside(home, home / "link" / "file")
    with pytest.raises(Refusal):
        inside(home, home / ".." / "file")
