from __future__ import annotations

import numpy as np
import pytest

from nodes.colour.chroma import LIMIT, within_reason, without_blotches

SIZE = 200


def flat(*tint):
    return np.tile(np.array(tint, np.float32), (SIZE, SIZE, 1))


def disc(radius):
    y, x = np.mgrid[:SIZE, :SIZE] - SIZE // 2
    return y * y + x * x <= radius * radius


def test_usual_colours_are_left_alone():
    tint = flat(30, -20)
    assert np.array_equal(within_reason(tint), tint)


def test_extreme_ones_keep_hue_and_order():
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    rays = np.stack([np.cos(angles), np.sin(angles)], axis=-1)[:, None]
    lengths = np.linspace(1, 250, 100)[None, :, None]
    found = within_reason((rays * lengths).astype(np.float32))
    chroma = np.linalg.norm(found, axis=-1)
    assert chroma.max() <= LIMIT
    assert (np.diff(chroma, axis=1) >= 0).all()
    assert np.allclose(found / chroma[..., None], np.broadcast_to(rays, found.shape), atol=1e-4)


def test_a_spot_that_nothing_explains_is_drawn_in():
    tint, spot = flat(8, 10), disc(3)
    tint[spot] = (60, 30)
    after = without_blotches(tint, np.full((SIZE, SIZE), 50, np.float32), 1.0)
    assert np.abs(after[disc(2)] - (8, 10)).max() < 6
    assert np.allclose(after[~disc(12)], (8, 10))
    half = without_blotches(tint, np.full((SIZE, SIZE), 50, np.float32), 0.5)
    assert 20 < np.abs(half[disc(2)] - (8, 10)).max() < 40


def test_a_thing_of_its_own_lightness_keeps_its_colour():
    tint, light, flower = flat(-20, 20), np.full((SIZE, SIZE), 40, np.float32), disc(5)
    tint[flower], light[flower] = (50, 20), 62
    assert np.abs(without_blotches(tint, light, 1.0) - tint)[flower].max() < 4


def test_areas_and_gentle_shades_are_no_blotches(rng):
    tint = flat(8, 10)
    tint[:, SIZE // 2 :] = (-40, 30)
    light = np.full((SIZE, SIZE), 50, np.float32)
    inside = np.abs(np.arange(SIZE) - SIZE // 2) > 4
    assert np.allclose(without_blotches(tint, light, 1.0)[:, inside], tint[:, inside])
    shade = flat(8, 10) + rng.normal(0, 2, (SIZE, SIZE, 2)).astype(np.float32)
    assert np.array_equal(without_blotches(shade, light, 1.0), shade)


def test_no_firmness_changes_nothing():
    tint = flat(1, 2)
    assert without_blotches(tint, tint[..., 0], 0.0) is tint


@pytest.mark.parametrize("shape", [(32, 32), (512, 32), (256, 256)])
def test_any_size(shape, rng):
    tint = rng.normal(0, 80, (*shape, 2)).astype(np.float32)
    assert np.isfinite(without_blotches(tint, rng.random(shape, np.float32) * 100, 1.0)).all()
