from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey, luma
from nodes.tone.curve import drawn, is_straight
from nodes.tone.curves import curves

S_SHAPE = [[0.0, 0.0], [0.25, 0.15], [0.75, 0.85], [1.0, 1.0]]


def test_straight_curves_change_nothing(ctx, prints):
    image = Image(prints.sound)
    assert curves(ctx, image) is image
    assert curves(ctx, image, brightness=[[0.0, 0.0], [0.4, 0.4], [1.0, 1.0]]) is image
    assert curves(ctx, image, brightness=S_SHAPE, strength=0.0) is image
    assert ctx.notes == ["All curves are straight: left as it is."] * 3


def test_brightness_goes_through_the_points(ctx):
    ramp = np.repeat(np.linspace(0, 1, 101, dtype=np.float32)[None, :, None], 3, axis=2)
    result = curves(ctx, Image(np.ascontiguousarray(ramp)), brightness=S_SHAPE).pixels[0, :, 0]
    assert result[[0, 25, 75, 100]] == pytest.approx([0.0, 0.15, 0.85, 1.0], abs=1e-4)
    assert (np.diff(result) > 0).all()


def test_brightness_keeps_hues_and_grey(ctx, prints):
    before = prints.washed(prints.sound)
    after = curves(ctx, Image(before), brightness=S_SHAPE).pixels
    tints = [pixels - luma(pixels)[..., None] for pixels in (before, after)]
    assert np.abs(tints[1] - tints[0]).max() < 1e-5
    assert is_grey(curves(ctx, Image(prints.grey), brightness=S_SHAPE).pixels)


@pytest.mark.parametrize("side", [0, 1, 2])
def test_a_colour_curve_touches_its_colour_alone(ctx, prints, side):
    name = ("red", "green", "blue")[side]
    settings: dict[str, Any] = {name: [[0.0, 0.0], [0.5, 0.7], [1.0, 1.0]]}
    after = curves(ctx, Image(prints.sound), **settings).pixels
    others = [other for other in range(3) if other != side]
    assert np.array_equal(after[..., others], prints.sound[..., others])
    assert after[..., side].mean() > prints.sound[..., side].mean() + 0.05


def test_a_falling_curve_turns_a_negative(ctx, prints):
    after = curves(ctx, Image(prints.grey), brightness=[[0.0, 1.0], [1.0, 0.0]]).pixels
    assert np.abs(after - (1 - prints.grey)).max() < 1e-3


def test_beyond_its_ends_a_curve_is_level():
    curve = drawn([[0.25, 0.1], [0.75, 0.9]])
    assert curve[:1025] == pytest.approx(0.1)
    assert curve[3072:] == pytest.approx(0.9)
    assert not is_straight(drawn([[0.2, 0.2], [0.8, 0.8]]))


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=8, unique_by=lambda p: p[0]))
def test_a_curve_stays_between_neighbouring_points(points):
    points = sorted([x / 100, y / 100] for x, y in points)
    curve, places = drawn(points), np.linspace(0, 1, 4097)
    for (left, low), (right, high) in pairwise(points):
        piece = curve[(places >= left) & (places <= right)]
        assert piece.size == 0 or (min(low, high) - 1e-6 <= piece.min() and piece.max() <= max(low, high) + 1e-6)
