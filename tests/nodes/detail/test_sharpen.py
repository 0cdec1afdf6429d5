from __future__ import annotations

import cv2
import numpy as np
import pytest

from nodes.detail.sharpen import sharpen
from nodes.kinds.image import Image


@pytest.fixture
def soft() -> Image:
    """A coloured disk on another colour, out of focus."""
    pixels = np.empty((200, 220, 3), np.float32)
    pixels[:] = (0.3, 0.4, 0.5)
    cv2.circle(pixels, (110, 100), 60, (0.7, 0.5, 0.4), -1, cv2.LINE_AA)
    return Image(np.asarray(cv2.GaussianBlur(pixels, (0, 0), 2), np.float32))


def _steepest(image: Image) -> float:
    return float(np.abs(np.diff(image.pixels[100, :, 0])).max())


def test_edges_get_steeper_with_the_amount(ctx, soft):
    slopes = [_steepest(sharpen(ctx, soft, amount=amount, radius=2)) for amount in (0.3, 0.8, 2)]
    assert _steepest(soft) < slopes[0] < slopes[1] < slopes[2]


def test_colours_keep_their_differences(ctx, soft):
    before, after = soft.pixels, sharpen(ctx, soft, amount=1).pixels
    assert np.allclose(after[..., 0] - after[..., 2], before[..., 0] - before[..., 2], atol=1e-6)


def test_grey_stays_grey(ctx, rng):
    grey = Image(np.repeat(rng.random((50, 40, 1), dtype=np.float32), 3, axis=2))
    pixels = sharpen(ctx, grey, amount=2).pixels
    assert np.array_equal(pixels[..., 0], pixels[..., 1])
    assert np.array_equal(pixels[..., 0], pixels[..., 2])


def test_grain_below_the_threshold_stays(ctx, rng):
    grain = Image(np.clip(0.5 + 0.005 * rng.standard_normal((90, 90, 3), dtype=np.float32), 0, 1))
    gated, open_ = (np.abs(sharpen(ctx, grain, threshold=t).pixels - grain.pixels).mean() for t in (0.05, 0))
    assert gated < 0.02 * open_


def test_auto_leaves_a_sharp_photo_alone(ctx, rng):
    blocks = rng.random((12, 12, 3), dtype=np.float32).repeat(20, 0).repeat(20, 1)
    sharp = Image(blocks)
    assert sharpen(ctx, sharp, auto=True) is sharp
    assert "sharp already" in ctx.notes[0]


def test_auto_leaves_alone_what_is_as_sharp_as_scanners_are(ctx, rng):
    blocks = rng.random((12, 12, 3), dtype=np.float32).repeat(20, 0).repeat(20, 1)
    scan = Image(np.asarray(cv2.GaussianBlur(blocks, (0, 0), 0.7), np.float32))
    assert sharpen(ctx, scan, auto=True) is scan


def test_auto_sharpens_a_soft_one_and_says_what_it_measured(ctx, soft):
    assert _steepest(sharpen(ctx, soft, auto=True)) > _steepest(soft)
    assert "pixels wide" in ctx.notes[0]


def test_an_amount_of_0_is_nothing(ctx, soft):
    assert sharpen(ctx, soft, amount=0) is soft


@pytest.mark.parametrize("radius", [1.5, 20])
def test_tiles_do_not_show(ctx, rng, radius):
    pixels = cv2.GaussianBlur(rng.random((40, 1100, 3), dtype=np.float32), (0, 0), 1.5)
    left = sharpen(ctx, Image(pixels[:, :700]), radius=radius).pixels[:, :512]
    assert np.allclose(sharpen(ctx, Image(pixels), radius=radius).pixels[:, :512], left, atol=1e-6)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 9, 3), (7, 5, 3), (1100, 3, 3)])
@pytest.mark.parametrize("auto", [False, True])
def test_any_size_works(ctx, rng, shape, auto):
    hard = np.round(rng.random(shape)).astype(np.float32)
    assert sharpen(ctx, Image(hard), amount=3, radius=30, auto=auto).pixels.shape == shape
