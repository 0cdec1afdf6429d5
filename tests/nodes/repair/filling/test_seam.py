"""Tones of what was filled."""

from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.arrays import Floats
from nodes.repair.filling.seam import FURTHEST, evened


@pytest.fixture
def photo(rng: np.random.Generator) -> Floats:
    y, x = np.mgrid[:160, :200].astype(np.float32) / 200
    planes = [0.3 + 0.3 * x, 0.4 + 0.2 * y, 0.6 - 0.2 * x]
    return (np.stack(planes, axis=-1) + rng.normal(0, 0.02, (160, 200, 1))).astype(np.float32)


def hole(height: int = 160, width: int = 200) -> np.ndarray:
    marks = np.zeros((height, width), bool)
    marks[50:110, 70:140] = True
    return marks


@pytest.mark.parametrize("shift", [(0.06, 0.06, 0.06), (-0.05, 0.0, 0.04)])
def test_another_light_is_taken_back(photo: Floats, shift: tuple[float, ...]):
    made = photo + np.array(shift, np.float32)
    assert np.abs(evened(made, photo, hole()) - photo).max() < 0.005


def test_a_light_that_changes_over_the_picture_is_taken_back(photo: Floats):
    made = photo + np.linspace(-0.05, 0.05, 200, dtype=np.float32)[None, :, None]
    assert np.abs(evened(made, photo, hole()) - photo)[hole()].max() < 0.02


def test_what_was_invented_stays(photo: Floats):
    """Its own shapes, which the surroundings do not have."""
    made = photo.copy()
    made[70:90, 90:110] = 0.1
    assert np.abs(evened(made, photo, hole()) - made).max() < 0.01


def test_grain_of_the_surroundings_is_not_carried_in(photo: Floats, rng: np.random.Generator):
    smooth = photo - rng.normal(0, 0.05, photo.shape).astype(np.float32)
    inside = np.zeros_like(hole())
    inside[60:100, 80:130] = True
    moved = (evened(smooth, photo, hole()) - smooth)[inside]
    assert moved.std() < 0.005


def test_another_thing_is_not_taken_for_another_light(photo: Floats):
    moved = evened(np.zeros_like(photo), photo, hole())
    assert moved.max() <= FURTHEST + 1e-6


@pytest.mark.parametrize("all_of_it", [True, False])
def test_nothing_to_compare_changes_nothing(photo: Floats, all_of_it: bool):
    made = 1 - photo
    assert evened(made, photo, np.full((160, 200), all_of_it)) is made
