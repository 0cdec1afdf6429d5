from __future__ import annotations

from pathlib import Path

import pytest

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
