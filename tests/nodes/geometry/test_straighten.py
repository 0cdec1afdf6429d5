"""Level horizons and upright walls."""

from __future__ import annotations

import numpy as np
import pytest

from graph.context import Context
from nodes.geometry.rotate import rotate
from nodes.geometry.skew import skew_of
from nodes.geometry.straighten import straighten
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from tests.nodes.geometry.conftest import Scan


@pytest.mark.parametrize("angle", [-8.0, -3.0, -1.0, 1.5, 6.0])
def test_a_leaning_house_is_set_upright(ctx: Context, house: Floats, angle: float):
    leaning = rotate(ctx, Image(house), angle=angle, canvas="crop").image
    found = straighten(ctx, leaning, Mask(leaning.pixels[..., 0]))
    assert abs(skew_of(found.image.pixels).angle) < 0.3
    told = ctx.notes[-1].split()
    assert float(told[2].removesuffix("°")) == pytest.approx(abs(angle), abs=0.3)
    assert told[-1] == ("left." if angle > 0 else "right.")
    assert np.abs(found.mask.values - found.image.pixels[..., 0]).mean() < 0.02


def test_what_stands_upright_is_the_photo_itself(ctx: Context, house: Floats):
    image = Image(house)
    found = straighten(ctx, image)
    assert found.image is image
    assert not found.mask.values.any()
    assert "straight already" in ctx.notes[0]


@pytest.mark.parametrize("kind", ["grain", "plain", "narrow"])
def test_what_has_no_lines_is_left_alone(ctx: Context, rng: np.random.Generator, kind: str):
    pixels = {
        "grain": rng.random((200, 300, 3), np.float32),
        "plain": np.full((200, 300, 3), 0.3, np.float32),
        "narrow": rng.random((1, 40, 3), np.float32),
    }[kind]
    image = Image(pixels)
    assert straighten(ctx, image).image is image
    assert "left as it is" in ctx.notes[0]


def test_what_leans_too_far_may_be_meant(ctx: Context, house: Floats):
    leaning = rotate(ctx, Image(house), angle=8, canvas="crop").image
    assert straighten(ctx, leaning, most=5).image is leaning
    assert "may be meant" in ctx.notes[-1]


def test_a_print_on_the_glass_is_straightened_by_its_edges(ctx: Context, photo: Floats):
    scan = Scan(bed="black").lay(photo, 230, 290, 3.0)
    straighten(ctx, scan.image)
    assert ctx.notes[-1] == "Turned by 3.0° to the left."


def test_by_hand_the_angle_is_taken(ctx: Context, house: Floats):
    image = Image(house)
    by_hand = straighten(ctx, image, by="hand", angle=2.0, canvas="grow")
    assert np.array_equal(by_hand.image.pixels, rotate(ctx, image, angle=2.0).image.pixels)
    assert by_hand.empty.values[0, 0] == 1
    assert straighten(ctx, image, by="hand").image is image
