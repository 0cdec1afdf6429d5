from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from training.artefacts import Artefacts
from training.patches import HARD, ROUND, Patches
from training.real import Marked, damaged, marked, own
from training.specimens import photo_files


@pytest.fixture
def patches(photos, artefact_folder) -> Patches:
    return Patches(tuple(photo_files(photos)), Artefacts(artefact_folder), (), 64, 7, 0, 64)


@pytest.fixture
def scan(rng) -> Marked:
    light = rng.integers(60, 200, (150, 180), dtype=np.uint8)
    label = np.zeros((150, 180), np.uint8)
    label[70:73, 20:160] = 255
    return Marked("scan.png", light, label)


def test_a_patch_is_the_same_whenever_it_is_asked_for(patches):
    for number in (0, 3, 5):
        (one, label), (same, equal) = patches[number], patches[number]
        assert np.array_equal(one, same)
        assert np.array_equal(label, equal)
        assert one.shape == (2, 64, 64)
        assert one.dtype == np.float32
        assert label.shape == (64, 64)
        assert set(np.unique(label)) <= {0, 128, 255}
    assert not np.array_equal(patches[0][0], patches[2][0])


def test_a_training_that_goes_on_gets_the_patches_that_come_next(patches):
    later = Patches(patches.photos, patches.artefacts, (), 64, 7, 5, 3)
    assert np.array_equal(later[1][0], patches[6][0])
    assert len(later) == 3
    with pytest.raises(IndexError):
        later[3]


def test_at_most_half_are_empty_and_every_round_has_hard_ones(patches):
    labels = [patches.patch(number)[1] for number in range(40)]
    wanted = [label for number, label in enumerate(labels) if number % 2 == 0]
    hard = [label for number, label in enumerate(labels) if number % ROUND in HARD]
    assert np.mean([(label == 255).any() for label in labels]) >= 0.5
    assert np.mean([(label == 255).any() for label in wanted]) > 0.9
    assert not any(label.any() for label in hard)


def test_real_photos_take_part(patches, scan):
    with_real = Patches(patches.photos, patches.artefacts, (scan,), 64, 7, 0, 64)
    light, label = with_real.patch(8)
    assert (label == 255).any()
    assert np.count_nonzero(label == 255) <= 3 * 64
    assert light.min() >= 0
    assert light.max() <= 1
    assert np.array_equal(with_real.patch(2)[0], patches.patch(2)[0])


def test_a_photo_smaller_than_a_patch_is_mirrored(patches):
    small = Marked("small", np.full((20, 30), 99, np.uint8), np.full((20, 30), 255, np.uint8))
    light, label = Patches(patches.photos, None, (small,), 64, 7, 0, 8).patch(0)
    assert light.shape == (64, 64)
    assert (label == 255).all()


def _folder(tmp_path: Path) -> Path:
    """A 16-bit TIFF with a white mask, and a PNG with a red one."""
    for name in ("photos", "masks"):
        (tmp_path / name).mkdir()
    photo = np.full((40, 60, 3), 30_000, np.uint16)
    tifffile.imwrite(tmp_path / "photos" / "one.tif", photo, photometric="rgb")
    mask = np.zeros((40, 60), np.uint8)
    mask[10:14] = 255
    tifffile.imwrite(tmp_path / "masks" / "one.tif", mask)
    grey = np.full((40, 60, 3), 120, np.uint8)
    Image.fromarray(grey).save(tmp_path / "photos" / "two.png")
    red = grey.copy()
    red[:, 20:24] = (255, 0, 0)
    Image.fromarray(red).save(tmp_path / "masks" / "two.png")
    return tmp_path


def test_own_photos_with_masks_from_any_editor(tmp_path):
    one, two = own(_folder(tmp_path))
    assert (one.label[10:14] == 255).all()
    assert np.count_nonzero(one.label) == 4 * 60
    assert np.abs(one.light.astype(int) - round(30_000 / 257)).max() <= 1
    assert (two.label[:, 20:24] == 255).all()
    assert np.count_nonzero(two.label == 255) == 4 * 40


def test_a_photo_without_a_mask_is_named(tmp_path):
    _folder(tmp_path)
    (tmp_path / "masks" / "two.png").unlink()
    with pytest.raises(ValueError, match=r"two\.png"):
        own(tmp_path)
    with pytest.raises(ValueError, match="no photos"):
        own(tmp_path / "masks")


def test_photos_marked_by_hand_are_read_by_fold(tmp_path, scan):
    photos, index = tmp_path / "photos", tmp_path / "marked" / "index.csv"
    photos.mkdir()
    index.parent.mkdir()
    names = ("a", "b", "c")
    for name in (*names, "later"):
        Image.fromarray(scan.light).save(photos / f"{name}.png")
        Image.fromarray(scan.label).save(index.parent / f"{name}.png")
    with index.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("file", "mask", "fold"))
        rows.writerows((f"{name}.png", f"{name}.png", fold) for fold, name in enumerate(names))
        rows.writerow(("later.png", "later.png", ""))
    assert [photo.name for photo in marked(index, photos, None)] == ["a.png", "b.png", "c.png"]
    assert [photo.name for photo in marked(index, photos, 0, later=True)] == ["b.png", "c.png", "later.png"]
    kept = marked(index, photos, 1)
    assert [photo.name for photo in kept] == ["a.png", "c.png"]
    assert len(damaged(kept)) == 2
    assert np.array_equal(kept[0].label, scan.label)
    (photos / "c.png").unlink()
    with pytest.raises(ValueError, match=r"c\.png"):
        marked(index, photos, None)
