from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skimage.color import rgb2lab

from nodes.colour.lab import lab_from_srgb, lightness, srgb_from_lab
from nodes.pixels.colour import linear_from_srgb

lights = st.floats(0, 100, width=32)
tints = st.floats(-200, 200, width=32)


def pixel(*values):
    return np.array([[values]], np.float32)


@pytest.fixture
def colours(rng):
    return rng.random((40, 50, 3), np.float32)


def test_it_is_the_standards_lab(colours):
    light, tint = lab_from_srgb(colours)
    expected = rgb2lab(colours)
    assert np.abs(light - expected[..., 0]).max() < 0.05
    assert np.abs(tint - expected[..., 1:]).max() < 0.1
    assert np.allclose(lightness(linear_from_srgb(colours)), light, atol=1e-4)


def test_there_and_back_again(colours):
    assert np.abs(srgb_from_lab(*lab_from_srgb(colours)) - colours).max() < 2e-4


def test_grey_has_no_tint():
    ramp = np.repeat(np.linspace(0, 1, 4096, dtype=np.float32)[None, :, None], 3, axis=2)
    light, tint = lab_from_srgb(ramp)
    assert np.abs(tint).max() < 2e-4
    assert light[0, 0] == pytest.approx(0, abs=1e-4)
    assert light[0, -1] == pytest.approx(100, abs=1e-3)
    assert np.abs(srgb_from_lab(light, tint) - ramp).max() < 2e-5


@given(light=lights, a=tints, b=tints)
def test_lightness_survives_any_tint(light, a, b):
    found = srgb_from_lab(np.array([[light]], np.float32), pixel(a, b))
    assert np.isfinite(found).all()
    assert found.min() >= 0
    assert found.max() <= 1
    assert abs(lab_from_srgb(found)[0][0, 0] - light) < 0.1


@pytest.mark.parametrize(("a", "b"), [(-175, 0), (175, 0), (0, 175), (0, -175), (-120, 120)])
def test_what_no_screen_shows_keeps_its_side(a, b):
    """The known fault: an a* of -175 turned up as purple instead of green."""
    tint = lab_from_srgb(srgb_from_lab(np.array([[55]], np.float32), pixel(a, b)))[1][0, 0]
    assert np.dot(tint, (a, b)) > 0.75 * np.hypot(*tint) * np.hypot(a, b)
