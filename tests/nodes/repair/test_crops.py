"""Where networks look at damage."""

from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.arrays import Floats
from nodes.repair.crops import Crop, Plan

SIDE = 128


def mask(height: int, width: int, *places: tuple[slice, slice]) -> Floats:
    values = np.zeros((height, width), np.float32)
    for place in places:
        values[place] = 1
    return values


def filled(values: Floats) -> tuple[Floats, list[Crop]]:
    """How often each damaged pixel is filled, and the crops."""
    plan = Plan(values, SIDE)
    counts = np.zeros_like(values)
    crops = plan.crops()
    for crop in crops:
        before = plan.filled(crop.core)
        plan.finish(crop)
        counts[crop.core] += plan.filled(crop.core) & ~before & (values[crop.core] > 0)
    return counts, crops


@pytest.mark.parametrize("shape", [(1, 2), (3, 700), (200, 333), (700, 500)])
def test_every_damaged_pixel_is_filled_once(shape: tuple[int, int], rng: np.random.Generator):
    values = (rng.random(shape) < 0.01).astype(np.float32)
    values[: shape[0] // 2, shape[1] // 3 : shape[1] // 2] = 1
    values[0, 0] = 1
    counts, _ = filled(values)
    assert np.array_equal(counts, values)


def test_the_window_lies_in_the_photo_and_around_the_core():
    _, crops = filled(mask(700, 500, (slice(0, 5), slice(0, 5)), (slice(300, 420), slice(100, 300))))
    for crop in crops:
        for window, core, length in zip(crop.window, crop.core, (700, 500), strict=True):
            assert 0 <= window.start <= core.start < core.stop <= window.stop <= length
            assert window.stop - window.start == min(length, SIDE * crop.factor)


def test_a_hole_is_seen_with_twice_its_width_around_it():
    """Up to where the whole photo is in the crop."""
    for width in (8, 30, 60, 120, 200):
        middle = slice(500 - width // 2, 500 + width // 2)
        _, crops = filled(mask(1000, 1000, (middle, middle)))
        assert crops[-1].window[0].stop - crops[-1].window[0].start >= min(1000, 2.5 * width)


def test_narrow_damage_is_filled_first_and_at_full_size():
    """A scratch that leads into a hole is not shrunk with it."""
    _, crops = filled(mask(1000, 1000, (slice(400, 700), slice(400, 700)), (slice(10, 400), slice(550, 553))))
    assert crops[0].factor == 1
    assert crops[0].core[0].start <= 10
    assert crops[-1].factor > 1
    assert [crop.factor for crop in crops] == sorted(crop.factor for crop in crops)


def test_neighbours_share_a_crop():
    _, crops = filled(mask(300, 300, (slice(100, 103), slice(100, 103)), (slice(150, 153), slice(160, 163))))
    assert len(crops) == 1
