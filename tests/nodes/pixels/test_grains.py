"""Grain of a given size."""

from __future__ import annotations

import numpy as np
import pytest

from nodes.pixels.grains import grains, grains_reach
from nodes.pixels.noise import estimate_grain


@pytest.mark.parametrize("size", [0.5, 1.0, 1.5, 3.0, 7.5])
def test_its_deviation_is_one(rng: np.random.Generator, size: float):
    side = 500 + 2 * grains_reach(size)
    made = grains(rng.standard_normal((side, side), dtype=np.float32), size)
    assert made.shape == (500, 500)
    assert made.std() == pytest.approx(1, rel=0.05)


@pytest.mark.parametrize("size", [1.5, 2.5, 4.0])
def test_its_grains_are_as_large_as_asked(rng: np.random.Generator, size: float):
    side = 500 + 2 * grains_reach(size)
    made = grains(rng.standard_normal((side, side), dtype=np.float32), size)
    assert estimate_grain(np.float32(0.5) + np.float32(0.03) * made).size == pytest.approx(size, rel=0.25)


def test_small_grains_are_the_noise_itself(rng: np.random.Generator):
    white = rng.standard_normal((20, 30), dtype=np.float32)
    assert grains(white, 1.0) is white
    assert grains_reach(1.0) == 0


def test_a_part_is_the_same_as_the_whole(rng: np.random.Generator):
    """So tiles do not show."""
    white = rng.standard_normal((80, 90), dtype=np.float32)
    assert np.allclose(grains(white, 3.0)[5:20, 7:30], grains(white[5 : 20 + 12, 7 : 30 + 12], 3.0), atol=1e-5)
