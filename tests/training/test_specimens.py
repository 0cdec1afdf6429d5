from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from skimage import data

from nodes.damage.sheet import Sheet
from training.ageing import any_ageing, any_scale, compressed, greyed, scanned
from training.decoys import DECOYS
from training.specimens import photo_files, read_photo, specimen


@pytest.mark.parametrize("decoy", [decoy for decoy, _ in DECOYS])
def test_decoys_change_some_of_the_photo_by_seed(portrait, decoy):
    shares = []
    for seed in range(6):
        one, same = (decoy(portrait, np.random.default_rng(seed)) for _ in range(2))
        assert np.array_equal(one, same)
        assert one.dtype == np.float32
        assert one.min() >= 0
        assert one.max() <= 1 + 1e-6
        shares.append((np.abs(one - portrait).mean(axis=2) > 0.05).mean())
    assert 0 < np.mean(shares) < 0.5


def test_an_aged_photo_keeps_its_picture(rng, portrait):
    sheet = Sheet(portrait.shape[0], portrait.shape[1], 0.3)
    for _ in range(8):
        ageing = any_ageing(rng)
        old = scanned(ageing.tint(ageing.print(greyed(portrait), sheet.whole, sheet), sheet.whole, sheet), rng)
        assert old.dtype == np.float32
        assert old.min() >= 0
        assert old.max() <= 1
        assert np.corrcoef(old[..., 1].ravel(), greyed(portrait)[..., 1].ravel())[0, 1] > 0.7


def test_small_photos_are_enlarged_and_large_scans_reduced(rng):
    small, large = np.zeros((40, 60, 3), np.uint8), np.zeros((1200, 1000, 3), np.uint8)
    assert {1.0, 3.0} <= {any_scale(small, rng) for _ in range(40)} <= {1.0, 1.5, 2.0, 3.0}
    scales = [any_scale(large, rng) for _ in range(40)]
    assert 0.3 <= min(scales) < 0.5
    assert 0.8 < max(scales) <= 1


def test_a_compressed_photo_differs_by_little(portrait, rng):
    for _ in range(6):
        assert np.abs(compressed(portrait, rng) - portrait).mean() < 0.03


def test_about_half_of_the_specimens_are_sound(artefacts):
    photo = data.camera()[::4, ::4]
    colour = np.repeat(photo[..., None], 3, axis=2)
    sound = [not specimen(colour, np.random.default_rng(seed), artefacts).mask.any() for seed in range(25)]
    assert 0.3 < np.mean(sound) < 0.7


def test_photos_are_read_upright_and_in_colour(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (30, 20), 90).save(tmp_path / "b.jpg", exif=exif)
    (tmp_path / "notes.txt").write_text("no photo")
    assert photo_files(tmp_path) == [tmp_path / "b.jpg"]
    assert read_photo(tmp_path / "b.jpg").shape == (30, 20, 3)


def test_a_broken_photo_is_named(tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"nothing")
    with pytest.raises(ValueError, match=r"broken\.jpg"):
        read_photo(tmp_path / "broken.jpg")


def test_a_folder_without_photos_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no photos"):
        photo_files(tmp_path)
