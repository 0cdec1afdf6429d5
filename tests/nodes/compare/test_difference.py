from __future__ import annotations

import numpy as np
import pytest

from nodes.compare.difference import difference
from nodes.kinds.image import Image


@pytest.fixture
def photo(rng) -> Image:
    return Image(rng.random((60, 70, 3), dtype=np.float32) * np.float32(0.5))


def _brighter(photo: Image, by: float) -> Image:
    pixels = photo.pixels.copy()
    pixels[10:20, 10:20, 1] += np.float32(by)
    return Image(pixels)


@pytest.mark.parametrize("view", ["heat map", "colours", "grey"])
def test_black_where_nothing_changed(ctx, photo, view):
    shown = difference(ctx, photo, _brighter(photo, 0.1), view=view, gain=4).pixels
    changed = shown.max(axis=2) > 0
    assert changed.sum() == 100
    assert changed[10:20, 10:20].all()


@pytest.mark.parametrize(
    ("view", "expected"), [("grey", [0.4] * 3), ("colours", [0, 0.4, 0]), ("heat map", [1, 0.2, 0])]
)
def test_the_gain_amplifies(ctx, photo, view, expected):
    shown = difference(ctx, photo, _brighter(photo, 0.1), view=view, gain=4).pixels
    assert shown[15, 15] == pytest.approx(expected, abs=1e-5)


def test_it_gives_the_psnr(ctx, photo):
    difference(ctx, photo, Image(photo.pixels + np.float32(0.1)))
    assert ctx.notes == ["PSNR 20.00 dB."]


def test_identical_photos(ctx, photo):
    assert not difference(ctx, photo, photo, gain=50).pixels.any()
    assert ctx.notes == ["Both photos are identical."]


def test_another_size_is_fitted_and_said(ctx, photo):
    small = Image(np.full((6, 7, 3), 0.25, np.float32))
    assert difference(ctx, photo, small).pixels.shape == photo.pixels.shape
    assert "resized" in ctx.notes[0]
