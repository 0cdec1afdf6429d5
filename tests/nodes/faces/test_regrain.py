from __future__ import annotations

import numpy as np
import pytest

from nodes.faces.regrain import SIDE, Regrain, _texture, lost_grain
from nodes.pixels.noise import estimate_grain

ALL = (slice(0, 400), slice(0, 400))


def grainy(sigma: float, side: int = 400) -> np.ndarray:
    noise = np.random.default_rng(3).normal(0, sigma, (side, side, 1)).astype(np.float32)
    return np.clip(np.broadcast_to(0.5 + noise, (side, side, 3)), 0, 1).astype(np.float32)


def test_what_is_wholly_covered_gets_the_photos_grain():
    photo = grainy(0.04)
    noise = Regrain(photo, ALL, 1.0, 1).of(*ALL, np.ones((400, 400), np.float32))
    assert np.std(noise) == pytest.approx(0.04, rel=0.1)


def test_what_is_half_covered_has_the_same_grain_altogether():
    photo = grainy(0.04)
    noise = Regrain(photo, ALL, 1.0, 1).of(*ALL, np.full((400, 400), 0.5, np.float32))
    mixed = 0.5 * photo[..., 0] + 0.25 + noise
    assert np.std(mixed) == pytest.approx(0.04, rel=0.1)


def test_what_is_not_covered_gets_none():
    noise = Regrain(grainy(0.04), ALL, 1.0, 1).of(*ALL, np.zeros((400, 400), np.float32))
    assert not np.any(noise)


def test_a_smooth_photo_has_none():
    flat = np.full((400, 400, 3), 0.5, np.float32)
    assert Regrain(flat, ALL, 1.0, 1).of(*ALL, np.ones((400, 400), np.float32)) == 0.0
    assert Regrain(grainy(0.04), ALL, 0.0, 1).of(*ALL, np.ones((400, 400), np.float32)) == 0.0


@pytest.mark.parametrize("size", [1.0, 2.0, 4.0])
def test_grain_of_a_size(size):
    texture = _texture(size, 5)
    assert texture.std() == pytest.approx(1, rel=0.02)
    assert estimate_grain(0.5 + 0.03 * texture).size == pytest.approx(size, rel=0.25)


def test_grain_has_no_seam_where_it_repeats():
    texture = _texture(4.0, 5)
    twice = np.hstack([texture, texture])
    steps = np.abs(np.diff(twice, axis=1)).mean(axis=0)
    assert steps[SIDE - 1] < 1.3 * steps.mean()


def test_parts_are_parts_of_the_whole():
    grain = Regrain(grainy(0.04), ALL, 1.0, 1)
    whole = np.asarray(grain.of(*ALL, np.ones((400, 400), np.float32)))
    part = grain.of(slice(100, 150), slice(30, 90), np.ones((50, 60), np.float32))
    assert np.array_equal(whole[100:150, 30:90], part)


def test_what_is_lost():
    photo = grainy(0.04, 512)
    assert lost_grain(photo, np.full_like(photo, 0.5)) == pytest.approx(1)
    assert lost_grain(photo, photo) == 0
    assert lost_grain(photo, (0.25 + photo / 2).astype(np.float32)) == pytest.approx(0.87, abs=0.05)
    assert lost_grain(np.full_like(photo, 0.5), photo) == 0
