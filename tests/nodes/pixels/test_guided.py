from __future__ import annotations

import threading

import numpy as np
import pytest

from graph.context import Context, tiles
from graph.errors import Cancelled
from nodes.pixels.guided import Guided


def of_all(guided, guide, side=1000):
    out = np.empty((*guide.shape[:2], 1), np.float32)
    for tile in tiles(*guide.shape[:2], side=side):
        out[tile.write] = guided.of(tile, guide[tile.write])
    return out


@pytest.fixture
def photo(rng):
    """A dark and a light part, (120, 160, 3), with grain."""
    light = np.where(np.arange(160) < 80, 0.2, 0.8)[None, :, None]
    return (light + rng.normal(0, 0.01, (120, 160, 3))).astype(np.float32)


def test_a_soft_edge_becomes_that_of_the_photo(ctx, photo):
    ramp = np.broadcast_to(np.clip((np.arange(160) - 70) / 20, 0, 1)[None, :, None], (120, 160, 1)).astype(np.float32)
    found = of_all(Guided(ctx, photo, ramp, (120, 160), 10, 0.03), photo)[..., 0]
    steps = np.diff(found.mean(axis=0))
    assert np.argmax(steps) == 79
    assert steps[79] > 8 * np.diff(ramp[0, :, 0])[79]


def test_values_that_follow_the_photo_are_found_exactly(ctx, rng):
    guide = rng.random((60, 70, 3), np.float32)
    values = guide @ np.array([[0.3], [0.5], [-0.2]], np.float32) + 0.1
    found = of_all(Guided(ctx, guide, values, (60, 70), 4, 1e-4), guide)
    assert np.abs(found - values).max() < 1e-3


def test_a_constant_stays(ctx, photo):
    values = np.full((120, 160, 1), 0.3, np.float32)
    assert np.allclose(of_all(Guided(ctx, photo, values, (120, 160), 5, 0.01), photo), 0.3, atol=1e-4)


def test_tiles_do_not_show(ctx, photo, rng):
    small, values = photo[::4, ::4], rng.random((30, 40, 1), np.float32)
    guided = Guided(ctx, small, values, (120, 160), 3, 0.05)
    assert np.abs(of_all(guided, photo, 33) - of_all(guided, photo)).max() < 1e-5


def test_it_can_be_cancelled(photo):
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        Guided(Context(cancelled=stop), photo, photo[..., :1], (120, 160), 3, 0.05)
