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


def faint(rng: np.random.Generator, levels: float, grain: float) -> tuple[Image, np.ndarray]:
    """A calm photo with a long scratch as wide as a pixel; its contrast and the grain in steps of 255."""
    rows, columns = np.arange(400) + 0.5, np.arange(300) + 0.5
    way = 120 + 8 * np.sin(rows / 110) + 0.12 * rows
    line = np.clip(1 - np.abs(columns - way[:, None]), 0, 1)
    light = np.linspace(0.35, 0.6, 300) + (rng.normal(0, grain, (400, 300)) + levels * line) / 255
    return Image(np.repeat(light[..., None], 3, axis=2).clip(0, 1).astype(np.float32)), np.stack([way, rows], axis=1)


def near(mask: Mask, way: np.ndarray) -> float:
    """The share of a way within two pixels of which something is marked."""
    rows, columns = way[:, 1].astype(int), way[:, 0].astype(int)
    return float(np.max([mask.values[rows, columns + off] > 0.5 for off in range(-2, 3)], axis=0).mean())


@pytest.mark.parametrize(("levels", "grain"), [(1, 2), (2, 4), (-2, 3)])
def test_two_points_are_enough_for_one_or_two_grey_levels(ctx, rng, levels, grain):
    image, way = faint(rng, levels, grain)
    mask = trace(ctx, image, points=[way[60].tolist(), (way[340] + 1).tolist()], width=1)
    assert near(mask, way[60:340]) > 0.8


@pytest.mark.parametrize("levels", [3, -3])
def test_a_click_follows_most_of_a_long_line_hardly_stronger_than_the_grain(ctx, rng, levels):
    image, way = faint(rng, levels, 2)
    mask = trace(ctx, image, points=[way[200].tolist()], width=1)
    assert near(mask, way) > 0.6
    assert near(mask, way + np.array([40, 0])) == 0


def test_a_short_scratch_is_not_prolonged(ctx, rng):
    image, way = scratched(rng, 0)
    pixels = image.pixels.copy()
    rows = slice(80, 150)
    pixels[way[rows, 1], way[rows, 0]] += 5 * GRAIN
    x, y = way[115]
    mask = trace(ctx, Image(pixels.clip(0, 1)), points=[[x + 0.5, y + 0.5]], width=1)
    found = np.flatnonzero(mask.values.max(axis=1) > 0.5)
    assert abs(found[0] - 80) < 16
    assert abs(found[-1] - 150) < 16


def test_the_edge_of_a_thing_is_no_line(ctx, rng):
    step = np.where(np.arange(200) < 100, 0.3, 0.7) + rng.normal(0, GRAIN, (240, 200))
    image = Image(np.repeat(step[..., None], 3, axis=2).clip(0, 1).astype(np.float32))
    assert not trace(ctx, image, points=[[100, 120]]).values.any()


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
