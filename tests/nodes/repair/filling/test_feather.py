"""Soft edges around masks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.repair.filling.feather import feathered


def square(shape: tuple[int, int] = (60, 80), value: float = 1.0) -> Floats:
    mask = np.zeros(shape, np.float32)
    mask[20:40, 30:50] = value
    return mask


@pytest.mark.parametrize("by", [1.0, 4.0, 9.5])
def test_it_fades_out_around_and_nowhere_else(ctx: Context, by: float):
    mask = square()
    soft = feathered(ctx, mask, by)
    assert np.array_equal(soft[mask > 0], mask[mask > 0])
    line = soft[30, 50:]
    assert (np.diff(line) <= 0).all()
    assert np.count_nonzero(line) == math.ceil(by)
    assert np.count_nonzero(soft > 0) > np.count_nonzero(mask)


def test_without_width_it_is_the_mask(ctx: Context):
    mask = square()
    assert feathered(ctx, mask, 0.0) is mask


def test_what_is_marked_faintly_grows_no_wider(ctx: Context):
    mask = square(value=0.3)
    assert np.array_equal(feathered(ctx, mask, 8.0), mask)


def test_tiles_do_not_show(ctx: Context):
    mask = np.zeros((1400, 1100), np.float32)
    mask[1018:1024, 1000:1030] = 1
    soft = feathered(ctx, mask, 10.0)
    assert np.array_equal(soft[1018:1024, 990:1000], soft[1018:1024, 1030:1040][:, ::-1])
    assert np.array_equal(soft[1008:1018, 1000:1030], soft[1024:1034, 1000:1030][::-1])
