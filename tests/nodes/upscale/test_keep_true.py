from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from graph.errors import StepError
from nodes.kinds.image import Image
from nodes.upscale.keep_true import keep_true
from nodes.upscale.resize import resize


@pytest.fixture
def photo(prints) -> Image:
    return Image(prints.sound[:96, :120])


@pytest.fixture
def drawn(ctx, photo) -> Image:
    """Enlarged, shifted in colour, and smoothed."""
    small = resize(ctx, photo, factor=0.5)
    return Image(np.clip(resize(ctx, small, factor=6).pixels * np.array([1.05, 1, 0.93], np.float32), 0, 1))


def departure(ctx, image: Image, photo: Image) -> float:
    """In dB, of the picture shrunk back to the photo's size."""
    small = resize(ctx, image, by="width", length=photo.width, method="area").pixels
    return float(-10 * np.log10(np.mean((small - photo.pixels) ** 2)))


def test_shrunk_back_it_is_the_photo_again(ctx, photo, drawn):
    assert departure(ctx, drawn, photo) < 32
    assert departure(ctx, keep_true(ctx, drawn, photo), photo) > 40


def test_half_the_strength_takes_back_less(ctx, photo, drawn):
    half, whole = (departure(ctx, keep_true(ctx, drawn, photo, strength=each), photo) for each in (0.5, 1.0))
    assert departure(ctx, drawn, photo) < half < whole


def test_what_is_true_already_stays(ctx, photo):
    large = resize(ctx, photo, factor=3, method="nearest")
    assert np.abs(keep_true(ctx, large, photo).pixels - large.pixels).max() < 1e-5


def test_new_detail_stays(ctx, photo):
    large = resize(ctx, photo, factor=4, method="nearest").pixels
    checks = (np.indices(large.shape[:2]).sum(axis=0) % 2 * 0.1 - 0.05).astype(np.float32)[..., None]
    detailed = np.clip(large, 0.1, 0.9) + checks
    kept = keep_true(ctx, Image(detailed), resize(ctx, Image(np.clip(large, 0.1, 0.9)), factor=0.25, method="area"))
    assert np.abs(kept.pixels - detailed).max() < 0.01


def test_nothing_to_do_gives_the_very_picture(ctx, photo, drawn):
    assert keep_true(ctx, drawn, photo, strength=0) is drawn
    assert keep_true(ctx, photo, drawn) is photo
    assert len(ctx.notes) == 2


def test_the_enlarged_photo_decides_about_the_file(ctx, photo, drawn):
    scanned = replace(drawn, origin=replace(drawn.origin, bits=16))
    assert keep_true(ctx, scanned, photo).origin.bits == 16


def test_another_photo_is_refused(ctx, drawn):
    with pytest.raises(StepError, match="differ in shape"):
        keep_true(ctx, drawn, Image(np.zeros((50, 120, 3), np.float32)))
