from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import StepError
from graph.given import Given
from nodes.formats.picture_files import PictureFiles
from service.limits import Limits
from service.photos import Photos
from service.refusals import Refusal
from tests.service.files import HOSTILE, POLYGLOT, TRAVERSAL, huge_header, picture

PNG = picture()
SHA256 = hashlib.sha256(PNG).hexdigest()


@pytest.fixture
def photos(tmp_path: Path) -> Photos:
    return Photos(tmp_path / "photos", PictureFiles(), Limits())


def left(photos: Photos) -> list[str]:
    """What lies in the folder beside finished photos."""
    return [path.name for path in photos.folder.iterdir() if path.name.startswith(".")]


def test_a_photo_is_kept_by_its_content(photos: Photos) -> None:
    photo = photos.add("Oma 1931.png", PNG)
    assert (photo.sha256, photo.name, photo.setting) == (SHA256, "Oma 1931.png", f"{SHA256}/Oma 1931.png")
    assert (photo.width, photo.height, photo.pages, photo.media_type, photo.bytes) == (40, 30, 1, "image/png", len(PNG))
    assert (photos.folder / photo.setting).read_bytes() == PNG
    assert photos.get(SHA256) == photo
    assert not left(photos)


def test_it_comes_in_parts_or_from_a_file(photos: Photos, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)

    def parts() -> Iterator[bytes]:
        yield from (PNG[:100], b"", PNG[100:])

    assert photos.add("x", parts()) == photos.add("y", tmp_path / "a.png")


def test_the_first_name_of_the_same_bytes_stays(photos: Photos) -> None:
    with photos.receive() as incoming:
        incoming.write(PNG)
        assert photos.keep(incoming, "first.png").is_new
    with photos.receive() as incoming:
        incoming.write(PNG)
        kept = photos.keep(incoming, "second.png")
    assert (kept.photo.name, kept.is_new) == ("first.png", False)
    assert not left(photos)


