from __future__ import annotations

import cv2
import numpy as np
import pytest

from nodes.damage.amounts import Amounts
from nodes.damage.coverage import lightness
from nodes.damage.mark import Kind
from nodes.damage.sheet import Sheet, Window
from training.artefacts import KINDS, LINES, STAINS, Artefacts
from training.damage import SEE_THROUGH, Damaged, any_amounts, damage, drawn, overlay
from training.visibility import drowned


def test_the_mask_says_exactly_what_was_visibly_changed(portrait, artefacts):
    strong = marked = unseen = 0
    for seed in range(25):
        after, kinds, _ = damage(portrait, np.random.default_rng(seed), artefacts)
        change, mask = np.abs(after - portrait).mean(axis=2), kinds > 0
        assert after.dtype == np.float32
        assert after.min() >= 0
        assert after.max() <= 1
        # Rims are soft, and a fold throws a shade.
        near = cv2.dilate(mask.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
        strong += np.count_nonzero((change > 0.13) & ~near)
        marked += np.count_nonzero(mask)
        unseen += np.count_nonzero(change[mask] < 0.015)
    assert marked > 1000
    # Damage upon damage may bring back what was there, such as black behind a torn corner that was black.
    assert unseen < 0.05 * marked
    assert strong < 0.02 * marked


def test_nothing_wanted_is_nothing_done(portrait, artefacts, rng):
    after, kinds, _ = damage(portrait, rng, artefacts, amounts=Amounts())
    assert np.array_equal(after, portrait)
    assert not kinds.any()


def test_the_same_seed_does_the_same(portrait, artefacts):
    one, same, other = (damage(portrait, np.random.default_rng(seed), artefacts) for seed in (5, 5, 6))
    assert np.array_equal(one.pixels, same.pixels)
    assert np.array_equal(one.kinds, same.kinds)
    assert not np.array_equal(one.kinds, other.kinds)


def test_a_window_shows_a_part_of_the_whole(portrait):
    sheet, window = Sheet(portrait.shape[0], portrait.shape[1], 0.4), Window(60, 70, 100, 120)
    place = window.within(sheet.whole)
    amounts = Amounts(scratches=0.8, creases=0.5, dust=0.3)
    whole = damage(portrait, np.random.default_rng(3), sheet=sheet, amounts=amounts)
    part = damage(portrait[place], np.random.default_rng(3), sheet=sheet, window=window, amounts=amounts)
    assert np.abs(part.pixels - whole.pixels[place]).max() < 0.03
    assert (part.kinds != whole.kinds[place]).mean() < 2e-3


def test_most_damage_covers_little_and_some_prints_are_ruined(portrait, artefacts):
    shares = [damage(portrait, np.random.default_rng(seed), artefacts).mask.mean() for seed in range(24)]
    assert 0.001 < np.median(shares) < 0.15
    assert max(shares) > 3 * np.median(shares)


def test_every_group_of_damage_comes_up(rng):
    drawn = [any_amounts(Sheet(2000, 3000, 0.5), rng) for _ in range(60)]
    for name in ("scratches", "creases", "dust", "hairs", "stains", "torn"):
        strengths = [getattr(amounts, name) for amounts in drawn]
        assert 0 < np.count_nonzero(strengths) < len(drawn)
        assert max(strengths) <= 1


def test_small_parts_of_a_print_are_more_damaged():
    """There are as many scratches on them as on a larger part."""
    shares = [
        np.mean([any_amounts(Sheet(side, side, 0.6), np.random.default_rng(seed)).scratches for seed in range(99)])
        for side in (200, 4000)
    ]
    assert shares[0] > 3 * shares[1]


def test_the_label_leaves_out_rims_and_what_the_picture_shines_through():
    kinds = np.zeros((40, 60), np.uint8)
    kinds[10:20, 10:20], kinds[10:20, 40:50] = Kind.CRACK, Kind.STAIN
    label = Damaged(np.zeros((40, 60, 3), np.float32), kinds).label
    assert Kind.STAIN in SEE_THROUGH
    assert (label[10:20, 10:20] == 255).all()
    assert (label[10:20, 40:50] == 128).all()
    assert label[9, 15] == label[15, 20] == 128
    assert label[8, 15] == label[30, 30] == 0


def test_what_nobody_could_tell_from_the_picture_teaches_nothing(rng):
    """The same specks on a wall and on a hedge."""
    wall = np.full((240, 240, 3), 0.5, np.float32)
    hedge = np.clip(wall + rng.normal(0, 0.3, (240, 240, 1)), 0, 1).astype(np.float32)
    sheet = Sheet(240, 240, 0.3)
    marks = Amounts(dust=1.0).marks(sheet, np.random.default_rng(1))
    found: list[float] = []
    for sound in (wall, hedge):
        hurt = drawn(sound, marks, sheet.whole)
        hidden = drowned(lightness(sound), lightness(hurt.pixels), hurt.mask)
        found.append(float(np.mean(hurt._replace(drowned=hidden).label == 255)))
    assert found[0] > 0
    assert found[1] < 0.5 * found[0]
    assert not drawn(wall, [], sheet.whole).label.any()


@pytest.mark.parametrize("light", [0.0, 1.0])
def test_artefacts_are_laid_on_light_or_dark(artefacts, rng, light):
    sheet = Sheet(200, 240, 0.5, light)
    for _ in range(10):
        mark = overlay(sheet, rng, *artefacts.any(LINES, rng))
        assert (sum(mark.tone) / 3 > 0.5) == bool(light)
    assert overlay(sheet, rng, *artefacts.any(STAINS, rng)).way == "stain"


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (7, 5), (4000, 3)])
def test_any_size(artefacts, shape):
    for seed in range(4):
        after, kinds, _ = damage(np.full((*shape, 3), 0.4, np.float32), np.random.default_rng(seed), artefacts)
        assert after.shape == (*shape, 3)
        assert kinds.shape == shape


def test_artefacts_are_cut_to_what_they_cover(artefacts, rng):
    for folder, kind in KINDS.items():
        found, cover = artefacts.any((folder,), rng)
        assert found == kind
        assert cover.max() == 255
        assert all(rim.max() > 25 for rim in (cover[0], cover[-1], cover[:, 0], cover[:, -1]))


def test_no_artefact_is_in_training_and_in_the_test(tmp_path, artefact_folder):
    for kind in KINDS:
        (tmp_path / kind).mkdir()
        one = (artefact_folder / kind / "one.png").read_bytes()
        for number in range(10):
            (tmp_path / kind / f"{number}.png").write_bytes(one)
    training, test, both = (Artefacts(tmp_path, part)._files for part in ("training", "test", "all"))
    for kind in KINDS:
        assert sorted(training[kind] + test[kind]) == both[kind]
        assert len(test[kind]) == 2


def test_a_folder_without_artefacts_is_refused(tmp_path):
    with pytest.raises(ValueError, match="scratches"):
        Artefacts(tmp_path)
