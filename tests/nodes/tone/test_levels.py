from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey, luma
from nodes.tone.levels import levels


def spread(image):
    return float(np.subtract(*np.quantile(luma(image.pixels), (0.99, 0.01))))


def test_good_contrast_is_left_as_it_is(ctx, prints):
    image = Image(prints.sound)
    assert levels(ctx, image) is image
    assert ctx.notes == ["Contrast is fine: left as it is."]


def test_a_washed_out_photo_gets_black_and_white_back(ctx, prints):
    dull = Image(prints.washed(prints.sound))
    assert spread(levels(ctx, dull, strength=1.0)) > 1.5 * spread(dull)
    assert spread(levels(ctx, dull, strength=0.0)) == spread(dull)


@pytest.mark.parametrize("border", [0.0, 1.0])
def test_a_border_does_not_mislead(ctx, prints, border):
    dull = prints.washed(prints.sound)
    framed = levels(ctx, Image(prints.framed(dull, border))).pixels[20:-20, 20:-20]
    assert np.abs(framed - levels(ctx, Image(dull)).pixels).mean() < 0.02


def test_nothing_is_crushed_or_burnt_out(ctx, prints):
    result = levels(ctx, Image(prints.washed(prints.sound)), strength=1.0, clip=2.0).pixels
    light = luma(result)
    assert np.mean(light <= 0.0) < 0.001
    assert np.mean(light >= 1.0) < 0.001


def test_order_of_brightness_is_kept(ctx, prints):
    before = luma(prints.washed(prints.grey)).ravel()
    after = luma(levels(ctx, Image(prints.washed(prints.grey))).pixels).ravel()
    assert (np.diff(after[np.argsort(before)]) >= -1e-6).all()


def test_grey_stays_grey(ctx, prints):
    assert is_grey(levels(ctx, Image(prints.washed(prints.grey))).pixels)


def test_manual_points_and_gamma(ctx):
    image = Image(np.full((4, 4, 3), 0.5, np.float32))
    lighter = levels(ctx, image, auto=False, gamma=2.0, strength=1.0).pixels
    assert float(lighter[0, 0, 0]) == pytest.approx(0.5**0.5, abs=1e-3)
    darker = levels(ctx, image, auto=False, black=0.4, strength=1.0).pixels
    assert float(darker[0, 0, 0]) < 0.25
    assert levels(ctx, image, auto=False) is image


def test_white_below_black_is_no_catastrophe(ctx, prints):
    result = levels(ctx, Image(prints.sound), auto=False, black=0.8, white=0.2).pixels
    assert np.isfinite(result).all()


def test_a_blank_picture_is_left_as_it_is(ctx):
    blank = Image(np.full((50, 50, 3), 0.4, np.float32))
    assert levels(ctx, blank) is blank


def test_a_16_bit_photo_keeps_its_steps(ctx):
    ramp = np.linspace(0.4, 0.6, 13107, dtype=np.float32)
    pixels = np.repeat(np.broadcast_to(ramp, (8, ramp.size))[..., None], 3, axis=2)
    result = levels(ctx, Image(np.ascontiguousarray(pixels)))
    assert np.unique(result.pixels[4, :, 0]).size > 12000
