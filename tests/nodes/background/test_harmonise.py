from __future__ import annotations

import cv2
import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.background.composite import over
from nodes.background.harmonise import harmonise
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.colour import luma
from nodes.pixels.noise import estimate_grain

SIZE = (320, 400)


@pytest.fixture
def mask():
    values = np.zeros(SIZE, np.float32)
    values[40:, 100:300] = 1
    values[40:, 300:304] = (0.8, 0.6, 0.4, 0.2)
    return Mask(values)


@pytest.fixture
def picture(rng):
    """A crisp, clean backdrop from black to white, in many colours."""
    blocks = rng.random((10, 10, 3)).astype(np.float32)
    blocks[0, 0], blocks[0, 1] = 0, 1
    return cv2.resize(blocks, SIZE[::-1], interpolation=cv2.INTER_NEAREST)


@pytest.fixture
def faded(rng):
    """A soft, grainy old print in sepia."""
    light = cv2.GaussianBlur(cv2.resize(rng.random((16, 20), np.float32), SIZE[::-1]), (0, 0), 3.0)
    light = 0.25 + 0.4 * (light - light.min()) / np.ptp(light) + rng.normal(0, 0.015, SIZE)
    return (light[..., None] * np.array([1.0, 0.88, 0.7])).clip(0, 1).astype(np.float32)


def matched(ctx, subject, picture, mask, **settings):
    both = Image(over(subject, picture, mask.values))
    return both.pixels, harmonise(ctx, both, mask, Image(picture), **settings).pixels


def test_the_subject_stays_to_the_last_bit(ctx, faded, picture, mask):
    before, after = matched(ctx, faded, picture, mask)
    assert np.array_equal(after[mask.values == 1], before[mask.values == 1])


def test_the_background_takes_over_tone_range_softness_and_grain(ctx, faded, picture, mask):
    before, after = matched(ctx, faded, picture, mask, tone=1.0, colour=1.0, grain=1.0)
    old, new = before[:, :95], after[:, :95]
    assert np.quantile(luma(new), 0.02) > 0.15
    assert np.quantile(luma(new), 0.98) < 0.75
    assert np.allclose(new[..., 2].mean() / new[..., 0].mean(), 0.7, atol=0.05)
    assert np.abs(np.diff(new[..., 1], axis=1)).max() < 0.5 * np.abs(np.diff(old[..., 1], axis=1)).max()
    assert estimate_grain(luma(new)).sigma == pytest.approx(0.015, rel=0.4)


def test_the_soft_edge_follows_its_share_of_the_background(ctx, faded, picture, mask):
    before, after = matched(ctx, faded, picture, mask)
    fresh = harmonise(ctx, Image(picture), Mask(np.where(mask.values == 1, 1, 0).astype(np.float32)), Image(picture))
    assert fresh.pixels.shape == after.shape
    change = np.abs(after - before)[100:, 300:304].mean(axis=(0, 2))
    assert change[0] < change[3]


def test_a_background_that_fits_is_hardly_touched(ctx, faded, mask):
    other = np.ascontiguousarray(faded[:, ::-1])
    before, after = matched(ctx, faded, other, mask)
    assert np.abs(after - before).mean() < 0.02


def test_each_setting_can_be_left_out(ctx, faded, picture, mask):
    before, after = matched(ctx, faded, picture, mask, tone=0.0, colour=0.0, sharpness=0.0, grain=0.0)
    assert np.array_equal(before, after)
    _, pale = matched(ctx, faded, picture, mask, tone=0.0, sharpness=0.0, grain=0.0)
    assert np.abs(luma(pale) - luma(before)).mean() < 0.01


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_nothing_to_match_returns_the_picture(ctx, faded, level):
    image = Image(faded)
    assert harmonise(ctx, image, Mask(np.full(SIZE, level, np.float32))) is image
    assert "unchanged" in ctx.notes[-1]


def test_tiles_do_not_show(ctx, faded, picture, mask, monkeypatch):
    _, whole = matched(ctx, faded, picture, mask)
    monkeypatch.setattr(Context.tiles, "__defaults__", (0, 100))
    _, tiled = matched(ctx, faded, picture, mask)
    assert np.abs(whole - tiled).max() < 1e-5


def test_a_background_of_another_size_is_refused(ctx, faded, mask):
    with pytest.raises(StepError, match="sizes"):
        harmonise(ctx, Image(faded), mask, Image(np.zeros((5, 5, 3), np.float32)))


def test_it_can_be_cancelled(ctx, faded, mask):
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        harmonise(ctx, Image(faded), mask)
