from __future__ import annotations

import cv2
import numpy as np
import pytest

from training.artefacts import LINES, SPECKS, Artefacts
from training.damage import crack, damage, overlay, path, scratch, speck

MARKS = {
    "scratch": scratch,
    "crack": crack,
    "speck": speck,
    "hair": lambda pixels, rng: overlay(pixels, rng, _artefact()),
}


def _artefact() -> np.ndarray:
    cover = np.zeros((60, 90), np.float32)
    cv2.line(cover, (5, 5), (80, 50), (1.0,), 4)
    return cover


def _difference(before, after) -> np.ndarray:
    return np.abs(after - before).mean(axis=2)


def test_a_seed_gives_the_same_damage(portrait, artefacts):
    one, same, other = (damage(portrait, np.random.default_rng(seed), artefacts) for seed in (3, 3, 4))
    assert np.array_equal(one.pixels, same.pixels)
    assert np.array_equal(one.mask, same.mask)
    assert not np.array_equal(one.pixels, other.pixels)


def test_the_photo_itself_is_left_alone(portrait, artefacts):
    before = portrait.copy()
    damage(portrait, np.random.default_rng(3), artefacts)
    assert np.array_equal(portrait, before)


@pytest.mark.parametrize("name", MARKS)
def test_the_mask_is_where_a_mark_shows(portrait, name):
    strong = marked = 0
    for seed in range(25):
        after, mask = MARKS[name](portrait, np.random.default_rng(seed))
        change = _difference(portrait, after)
        assert after.dtype == np.float32
        assert after.min() >= 0
        assert after.max() <= 1
        assert (change[mask] > 0.015).all()
        # The rim is soft, and a crack throws a shadow up to three pixels beside it.
        near = cv2.dilate(mask.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
        strong += np.count_nonzero((change > 0.1) & ~near)
        marked += np.count_nonzero(mask)
    assert marked > 100
    assert strong < 0.02 * marked


def test_without_lines_and_specks_nothing_happens(portrait, artefacts, rng):
    after, mask = damage(portrait, rng, artefacts, lines=False, specks=False)
    assert np.array_equal(after, portrait)
    assert not mask.any()


@pytest.mark.parametrize("light", [0, 1])
def test_light_damage_brightens_and_dark_damage_darkens(artefacts, light):
    grey = np.full((200, 240, 3), 0.5, np.float32)
    after, mask = damage(grey, np.random.default_rng(0), artefacts, lines=False, light=light)
    assert mask.any()
    assert ((after[mask].mean(axis=1) > 0.5) == bool(light)).all()


def test_most_damage_covers_little_and_some_prints_have_many_marks(portrait, artefacts):
    shares = [damage(portrait, np.random.default_rng(seed), artefacts).mask.mean() for seed in range(12)]
    assert 0.005 < np.median(shares) < 0.2
    assert max(shares) > 3 * np.median(shares)


def test_paths_are_as_long_as_promised(rng):
    for _ in range(50):
        steps = np.hypot(*np.diff(path((300, 400), rng), axis=0).T)
        assert np.allclose(steps, 3)
        assert 22 <= steps.sum() <= 900


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (7, 5), (4000, 3)])
def test_any_size(artefacts, shape):
    for seed in range(4):
        after, mask = damage(np.full((*shape, 3), 0.4, np.float32), np.random.default_rng(seed), artefacts)
        assert after.shape == (*shape, 3)
        assert mask.shape == shape


def test_artefacts_are_cut_to_what_they_cover(artefacts, rng):
    for kinds in (LINES, SPECKS):
        cover = artefacts.any(kinds, rng)
        assert cover.max() == 1
        assert all(rim.max() > 0.1 for rim in (cover[0], cover[-1], cover[:, 0], cover[:, -1]))


def test_a_folder_without_artefacts_is_refused(tmp_path):
    with pytest.raises(ValueError, match="scratches"):
        Artefacts(tmp_path)
