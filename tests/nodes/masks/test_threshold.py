from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.mask import Mask
from nodes.masks.threshold import threshold


def _shapes() -> np.ndarray:
    """A large frame with a large and a small hole, a small dot, and a long thin line."""
    values = np.zeros((100, 120), np.float32)
    values[10:60, 10:70] = 0.9
    values[15:35, 15:35] = 0
    values[50:53, 50:53] = 0
    values[80:83, 20:23] = 0.9
    values[90, 10:110] = 0.9
    return values


def test_hard_level(ctx):
    ramp = Mask(np.linspace(0, 1, 11, dtype=np.float32)[None])
    assert threshold(ctx, ramp, level=0.45).values[0].tolist() == [0] * 5 + [1] * 6


def test_softness_fades_around_the_level(ctx):
    ramp = Mask(np.linspace(0, 1, 101, dtype=np.float32)[None])
    soft = threshold(ctx, ramp, level=0.5, softness=0.4).values[0]
    assert soft[50] == pytest.approx(0.5, abs=1e-6)
    assert soft[:30].max() == 0
    assert soft[71:].min() == 1
    assert np.diff(soft).min() >= 0


@pytest.mark.parametrize("softness", [0, 0.3, 1])
def test_nothing_marked_stays_nothing(ctx, softness):
    assert not threshold(ctx, Mask(np.zeros((9, 9), np.float32)), level=0, softness=softness).values.any()


def test_small_islands_go_and_long_thin_lines_stay(ctx):
    kept = threshold(ctx, Mask(_shapes()), drop_islands=6).values
    assert not kept[78:86].any()
    assert np.all(kept[90, 10:110] == 1)
    assert kept[12, 12] == 1


def test_small_holes_are_filled_and_large_ones_stay(ctx):
    filled = threshold(ctx, Mask(_shapes()), fill_holes=6).values
    assert np.all(filled[50:53, 50:53] == 1)
    assert not filled[15:35, 15:35].any()
    assert not filled[0].any()


def test_what_touches_the_border_is_no_hole(ctx):
    values = np.ones((30, 30), np.float32)
    values[0:2, 10:12] = 0
    assert not threshold(ctx, Mask(values), fill_holes=20).values[0:2, 10:12].any()


@pytest.mark.parametrize("fill_holes", [0, 6])
def test_inverted(ctx, fill_holes):
    plain = threshold(ctx, Mask(_shapes()), fill_holes=fill_holes).values
    assert np.array_equal(threshold(ctx, Mask(_shapes()), fill_holes=fill_holes, invert=True).values, 1 - plain)


def test_a_soft_island_counts_by_how_much_is_marked(ctx):
    values = np.zeros((40, 40), np.float32)
    values[10:20, 10:20] = 0.55
    faint = threshold(ctx, Mask(values), level=0.5, softness=1, drop_islands=9).values
    assert not faint.any()
    assert threshold(ctx, Mask(values), level=0.5, drop_islands=9).values.sum() == 100


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 5), (600, 3)])
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_any_size_works(ctx, rng, shape, level):
    values = threshold(ctx, Mask(rng.random(shape, dtype=np.float32)), level=level, drop_islands=3, fill_holes=3).values
    assert values.shape == shape


def test_the_input_is_untouched(ctx):
    values = _shapes()
    threshold(ctx, Mask(values), drop_islands=6, fill_holes=6, invert=True)
    assert np.array_equal(values, _shapes())
