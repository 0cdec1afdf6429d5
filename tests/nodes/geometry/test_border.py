"""The white border of a print."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from graph.context import Context
from nodes.geometry.border import border
from nodes.geometry.frame import frame_of
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask


def test_it_is_cut_off_and_the_picture_stays(ctx: Context, bordered: Floats, photo: Floats):
    found = border(ctx, Image(bordered), Mask(bordered[..., 0])).image.pixels
    top, left = (240 - found.shape[0]) // 2, (180 - found.shape[1]) // 2
    assert (found.shape[0], found.shape[1]) == pytest.approx((240, 180), abs=4)
    differences = [
        np.abs(found - photo[y : y + found.shape[0], x : x + found.shape[1]]).max()
        for y in range(max(0, top - 2), top + 3)
        for x in range(max(0, left - 2), left + 3)
        if photo[y : y + found.shape[0], x : x + found.shape[1]].shape == found.shape
    ]
    assert min(differences) == 0


def test_a_stained_one_is_made_anew(ctx: Context, bordered: Floats):
    stained = bordered.copy()
    cv2.circle(stained, (60, 3), 3, (0.5, 0.4, 0.3), -1)
    found = border(ctx, Image(stained), way="renew", width=5.0).image.pixels
    assert np.ptp(found[:10].reshape(-1, 3), axis=0).max() == 0
    assert found[0, 0] == pytest.approx((0.9, 0.88, 0.82), abs=0.02)
    chosen = border(ctx, Image(stained), way="renew", paper="chosen", colour="#ff8000").image.pixels
    assert chosen[0, 0] == pytest.approx((1, 128 / 255, 0), abs=1e-6)


def test_one_is_added_evenly(ctx: Context, photo: Floats):
    found = border(ctx, Image(photo), Mask(photo[..., 0]), way="add", width=10.0)
    assert found.image.pixels.shape == (240 + 48, 180 + 48, 3)
    assert np.array_equal(found.image.pixels[24:-24, 24:-24], photo)
    assert (found.image.pixels[:24] == 1).all()
    assert np.array_equal(found.mask.values[24:-24, 24:-24], photo[..., 0])
    assert not found.mask.values[:24].any()


@pytest.mark.parametrize("way", ["remove", "renew"])
def test_without_one_the_photo_stays(ctx: Context, photo: Floats, house: Floats, way: str):
    for pixels in (photo, house, np.ones((60, 60, 3), np.float32), np.zeros((1, 5, 3), np.float32)):
        image = Image(pixels)
        assert border(ctx, image, way=way).image is image
        assert "no white border" in ctx.notes[-1]


def test_a_dark_frame_is_no_paper(ctx: Context, photo: Floats):
    framed = cv2.copyMakeBorder(photo, 9, 9, 9, 9, cv2.BORDER_CONSTANT, value=(0.1, 0.1, 0.1))
    assert frame_of(ctx, Image(np.asarray(framed, np.float32))) is None


def test_an_instant_picture_has_a_broad_one_below(ctx: Context, photo: Floats):
    framed = cv2.copyMakeBorder(photo, 14, 55, 14, 14, cv2.BORDER_CONSTANT, value=(0.92, 0.92, 0.9))
    found = frame_of(ctx, Image(np.asarray(framed, np.float32)))
    assert found is not None
    assert found[:4] == pytest.approx((14, 14, 194, 254), abs=1.5)
