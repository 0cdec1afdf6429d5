"""The smooth skin over holes."""

from __future__ import annotations

import numpy as np
import pytest

from nodes.repair.filling.diffusion import membrane


def test_known_pixels_stay(rng: np.random.Generator):
    pixels, known = rng.random((33, 47, 3), np.float32), rng.random((33, 47)) < 0.7
    assert np.array_equal(membrane(pixels, known)[known], pixels[known])


@pytest.mark.parametrize("share", [0.5, 0.02])
def test_the_skin_stays_within_what_is_known(rng: np.random.Generator, share: float):
    pixels = (0.3 + 0.4 * rng.random((64, 90, 3))).astype(np.float32)
    skin = membrane(pixels, rng.random((64, 90)) < share)
    assert skin.min() >= 0.3 - 1e-4
    assert skin.max() <= 0.7 + 1e-4


@pytest.mark.parametrize("shape", [(1, 7), (7, 1), (2, 2), (200, 3), (127, 65)], ids=str)
def test_one_known_pixel_says_all(shape: tuple[int, int]):
    known = np.zeros(shape, np.bool_)
    known[0, 0] = True
    pixels = np.where(known[..., None], np.float32(0.4), np.float32(0)).repeat(3, axis=2)
    assert np.allclose(membrane(pixels, known), 0.4, atol=1e-4)


def test_a_wide_hole_goes_from_side_to_side():
    pixels = np.repeat(np.linspace(0.2, 0.8, 200, dtype=np.float32)[None, :, None], 100, axis=0)
    known = np.ones((100, 200), np.bool_)
    known[:, 60:140] = False
    skin = membrane(pixels, known)[50, 60:140, 0]
    assert (np.diff(skin) > -0.01).all()
    assert np.ptp(skin) > 0.2
