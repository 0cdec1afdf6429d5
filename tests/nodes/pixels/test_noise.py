from __future__ import annotations

import cv2
import numpy as np
import pytest
from skimage import data

from nodes.pixels.colour import luma
from nodes.pixels.noise import estimate_grain, estimate_sigma


@pytest.fixture(scope="module")
def photo():
    return luma((data.astronaut() / 255).astype(np.float32))


def noisy(plane, sigma, rng):
    return np.clip(plane + rng.normal(0, sigma, plane.shape), 0, 1).astype(np.float32)


@pytest.mark.parametrize("sigma", [5, 10, 25])
def test_finds_the_noise_of_a_textured_photo(photo, rng, sigma):
    assert estimate_sigma(noisy(photo, sigma / 255, rng)) * 255 == pytest.approx(sigma, rel=0.1)


def test_a_clean_photo_has_next_to_none(photo):
    assert estimate_sigma(photo) < 2 / 255


def test_noise_lost_to_clipping_does_not_mislead(rng):
    plane = np.ones((300, 300), np.float32)
    plane[:, :90] = 0.5
    assert estimate_sigma(noisy(plane, 0.04, rng)) == pytest.approx(0.04, rel=0.1)


def test_a_ramp_is_not_noise():
    ramp = np.linspace(0.1, 0.9, 400)
    slope = (np.add.outer(ramp, ramp) / 2).astype(np.float32)
    assert estimate_sigma(slope) < 1e-5
    assert estimate_grain(slope).sigma < 1e-5


def test_grain_is_told_from_white_noise(rng):
    white = rng.normal(0, 0.03, (400, 400)).astype(np.float32)
    grain = cv2.GaussianBlur(white, (0, 0), 0.8)
    grain *= 0.03 / grain.std()
    assert estimate_grain(0.5 + white).correlation < 0.1
    found = estimate_grain(0.5 + grain)
    assert found.sigma == pytest.approx(0.03, rel=0.15)
    assert found.correlation > 0.5
    assert estimate_sigma(0.5 + grain) < 0.5 * found.sigma


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (2, 2), (3, 3), (7, 5), (4000, 3)])
@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_any_size_has_an_answer(shape, value):
    plane = np.full(shape, value, np.float32)
    assert estimate_sigma(plane) == 0.0
    assert estimate_grain(plane) == (0.0, 0.0)


def test_a_large_plane_is_sampled(rng):
    tile = noisy(np.full((500, 500), 0.5, np.float32), 0.02, rng)
    assert estimate_sigma(np.tile(tile, (5, 5))) == pytest.approx(0.02, rel=0.1)
