"""Cutting to a part."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.context import Context
from nodes.geometry.crop import SHAPES, crop
from nodes.kinds.arrays import allocator
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask


def numbered(height: int, width: int) -> Image:
    """A photo whose every pixel says where it lies."""
    down, across = np.mgrid[:height, :width].astype(np.float32)
    return Image(np.stack([down / height, across / width, down * 0], axis=2).astype(np.float32))


@pytest.mark.parametrize(
    ("settings", "rows", "columns"),
    [
        ({"left": 10, "top": 20, "right": 30, "bottom": 40}, slice(20, 60), slice(20, 140)),
        ({"unit": "pixels", "x": 5, "y": 7, "width": 11, "height": 13}, slice(7, 20), slice(5, 16)),
        ({"unit": "pixels", "x": 5, "y": 7}, slice(7, 100), slice(5, 200)),
        ({"unit": "pixels", "x": 500, "y": 700}, slice(99, 100), slice(199, 200)),
        ({"left": 95, "right": 95}, slice(0, 100), slice(190, 191)),
        ({"shape": "1:1"}, slice(0, 100), slice(50, 150)),
        ({"shape": "3:2", "right": 50}, slice(17, 83), slice(0, 100)),
    ],
)
def test_what_is_kept_does_not_change(ctx: Context, settings: dict[str, Any], rows: slice, columns: slice):
    image = numbered(100, 200)
    found = crop(ctx, image, Mask(image.pixels[..., 0]), **settings)
    assert np.array_equal(found.image.pixels, image.pixels[rows, columns])
    assert np.array_equal(found.mask.values, image.pixels[rows, columns, 0])


@given(st.integers(1, 60), st.integers(1, 60), st.sampled_from(list(SHAPES)), st.integers(0, 95), st.integers(0, 95))
def test_any_crop_is_a_part_of_the_photo(
    tmp_path_factory: pytest.TempPathFactory, height: int, width: int, shape: str, left: float, top: float
):
    ctx = Context(allocate=allocator(tmp_path_factory.getbasetemp()))
    found = crop(ctx, numbered(height, width), shape=shape, left=left, top=top).image
    assert 1 <= found.height <= height
    assert 1 <= found.width <= width


def test_a_shape_stands_or_lies_as_the_photo_does(ctx: Context):
    for height, width in ((100, 200), (200, 100)):
        found = crop(ctx, numbered(height, width), shape="3:2").image
        assert max(found.height, found.width) / min(found.height, found.width) == pytest.approx(1.5, abs=0.01)
        assert (found.width > found.height) == (width > height)


def test_nothing_cut_off_is_the_photo_itself(ctx: Context):
    image = numbered(4, 5)
    assert crop(ctx, image).image is image
    assert "left as it is" in ctx.notes[0]
