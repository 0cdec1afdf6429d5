from __future__ import annotations

import numpy as np
import pytest

from graph.errors import Cancelled, StepError
from nodes.background.shadow import shadow
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask


@pytest.fixture
def wall():
    return Image(np.full((200, 300, 3), 0.6, np.float32))


@pytest.fixture
def mask():
    values = np.zeros((200, 300), np.float32)
    values[60:200, 100:180] = 1
    values[60:200, 180] = 0.5
    return Mask(values)


def test_it_falls_to_the_right_and_below(ctx, wall, mask):
    made = shadow(ctx, wall, mask, wall, across=10, down=5, softness=1).image.pixels[..., 0]
    assert made[120, 195] < 0.55
    assert np.allclose(made[120, 60], 0.6, atol=1e-4)
    assert np.allclose(made[20, 150], 0.6, atol=1e-4)


def test_it_takes_a_share_of_the_light_and_leaves_the_subject(ctx, wall, mask):
    image, backdrop = shadow(ctx, wall, mask, wall, strength=1.0, across=10, down=0, softness=0.5)
    assert backdrop.pixels[150, 160].max() < 0.02
    assert np.array_equal(image.pixels[mask.values == 1], wall.pixels[mask.values == 1])


def test_who_is_cut_off_by_the_frame_casts_one_there_too(ctx, wall, mask):
    made = shadow(ctx, wall, mask, wall, across=10, down=-10, softness=0.5).backdrop.pixels
    assert made[199, 190, 0] < 0.52


@pytest.mark.parametrize(("level", "strength"), [(0.0, 0.5), (1.0, 0.0)])
def test_nothing_to_do_returns_the_picture(ctx, wall, level, strength):
    result = shadow(ctx, wall, Mask(np.full((200, 300), level, np.float32)), strength=strength)
    assert result.image is wall
    assert result.backdrop is wall


def test_a_background_of_another_size_is_refused(ctx, wall, mask):
    with pytest.raises(StepError, match="sizes"):
        shadow(ctx, wall, mask, Image(np.zeros((5, 5, 3), np.float32)))


def test_it_can_be_cancelled(ctx, wall, mask):
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        shadow(ctx, wall, mask)
