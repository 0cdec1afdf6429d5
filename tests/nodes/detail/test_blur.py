from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from graph.errors import StepError
from nodes.detail.blur import blur
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask


@pytest.fixture
def photo(rng) -> Image:
    return Image(rng.random((80, 100, 3), dtype=np.float32))


def _mask(shape: tuple[int, int] = (80, 100)) -> Mask:
    values = np.zeros(shape, np.float32)
    values[20:40, 30:50] = 1
    values[20:40, 50:55] = 0.5
    return Mask(values)


def test_it_is_a_gaussian_on_every_channel(ctx, photo):
    expected = ndimage.gaussian_filter(photo.pixels, (3, 3, 0), mode="mirror", truncate=6)
    assert np.abs(blur(ctx, photo, radius=3).pixels - expected).max() < 1e-3


def test_only_the_masked_part_changes(ctx, photo):
    mask = _mask()
    pixels, whole = blur(ctx, photo, mask, radius=3).pixels, blur(ctx, photo, radius=3).pixels
    assert np.array_equal(pixels[mask.values == 0], photo.pixels[mask.values == 0])
    assert np.allclose(pixels[mask.values == 1], whole[mask.values == 1], atol=1e-6)
    half = mask.values == 0.5
    assert np.allclose(pixels[half], (photo.pixels[half] + whole[half]) / 2, atol=1e-6)


def test_nothing_to_blur(ctx, photo):
    assert blur(ctx, photo, radius=0) is photo
    assert blur(ctx, photo, Mask(np.zeros((80, 100), np.float32))) is photo
    assert len(ctx.notes) == 2


def test_a_mask_of_another_photo_is_refused(ctx, photo):
    with pytest.raises(StepError, match="the mask and the photo"):
        blur(ctx, photo, _mask((100, 100)))


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 9, 3), (7, 5, 3), (1100, 3, 3)])
@pytest.mark.parametrize("radius", [0.3, 5, 120])
def test_any_size_works(ctx, rng, shape, radius):
    hard = np.round(rng.random(shape)).astype(np.float32)
    mask = Mask(np.ones(shape[:2], np.float32))
    assert blur(ctx, Image(hard), mask, radius=radius).pixels.shape == shape