def test_the_suffix_tells_the_truth(photos: Photos) -> None:
    assert photos.add("scan.png", picture("JPEG")).name == "scan.jpg"
    assert photos.add("scan.JPEG", picture("JPEG", seed=2)).name == "scan.JPEG"
    assert photos.add("page.html", POLYGLOT).name == "page.html.jpg"


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused_whatever_it_is_called(photos: Photos, name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        photos.add(name, HOSTILE[name])
    assert refusal.value.status == 415
    assert str(photos.folder) not in str(refusal.value.problems)
    assert list(photos.folder.iterdir()) == []


def test_too_many_pixels_are_refused_by_the_header(tmp_path: Path) -> None:
    photos = Photos(tmp_path / "photos", PictureFiles(), Limits(pixels=1000))
    with pytest.raises(Refusal, match="40 × 30 pixels") as refusal:
        photos.add("a.png", PNG)
    assert refusal.value.status == 413
    with pytest.raises(Refusal, match="65535 × 65535") as refusal:
        photos.add("b.png", huge_header())
    assert refusal.value.status == 413
    assert list(photos.folder.iterdir()) == []


def test_too_many_bytes_are_refused_as_they_come(tmp_path: Path) -> None:
    photos = Photos(tmp_path / "photos", PictureFiles(), Limits(body=1000))
    taken: list[int] = []

    def endless() -> Iterator[bytes]:
        while True:
            taken.append(400)
            yield b"\x89" * 400

    with pytest.raises(Refusal) as refusal:
        photos.add("a.png", endless())
    assert refusal.value.status == 413
    assert len(taken) == 3
    assert list(photos.folder.iterdir()) == []


@pytest.mark.parametrize("sha256", [*TRAVERSAL, "", SHA256.upper(), SHA256 + "0", SHA256 + "\n", SHA256 + "/.."])
def test_only_a_sha256_leads_to_a_photo(photos: Photos, sha256: str) -> None:
    photos.add("a.png", PNG)
    for ask in (photos.get, photos.delete, photos.workflow, lambda sha256: photos.thumbnail(sha256, 128)):
        with pytest.raises(Refusal) as refusal:
            ask(sha256)
        assert refusal.value.status == 404
    assert photos.get(SHA256).name == "a.png"


def test_no_link_leads_outside(photos: Photos, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.png").write_bytes(PNG)
    (photos.folder / SHA256).symlink_to(secret)
    with pytest.raises(Refusal):
        photos.get(SHA256)
    (photos.folder / SHA256).unlink()
    (photos.folder / SHA256).mkdir()
    (photos.folder / SHA256 / "a.png").symlink_to(secret / "a.png")
    with pytest.raises(Refusal):
        photos.get(SHA256)
    assert photos.list().photos == []


def test_photos_are_listed_newest_first_page_by_page(photos: Photos) -> None:
    for number in range(7):
        path = photos.add(f"{number}.png", picture(seed=number)).path
        os.utime(path, (1000 + number, 1000 + number))
    first = photos.list(3)
    assert first.total == 7
    photos.delete(first.photos[-1].sha256)
    photos.add("new.png", picture(seed=99))
    second = photos.list(3, first.next)
    third = photos.list(3, second.next)
    names = [photo.name for page in (first, second, third) for photo in page.photos]
    assert names == [f"{number}.png" for number in range(6, -1, -1)]
    assert third.next == ""
    assert photos.list(1).photos[0].name == "new.png"


def test_a_place_in_the_list_that_makes_no_sense_is_refused(photos: Photos) -> None:
    for before in ("x", "1-2", f"{'9' * 31}-{SHA256}", f"-1-{SHA256}"):
        with pytest.raises(Refusal):
            photos.list(3, before)


def test_a_deleted_photo_is_gone_and_may_come_again(photos: Photos) -> None:
    photos.add("a.png", PNG)
    photos.thumbnail(SHA256, 128)
    photos.delete(SHA256)
    assert list(photos.folder.iterdir()) == []
    with pytest.raises(Refusal):
        photos.delete(SHA256)
    assert photos.add("b.png", PNG).name == "b.png"


class Counting(PictureFiles):
    """Counts what is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = 0

    def thumbnail(self, photo: Path | Given, side: int) -> bytes:
        self.drawn += 1
        return super().thumbnail(photo, side)


def test_a_thumbnail_is_made_once_and_again_when_damaged(tmp_path: Path) -> None:
    pictures = Counting()
    photos = Photos(tmp_path / "photos", pictures, Limits())
    photo = photos.add("a.png", picture(width=400, height=200))
    first = photos.thumbnail(photo.sha256, 100)
    assert first[8:12] == b"WEBP"
    kept = photo.path.with_name(".thumbnail-128.webp")
    assert kept.read_bytes() == first
    assert (photos.thumbnail(photo.sha256, 128), pictures.drawn) == (first, 1)
    kept.write_bytes(first[:50])
    assert (photos.thumbnail(photo.sha256, 128), pictures.drawn) == (first, 2)
    assert photos.get(photo.sha256) == photo
    assert photos.thumbnail(photo.sha256, 256) != first


def test_many_who_want_one_thumbnail_wait_for_one(tmp_path: Path) -> None:
    pictures = Counting()
    photos = Photos(tmp_path / "photos", pictures, Limits())
    photos.add("a.png", PNG)
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda _: photos.thumbnail(SHA256, 256), range(16)))
    assert (len(set(drawn)), pictures.drawn) == (1, 1)


def test_a_photo_cut_off_behind_its_header_has_no_thumbnail(photos: Photos) -> None:
    photo = photos.add("cut.jpg", picture("JPEG", 200, 200)[:3000])
    with pytest.raises(StepError):
        photos.thumbnail(photo.sha256, 128)
    assert not [path for path in photo.path.parent.iterdir() if path != photo.path]


def test_the_same_photo_twenty_times_at_once_is_kept_once(photos: Photos) -> None:
    with ThreadPoolExecutor(10) as pool:
        kept = list(pool.map(lambda number: photos.add(f"{number}.png", PNG), range(20)))
    assert len(set(kept)) == 1
    assert [path.name for path in photos.folder.iterdir()] == [SHA256]


def test_a_half_photo_of_a_crashed_disk_is_replaced(photos: Photos) -> None:
    path = photos.add("a.png", PNG).path
    path.write_bytes(PNG[:50])
    assert photos.add("b.png", PNG).path.read_bytes() == PNG
    (photos.folder / SHA256 / "b.png").unlink()
    assert photos.add("c.png", PNG).name == "c.png"


def test_a_photo_that_cannot_be_read_any_more_is_listed_with_its_problem(photos: Photos) -> None:
    photos.add("a.png", PNG).path.write_bytes(b"not a picture at all")
    (listed,) = photos.list().photos
    assert "not a picture" in listed.problem
    assert (listed.width, listed.media_type) == (0, "application/octet-stream")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_told_and_leaves_nothing(photos: Photos) -> None:
    with Path("/dev/full").open("wb") as full, photos.receive() as incoming:
        os.dup2(full.fileno(), incoming._file.fileno())
        incoming.write(PNG[:100])
        with pytest.raises(Refusal) as refusal:
            incoming.close()
    assert refusal.value.status == 507
    assert list(photos.folder.iterdir()) == []


UPLOAD = """
import sys
from pathlib import Path
from service.limits import Limits
from service.photos import Photos
photos = Photos(Path(sys.argv[1]), None, Limits())
incoming = photos.receive()
incoming.write(b"x" * 100_000)
print("half", flush=True)
sys.stdin.read()
"""


def test_what_a_killed_process_left_is_swept_and_what_runs_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    command = [sys.executable, "-c", UPLOAD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "half\n"
        there = Photos(folder, PictureFiles(), Limits())
        assert len(left(there)) == 2
        assert there.list().photos == []
        process.kill()
    again = Photos(folder, PictureFiles(), Limits())
    assert list(again.folder.iterdir()) == []


class Vanishing(PictureFiles):
    """Pictures whose files are deleted while they are looked at."""

    def thumbnail(self, photo: Path | Given, side: int) -> bytes:
        assert isinstance(photo, Path)
        photo.unlink()
        return super().thumbnail(photo, side)

    def workflow(self, photo: Path | Given) -> str | None:
        assert isinstance(photo, Path)
        photo.unlink()
        return super().workflow(photo)


def test_a_photo_that_is_deleted_meanwhile_is_no_other_error(tmp_path: Path) -> None:
    photos = Photos(tmp_path / "photos", Vanishing(), Limits())
    for ask in (lambda: photos.thumbnail(SHA256, 128), lambda: photos.workflow(SHA256)):
        photos.add("a.png", PNG)
        with pytest.raises(Refusal) as refusal:
            ask()
        assert refusal.value.status == 404
