from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.masks.trace import trace

GRAIN = 0.03


def scratched(rng: np.random.Generator, depth: float) -> tuple[Image, np.ndarray]:
    """A grainy photo with a slightly bent scratch from top to bottom, `depth` deviations of the grain deep."""
    pixels = np.repeat((0.5 + rng.normal(0, GRAIN, (240, 200)))[..., None], 3, axis=2).astype(np.float32)
    rows = np.arange(240)
    columns = np.round(80 + 12 * np.sin(rows / 90) + rows / 10).astype(int)
    pixels[rows, columns] += depth * GRAIN
    return Image(pixels.clip(0, 1)), np.stack([columns, rows], axis=1)


def share_on(mask: Mask, way: np.ndarray) -> float:
    return float((mask.values[way[:, 1], way[:, 0]] > 0.5).mean())


@pytest.mark.parametrize("depth", [2, -3])
def test_a_click_follows_a_scratch_both_ways(ctx, rng, depth):
    image, way = scratched(rng, depth)
    x, y = way[120]
    mask = trace(ctx, image, points=[[x + 0.5, y + 0.5]], width=1)
    assert share_on(mask, way) > 0.85
    assert mask.values.mean() < 0.02


def test_two_points_follow_a_line_too_faint_for_one_pixel(ctx, rng):
    image, way = scratched(rng, 1.3)
    mask = trace(ctx, image, points=[[*way[0]], [*way[120]], [*way[239]]], width=1, tone="light")
    assert share_on(mask, way) > 0.8


def test_mere_grain_holds_no_line(ctx, rng):
    image, _ = scratched(rng, 0)
    assert not trace(ctx, image, points=[[100, 100]]).values.any()
    assert "No line" in ctx.notes[0]


def test_the_tone_that_is_asked_for_is_followed(ctx, rng):
    image, way = scratched(rng, -3)
    x, y = way[120]
    assert not trace(ctx, image, points=[[x + 0.5, y + 0.5]], width=1, tone="light").values[y, x]


def test_it_adds_to_a_wired_mask(ctx, rng):
    image, way = scratched(rng, 3)
    found = Mask(np.pad(np.ones((10, 10), np.float32), ((0, 230), (0, 190))))
    assert trace(ctx, image, found) is found
    both = trace(ctx, image, found, points=[[*way[0]], [*way[60]]]).values
    assert both[5, 5] == 1
    assert both[30, way[30, 0]] > 0.5


@pytest.mark.parametrize("points", [[[0, 0]], [[0, 0], [0, 0]], [[500, 3]], [[199.9, 239.9], [0, 0]]])
def test_any_click_is_sound(ctx, rng, points):
    image, _ = scratched(rng, 2)
    assert np.isfinite(trace(ctx, image, points=points).values).all()
