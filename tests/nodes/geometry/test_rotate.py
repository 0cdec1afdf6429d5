"""Turning and mirroring."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.context import Context
from graph.errors import StepError
from nodes.geometry.rotate import MIRRORS, QUARTERS, rotate
from nodes.kinds.arrays import Floats, allocator
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask


def some(height: int, width: int) -> Image:
    return Image(np.random.default_rng(height * 100 + width).random((height, width, 3), np.float32))


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(list(QUARTERS)), st.sampled_from(list(MIRRORS)))
def test_order_is_all_that_quarters_and_mirrors_change(
    tmp_path_factory: pytest.TempPathFactory, height: int, width: int, quarter: str, mirror: str
):
    ctx = Context(allocate=allocator(tmp_path_factory.getbasetemp()))
    image = some(height, width)
    turned = rotate(ctx, image, Mask(image.pixels[..., 0]), quarter=quarter, mirror=mirror)
    assert np.array_equal(np.sort(turned.image.pixels, axis=None), np.sort(image.pixels, axis=None))
    assert np.array_equal(turned.mask.values, turned.image.pixels[..., 0])
    back = {"left": "right", "right": "left"}.get(quarter, quarter)
    unmirrored = rotate(ctx, turned.image, mirror=mirror)
    assert np.array_equal(rotate(ctx, unmirrored.image, quarter=back).image.pixels, image.pixels)


def test_right_is_clockwise(ctx: Context):
    pixels = np.zeros((2, 3, 3), np.float32)
    pixels[0, 0] = 1
    assert rotate(ctx, Image(pixels), quarter="right").image.pixels[0, 1, 0] == 1
    pixels = np.zeros((41, 41, 3), np.float32)
    pixels[5, 18:23] = 1
    turned = rotate(ctx, Image(pixels), angle=45, canvas="keep").image.pixels[..., 0]
    assert turned[:20, 21:].max() > 0.5
    assert turned[:20, :20].max() < 0.2


def test_a_free_turn_back_gives_the_photo_again(ctx: Context, photo: Floats):
    there = rotate(ctx, Image(photo), angle=7, canvas="keep")
    back = rotate(ctx, there.image, angle=-7, canvas="keep").image.pixels
    inner = np.s_[40:-40, 40:-40]
    assert np.sqrt(np.mean((back[inner] - photo[inner]) ** 2)) < 0.02


def test_empty_corners_are_marked_and_filled(ctx: Context, photo: Floats):
    image = Image(photo)
    turned = rotate(ctx, image, angle=10, fill="white")
    assert turned.empty.values[0, 0] == 1
    assert (turned.image.pixels[0, 0] == 1).all()
    middle = turned.image.height // 2, turned.image.width // 2
    assert turned.empty.values[middle] == 0
    paper = rotate(ctx, image, angle=10).image.pixels[0, 0]
    assert np.abs(paper - np.median(photo[:2].reshape(-1, 3), axis=0)).max() < 0.3
    cropped = rotate(ctx, image, angle=10, canvas="crop", fill="white")
    assert not cropped.empty.values.any()
    assert cropped.image.height < 240


def test_large_photos_show_no_seams(ctx: Context):
    ramp = np.linspace(0, 1, 2200, dtype=np.float32)
    image = Image(np.broadcast_to(ramp[None, :, None], (1100, 2200, 3)))
    turned = rotate(ctx, image, angle=3, canvas="crop").image.pixels[..., 0]
    assert np.abs(np.diff(turned, axis=1) - np.cos(np.radians(3)) / 2199).max() < 2e-4


def test_nothing_wanted_is_the_photo_itself(ctx: Context):
    image = some(5, 6)
    assert rotate(ctx, image).image is image
    assert "left as it is" in ctx.notes[0]


def test_what_the_file_said_is_kept(ctx: Context, photo: Floats):
    origin = Origin(bits=16, profile=b"icc", exif=b"exif", dpi=(300, 300))
    assert rotate(ctx, Image(photo, origin), angle=3).image.origin == origin


def test_a_mask_of_another_size_is_refused(ctx: Context):
    with pytest.raises(StepError, match="differ"):
        rotate(ctx, some(5, 6), Mask(np.zeros((6, 5), np.float32)), angle=3)
