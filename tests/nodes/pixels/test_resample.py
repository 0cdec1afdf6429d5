from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

from graph.errors import Cancelled
from nodes.pixels.resample import METHODS, resampled

SIZES = [(23, 31), (24, 80), (150, 160), (400, 333), (75, 60)]


@pytest.fixture
def photo(rng) -> np.ndarray:
    return cv2.GaussianBlur(rng.random((150, 120, 3), dtype=np.float32), (0, 0), 0.8)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("method", ["lanczos", "bicubic"])
def test_it_agrees_with_pillow(ctx, photo, size, method):
    resample = {"lanczos": Image.Resampling.LANCZOS, "bicubic": Image.Resampling.BICUBIC}[method]
    expected = np.asarray(Image.fromarray(photo[..., 0]).resize(size[::-1], resample))
    assert np.allclose(resampled(ctx, photo, size[0], size[1], method)[..., 0], expected.clip(0, 1), atol=2e-5)


@pytest.mark.parametrize("size", [(23, 31), (75, 60), (149, 119)])
def test_area_agrees_with_opencv(ctx, photo, size):
    expected = cv2.resize(photo, size[::-1], interpolation=cv2.INTER_AREA)
    assert np.allclose(resampled(ctx, photo, size[0], size[1], "area"), expected, atol=2e-5)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("size", SIZES)
def test_a_mask_is_resized_as_a_channel_is(ctx, photo, method, size):
    whole = resampled(ctx, photo, size[0], size[1], method)
    for channel in range(3):
        alone = resampled(ctx, np.ascontiguousarray(photo[..., channel]), size[0], size[1], method)
        assert np.allclose(alone, whole[..., channel], atol=1e-6)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("old", [(1, 1), (1, 9), (7, 5), (600, 3)])
@pytest.mark.parametrize("new", [(1, 1), (3, 1), (10, 17), (1, 700)])
def test_any_size_keeps_a_constant(ctx, method, old, new):
    values = resampled(ctx, np.full((*old, 3), 0.3, np.float32), new[0], new[1], method)
    assert values.shape == (*new, 3)
    assert np.allclose(values, 0.3, atol=1e-6)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("factor", [0.37, 1.7])
def test_values_stay_within_0_and_1(ctx, rng, method, factor):
    hard = np.round(rng.random((90, 70, 3))).astype(np.float32)
    values = resampled(ctx, hard, round(90 * factor), round(70 * factor), method)
    assert values.min() >= 0
    assert values.max() <= 1


@pytest.mark.parametrize("method", ["lanczos", "bicubic"])
def test_a_pattern_too_fine_for_the_result_turns_grey(ctx, method):
    lines = np.zeros((400, 400), np.float32)
    lines[:, ::2] = 1
    inner = resampled(ctx, lines, 130, 130, method)[10:-10, 10:-10]
    assert np.ptp(inner) < 0.1


def test_nearest_takes_values_as_they_are(ctx, rng):
    values = rng.random((40, 30, 3), dtype=np.float32)
    assert np.array_equal(resampled(ctx, values, 120, 90, "nearest"), values.repeat(3, 0).repeat(3, 1))
    assert np.array_equal(resampled(ctx, values, 8, 6, "nearest"), values[2::5, 2::5])


@pytest.mark.parametrize("method", METHODS)
def test_it_stops_when_cancelled(ctx, photo, method):
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        resampled(ctx, photo, 300, 240, method)
