from __future__ import annotations

import cv2
import numpy as np
import pytest
from skimage import data

from nodes.noise.spectrum import level, measure, radii, transform, white
from nodes.pixels.colour import luma


@pytest.fixture(scope="module")
def photo():
    return luma((data.astronaut() / 255).astype(np.float32))


def test_the_transform_is_orthonormal():
    assert np.abs(transform() @ transform().T - np.eye(64)).max() < 1e-5
    flat = np.ones((1, 64), np.float32) @ transform()
    assert flat[0, 0] == pytest.approx(8.0)
    assert np.abs(flat[0, 1:]).max() < 1e-5


@pytest.mark.parametrize("sigma", [5, 15])
def test_white_noise_on_a_photo_is_found_in_every_frequency(photo, rng, sigma):
    noisy = (photo * 0.6 + 0.2 + rng.normal(0, sigma / 255, photo.shape)).astype(np.float32)
    found = measure(noisy) * 255
    assert found[0] == 0.0
    assert level(found) == pytest.approx(sigma, rel=0.15)
    assert np.median(np.abs(found[1:] / sigma - 1)) < 0.15


def test_grain_is_weak_in_high_frequencies(photo, rng):
    grain = cv2.GaussianBlur(rng.normal(0, 0.08, photo.shape).astype(np.float32), (0, 0), 0.9)
    found = measure(photo * 0.6 + 0.2 + grain)
    assert found[radii() > 8].mean() < 0.2 * found[(radii() > 2) & (radii() < 4)].mean()


def test_texture_is_not_noise():
    """Blades of grass of different height: no two blocks hold as much of it."""
    y, x = np.mgrid[:512, :512].astype(np.float32)
    texture = 0.5 + 0.2 * np.sin(x * 1.3) * np.sin(y * 1.1) * (x / 512) ** 2
    assert level(measure(texture.astype(np.float32))) * 255 < 1.0


@pytest.mark.parametrize("shape", [(1, 1), (5, 40), (15, 15), (4000, 3)])
def test_where_nothing_can_be_measured_there_is_none(rng, shape):
    assert not measure(rng.random(shape, dtype=np.float32)).any()


def test_white_spares_the_mean():
    assert white(0.1)[0] == 0.0
    assert level(white(0.1)) == pytest.approx(0.1)
