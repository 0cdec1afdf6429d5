from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.given import Given
from graph.places import Places


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "workflow", tmp_path / "photos"
    for folder in (first, second):
        folder.mkdir()
        (folder / "both.jpg").write_bytes(b"")
    (second / "grandma.jpg").write_bytes(b"")
    return first, second


def test_folders_are_searched_in_order(folders: tuple[Path, Path]) -> None:
    places = Places(folders)
    assert places.find("both.jpg") == folders[0] / "both.jpg"
    assert places.find("grandma.jpg") == folders[1] / "grandma.jpg"


def test_an_absolute_path_is_taken_as_it_is(folders: tuple[Path, Path]) -> None:
    assert Places().find(str(folders[1] / "grandma.jpg")) == folders[1] / "grandma.jpg"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("granma.jpg", "Did you mean 'grandma.jpg'"),
        ("nothing-like-it.tif", "Looked in"),
        ("../photos", "is a folder"),
        ("x" * 5000, "cannot be opened"),
        ("~nosuchuser/a.jpg", "there is no file"),
        ("\ud800.jpg", "there is no file"),
        ("grandma.jpg/a.jpg", "there is no file"),
    ],
)
def test_what_is_not_found_is_a_sentence(folders: tuple[Path, Path], name: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Places(folders).find(name)


def test_nowhere_to_look() -> None:
    with pytest.raises(ValueError, match="Looked in nowhere"):
        Places().find("a.jpg")


def test_a_ring_of_links_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "ring.jpg").symlink_to(tmp_path / "ring.jpg")
    with pytest.raises(ValueError, match=r"ring\.jpg"):
        Places([tmp_path]).find("ring.jpg")


# Confined: a stranger's workflow


@pytest.fixture
def confined(folders: tuple[Path, Path]) -> Places:
    (folders[0].parent / "secret.jpg").write_bytes(b"")
    (folders[1] / "album").mkdir()
    (folders[1] / "album" / "1900.jpg").write_bytes(b"")
    return Places(folders, confined=True)


@pytest.mark.parametrize("name", ["grandma.jpg", "album/1900.jpg", "album/../grandma.jpg", "./grandma.jpg"])
def test_what_lies_inside_is_found(confined: Places, folders: tuple[Path, Path], name: str) -> None:
    assert confined.find(name) == (folders[1] / name).resolve()


OUTSIDE = [
    "../secret.jpg",
    "album/../../secret.jpg",
    "..",
    "/etc/passwd",
    "//server/share/a.jpg",
    "~/a.jpg",
    "~root/a.jpg",
    "C:\\a.jpg",
    "C:a.jpg",
    "\\a.jpg",
    "\\\\server\\share\\a.jpg",
    "\\\\?\\C:\\a.jpg",
    "..\\secret.jpg",
    "album\\..\\..\\secret.jpg",
    "a\0.jpg",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_outside_is_opened(confined: Places, name: str) -> None:
    with pytest.raises(ValueError, match="outside of the photos that may be used"):
        confined.find(name)


def test_an_absolute_path_to_a_photo_inside_is_refused_too(confined: Places, folders: tuple[Path, Path]) -> None:
    with pytest.raises(ValueError, match="outside of the photos"):
        confined.find(str(folders[1] / "grandma.jpg"))


@pytest.mark.parametrize("target", ["secret.jpg", "."])
def test_a_link_that_leads_outside_is_refused(confined: Places, folders: tuple[Path, Path], target: str) -> None:
    (folders[1] / "link").symlink_to(folders[0].parent / target)
    with pytest.raises(ValueError, match="there is no file"):
        confined.find("link" if target.endswith("jpg") else "link/secret.jpg")


def test_a_link_to_another_of_the_folders_is_followed(confined: Places, folders: tuple[Path, Path]) -> None:
    (folders[0] / "photos").symlink_to(folders[1])
    assert confined.find("photos/grandma.jpg") == folders[1] / "grandma.jpg"


@pytest.mark.parametrize(
    "name", [*OUTSIDE, "nothing.jpg", "album", "x" * 5000, "album/" * 900, "\ud800.jpg", "ring.jpg", ""]
)
def test_no_error_names_a_folder(confined: Places, folders: tuple[Path, Path], name: str) -> None:
    (folders[1] / "ring.jpg").symlink_to(folders[1] / "ring.jpg")
    with pytest.raises(ValueError, match=r"\.$") as error:
        confined.find(name)
    assert str(folders[0].parent) not in str(error.value)
    assert len(str(error.value)) < 300


@given(st.text(max_size=40))
def test_whatever_the_name_nothing_outside_is_found(name: str) -> None:
    home = Path(__file__).parent / "controls"
    try:
        found = Places([home], confined=True).find(name)
    except ValueError:
        return
    assert isinstance(found, Path)
    assert found.is_relative_to(home)


# Files in memory


def test_what_is_given_is_found_first(folders: tuple[Path, Path]) -> None:
    given_one = Given("both.jpg", b"1")
    for places in (
        Places(folders, given={"both.jpg": given_one}),
        Places(confined=True, given={"both.jpg": given_one}),
    ):
        assert places.find("both.jpg") is given_one


def test_what_is_given_has_the_hash_of_a_file() -> None:
    assert Given("a", b"abc").sha256 == hashlib.sha256(b"abc").hexdigest()
    assert "abc" not in repr(Given("a", b"abc"))
    assert str(Given("grandma.jpg", b"")) == "grandma.jpg"
