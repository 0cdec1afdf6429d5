from __future__ import annotations

import threading

import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled
from nodes.colour.spreading import spread


@pytest.fixture
def scene(rng):
    """Lightness with an edge in the middle, true colours on either side, and the same colours run over the edge."""
    import cv2

    light = np.where(np.arange(160) < 80, 30, 70) + rng.normal(0, 1.5, (120, 160))
    true = np.where((np.arange(160) < 80)[None, :, None], (40.0, 10.0), (-20.0, -30.0)) * np.ones((120, 1, 1))
    return light.astype(np.float32), true.astype(np.float32), cv2.GaussianBlur(true.astype(np.float32), (0, 0), 3)


def test_colour_goes_back_to_its_side_of_an_edge(ctx, scene):
    light, true, bled = scene
    after = spread(ctx, bled, light, 6, 6)
    beside = slice(76, 84)
    before = np.abs(bled - true)[:, beside].mean()
    assert before > 10
    assert np.abs(after - true)[:, beside].mean() < 0.25 * before


def test_without_an_edge_it_is_smoothing(ctx, rng):
    noisy = rng.normal(0, 10, (100, 100, 2)).astype(np.float32)
    after = spread(ctx, noisy, np.full((100, 100), 50, np.float32), 4, 4)
    assert after.std() < 0.25 * noisy.std()
    assert np.allclose(after.mean((0, 1)), noisy.mean((0, 1)), atol=0.5)


def test_one_colour_stays_that_colour(ctx, rng):
    tint = np.broadcast_to(np.array([12, -7], np.float32), (50, 70, 2))
    assert np.allclose(spread(ctx, tint, rng.random((50, 70), np.float32) * 100, 9, 3), tint, atol=1e-3)


def test_no_reach_changes_nothing(ctx, scene):
    assert spread(ctx, scene[2], scene[0], 0, 3) is scene[2]


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 3)])
def test_any_size(ctx, shape, rng):
    after = spread(ctx, rng.normal(0, 30, (*shape, 2)).astype(np.float32), np.zeros(shape, np.float32), 5, 2)
    assert np.isfinite(after).all()


def test_it_can_be_cancelled(scene):
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        spread(Context(cancelled=stop), scene[2], scene[0], 6, 6)
