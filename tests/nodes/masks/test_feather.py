from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.mask import Mask
from nodes.masks.feather import SIDES, feather


@pytest.fixture
def block() -> Mask:
    values = np.zeros((120, 160), np.float32)
    values[30:90, 40:120] = 1
    return Mask(values)


def test_both_sides_meet_in_the_middle_of_the_edge(ctx, block):
    row = feather(ctx, block, radius=10).values[60]
    assert row[39] + row[40] == pytest.approx(1, abs=1e-3)
    assert row[80] == pytest.approx(1, abs=1e-3)
    assert row[30] == pytest.approx(0.02, abs=0.01)


def test_outwards_keeps_what_was_marked(ctx, block):
    soft = feather(ctx, block, radius=10, side="outwards").values
    assert np.all(soft[30:90, 40:120] == 1)
    assert 0.1 < soft[60, 36] < 0.9


def test_inwards_adds_nothing(ctx, block):
    soft = feather(ctx, block, radius=10, side="inwards").values
    assert np.all(soft <= block.values)
    assert soft[60, 80] == pytest.approx(1, abs=2e-3)
    assert 0.1 < soft[60, 44] < 0.9


@pytest.mark.parametrize("side", SIDES)
def test_it_fades_steadily(ctx, block, side):
    row = feather(ctx, block, radius=30, side=side).values[60, :81]
    assert np.diff(row).min() >= -1e-6


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 5), (300, 3)])
@pytest.mark.parametrize("side", SIDES)
def test_full_and_empty_masks_stay(ctx, shape, side):
    for level in (0, 1):
        soft = feather(ctx, Mask(np.full(shape, level, np.float32)), radius=40, side=side).values
        assert np.allclose(soft, level, atol=1e-6)


def test_a_radius_of_0_is_nothing(ctx, block):
    assert feather(ctx, block, radius=0) is block
