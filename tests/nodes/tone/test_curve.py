from __future__ import annotations

import numpy as np
import pytest

from nodes.pixels.colour import luma
from nodes.tone.curve import in_range, mixed, relit, stretch, through


@pytest.mark.parametrize("black", [0.0, 0.01, 0.3, 0.94])
@pytest.mark.parametrize("white", [0.06, 0.5, 0.97, 1.0])
@pytest.mark.parametrize("gamma", [0.3, 1.0, 3.0])
def test_a_stretch_rises_from_corner_to_corner(black, white, gamma):
    curve = stretch(black, white, gamma)
    assert (curve[0], curve[-1]) == (0.0, 1.0)
    assert (np.diff(curve) >= 0).all()


def test_black_and_white_go_nearly_to_the_ends_but_not_over():
    curve = stretch(0.2, 0.7)
    low, high = through(curve, np.array([0.2, 0.7], np.float32)).tolist()
    assert 0.0 < low < 0.05
    assert 0.9 < high < 1.0
    assert 0.0 < float(through(curve, np.array([0.1], np.float32))[0]) < low


def test_nothing_to_stretch_is_the_identity(rng):
    values = rng.random((50, 60), dtype=np.float32)
    assert np.abs(through(stretch(0.0, 1.0), values) - values).max() < 1e-6
    assert np.abs(through(mixed(stretch(0.2, 0.7, 2.0), 0.0), values) - values).max() < 1e-6


def test_through_interpolates_finer_than_16_bits(rng):
    values = rng.random(5000, dtype=np.float32)
    curve = np.linspace(0, 1, 4097, dtype=np.float32) ** 2
    assert np.abs(through(curve, values) - values**2).max() < 1 / 65535 / 2


def test_relit_sends_luma_through_the_curve_and_keeps_the_hue(rng):
    pixels = (0.3 + 0.4 * rng.random((40, 40, 3))).astype(np.float32)
    curve = stretch(0.25, 0.75)
    result = relit(pixels, curve, 1.3)
    assert np.abs(luma(result) - through(curve, luma(pixels))).max() < 1e-5
    before, after = pixels - luma(pixels)[..., None], result - luma(result)[..., None]
    cosine = np.sum(before * after, axis=2) / np.linalg.norm(before, axis=2) / np.linalg.norm(after, axis=2)
    assert cosine.min() > 0.999


def test_colour_gives_way_where_it_would_leave_the_range():
    light = np.full((1, 3), 0.9, np.float32)
    light[0, 2] = 1.0
    result = in_range(light, np.full((1, 3, 2), 0.8, np.float32))
    assert result.max() <= 1.0
    assert np.abs(luma(result) - light).max() < 1e-6
    assert np.ptp(result[0, 2]) < 1e-6
