from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.layers.modes import MODES

channels = st.floats(0, 1, width=32)
pixel = st.tuples(channels, channels, channels).map(lambda values: np.array([[values]], np.float32))


def _light(colour: np.ndarray) -> np.ndarray:
    return colour @ np.array([0.3, 0.59, 0.11])


def _grey(mode: str, base: float, top: float) -> float:
    flat = [np.full((1, 1, 3), value, np.float32) for value in (base, top)]
    return float(MODES[mode](*flat)[0, 0, 0])


@pytest.mark.parametrize(
    ("mode", "base", "top", "expected"),
    [
        ("normal", 0.2, 0.7, 0.7),
        ("multiply", 0.5, 0.6, 0.3),
        ("screen", 0.5, 0.6, 0.8),
        ("overlay", 0.25, 0.6, 0.3),
        ("overlay", 0.75, 0.6, 0.8),
        ("hard-light", 0.6, 0.25, 0.3),
        ("hard-light", 0.6, 0.75, 0.8),
        ("soft-light", 0.49, 0.5, 0.49),
        ("soft-light", 0.49, 1.0, 0.7),
        ("soft-light", 0.5, 0.0, 0.25),
        ("soft-light", 0.25, 1.0, 0.5),
        ("darken", 0.3, 0.6, 0.3),
        ("lighten", 0.3, 0.6, 0.6),
        ("difference", 0.3, 0.9, 0.6),
        ("add", 0.7, 0.6, 1.0),
        ("subtract", 0.7, 0.2, 0.5),
        ("luminosity", 0.3, 0.6, 0.6),
        ("colour", 0.3, 0.6, 0.3),
    ],
)
def test_values_of_the_recommendation(mode, base, top, expected):
    assert _grey(mode, base, top) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("mode", MODES)
@given(base=pixel, top=pixel)
def test_results_stay_in_range(mode, base, top):
    blended = MODES[mode](base, top)
    assert blended.dtype == np.float32
    assert np.all((blended >= -1e-5) & (blended <= 1 + 1e-5))


@given(base=pixel, top=pixel)
def test_luminosity_takes_the_light_of_the_top(base, top):
    assert _light(MODES["luminosity"](base, top)) == pytest.approx(_light(top), abs=1e-4)


@given(base=pixel, top=pixel)
def test_colour_keeps_the_light_of_the_base(base, top):
    assert _light(MODES["colour"](base, top)) == pytest.approx(_light(base), abs=1e-4)


def test_colour_on_white_and_black_stays_white_and_black():
    red = np.array([[[1, 0, 0]]], np.float32)
    for level in (0, 1):
        flat = np.full((1, 1, 3), level, np.float32)
        assert MODES["colour"](flat, red) == pytest.approx(level, abs=1e-6)
