"""Where networks look at damage."""

from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.arrays import Floats
from nodes.repair.filling.crops import SEEING, Crop, Plan, spread

SIDE = 128

APART = SEEING._replace(apart=True)


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


def test_what_is_marked_elsewhere_leaves_the_crops_of_a_hole_alone():
    """Planned apart; otherwise a mark before it in its rows shifts where a long scratch is cut."""
    scratch = (slice(300, 303), slice(400, 900))
    alone = Plan(mask(1000, 1000, scratch), SIDE, APART).crops()
    marks = [(slice(298, 306), slice(340, 343)), (slice(20, 40), slice(500, 520)), (slice(600, 900), slice(600, 900))]
    both = Plan(mask(1000, 1000, scratch, *marks), SIDE, APART).crops()
    assert {repr(crop) for crop in alone} <= {repr(crop) for crop in both}
    assert len(alone) > 2


@pytest.mark.parametrize("shape", [(1, 2), (3, 700), (200, 333), (700, 500)])
def test_planned_apart_every_damaged_pixel_is_filled_once(shape: tuple[int, int], rng: np.random.Generator):
    values = (rng.random(shape) < 0.01).astype(np.float32)
    values[: shape[0] // 2, shape[1] // 3 : shape[1] // 2] = 1
    values[0, 0] = 1
    plan, counts = Plan(values, SIDE, APART), np.zeros_like(values)
    for crop in plan.crops():
        counts[crop.core] += spread(crop.cells, crop.core) & (values[crop.core] > 0)
    assert np.array_equal(counts, values)


def test_planned_apart_specks_beside_each_other_share_a_crop():
    near = mask(300, 300, (slice(100, 103), slice(100, 103)), (slice(120, 123), slice(110, 113)))
    assert len(Plan(near, SIDE, APART).crops()) == 1


def test_a_wide_hole_is_filled_again_in_closer_crops():
    """From afar to full size, all of it each time, after everything else."""
    hole = (slice(300, 800), slice(300, 800))
    scratch = (slice(100, 102), slice(0, 1000))
    plan = Plan(mask(1000, 1000, hole, scratch), SIDE, APART._replace(again=True))
    crops = plan.crops()
    first = [crop for crop in crops if not crop.again]
    again = crops[len(first) :]
    assert all(crop.again for crop in again)
    factors = [crop.factor for crop in again]
    assert factors == sorted(factors, reverse=True)
    assert factors[0] == max(crop.factor for crop in first) // 2
    assert factors[-1] == 1
    counts = np.zeros((1000, 1000))
    for crop in again:
        if crop.factor == 1:
            counts[crop.core] += spread(crop.cells, crop.core)
    assert (counts[350:750, 350:750] == 1).all()
    assert not counts[100:102].any()


def test_what_is_filled_again_counts_as_missing_meanwhile():
    plan = Plan(mask(1000, 1000, (slice(300, 800), slice(300, 800))), SIDE, APART._replace(again=True))
    for crop in plan.crops():
        plan.begin(crop)
        assert not plan.filled(crop.core)[spread(crop.cells, crop.core)].any()
        plan.finish(crop)
        assert plan.filled(crop.core)[spread(crop.cells, crop.core)].all()
