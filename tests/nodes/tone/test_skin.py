from __future__ import annotations

import numpy as np

from nodes.pixels.colour import luma, merge
from nodes.tone.skin import HUE, TURN, keep_skin


def of_hue(angle, light=0.5, strength=0.15):
    tints = np.array([[[np.cos(angle), np.sin(angle)]]], np.float32) * np.float32(strength)
    return merge(np.full((1, 1), light, np.float32), tints)


def hue(pixels):
    light = luma(pixels)[0, 0]
    return float(np.arctan2(pixels[0, 0, 2] - light, pixels[0, 0, 0] - light))


def test_skin_that_went_astray_is_turned_back():
    result = keep_skin(of_hue(HUE), of_hue(HUE + 0.6), 1.0)
    assert abs(hue(result) - HUE - TURN) < 0.02
    assert abs(float(luma(result)[0, 0]) - 0.5) < 1e-5


def test_a_small_turn_is_allowed():
    after = of_hue(HUE - 0.8 * TURN)
    assert np.abs(keep_skin(of_hue(HUE), after, 1.0) - after).max() < 0.002


def test_other_hues_are_free():
    after = of_hue(1.0)
    assert np.abs(keep_skin(of_hue(2.0), after, 1.0) - after).max() < 1e-5


def test_strength_0_changes_nothing():
    after = of_hue(1.0)
    assert keep_skin(of_hue(HUE), after, 0.0) is after


def test_the_usual_skin_tones_lie_on_the_line():
    for colour in ([0.94, 0.78, 0.70], [0.78, 0.57, 0.45], [0.45, 0.29, 0.22]):
        assert abs(hue(np.array([[colour]], np.float32)) - HUE) < 0.25
