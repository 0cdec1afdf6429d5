"""The rim of damage."""

from __future__ import annotations

import numpy as np
import pytest

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.repair.filling.holes import widened
from nodes.repair.filling.rim import with_rim


def scratched(rng: np.random.Generator, soft: float) -> tuple[Floats, Floats]:
    """A picture with grain and a light scratch whose neighbours on both sides show that much of it, and its mask."""
    pixels = rng.normal(0.4, 0.01, (80, 90, 3)).astype(np.float32)
    mask = np.zeros((80, 90), np.float32)
    mask[:, 40:43] = 1
    pixels[:, 40:43] += 0.5
    pixels[:, [39, 43]] += 0.5 * soft
    return pixels, mask


def test_it_is_found_where_there_is_one(ctx: Context, rng: np.random.Generator):
    grown = with_rim(ctx, *scratched(rng, 0.4), 2)
    assert grown[:, 39:44].all()
    assert grown[:, :37].sum() == grown[:, 46:].sum() == 0


def test_a_sharp_scratch_has_none(ctx: Context, rng: np.random.Generator):
    pixels, mask = scratched(rng, 0.0)
    assert with_rim(ctx, pixels, mask, 2).sum() < 1.02 * mask.sum()


def test_it_stays_within_the_margin(ctx: Context, rng: np.random.Generator):
    pixels, mask = rng.random((60, 70, 3), np.float32), np.zeros((60, 70), np.float32)
    mask[20:30, 30] = 1
    grown = with_rim(ctx, pixels, mask, 3)
    assert not grown[~widened(mask > 0, 3)].any()


def test_soft_marks_stay_as_they_are(ctx: Context, rng: np.random.Generator):
    pixels, mask = scratched(rng, 0.4)
    mask *= np.float32(0.5)
    assert np.array_equal(with_rim(ctx, pixels, mask, 2)[mask > 0], mask[mask > 0])


def test_without_a_margin_it_is_the_mask_itself(ctx: Context, rng: np.random.Generator):
    pixels, mask = scratched(rng, 0.4)
    assert with_rim(ctx, pixels, mask, 0) is mask


@pytest.mark.parametrize("shape", [(1, 2), (2, 1), (3, 3), (1, 60)], ids=str)
def test_tiny_pictures(ctx: Context, shape: tuple[int, int]):
    mask = np.zeros(shape, np.float32)
    mask[0, 0] = 1
    assert with_rim(ctx, np.full((*shape, 3), 0.5, np.float32), mask, 2).shape == shape
