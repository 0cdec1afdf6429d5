from __future__ import annotations

import numpy as np
import pytest

from nodes.faces.cover import ellipse_cover
from nodes.faces.softness import SIGMAS, equally_sharp
from nodes.pixels.gaussian import gaussian
from tests.nodes.faces.portraits import portrait, shrunk

FACE, COVER = portrait("astronaut"), ellipse_cover()


@pytest.mark.parametrize("sigma", SIGMAS[2:])
def test_the_sharper_one_is_blurred_whichever_it_is(sigma: float):
    soft = gaussian(FACE, sigma)
    one, other = equally_sharp(FACE, soft, COVER)
    assert other is soft
    assert np.array_equal(one, soft)
    one, other = equally_sharp(soft, FACE, COVER)
    assert one is soft
    assert np.array_equal(other, soft)


def test_equally_sharp_ones_stay_as_they_are():
    brighter = np.clip(1.05 * FACE, 0, 1)
    first, second = equally_sharp(FACE, brighter, COVER)
    assert first is FACE
    assert second is brighter


def test_a_small_face_and_its_large_self():
    small = shrunk(FACE, 40)
    one, other = equally_sharp(small, FACE, COVER)
    assert one is small
    middle = np.s_[150:420, 150:360]
    assert np.abs(other - small)[middle].mean() < 0.5 * np.abs(FACE - small)[middle].mean()


def test_another_face_is_not_blurred_away():
    mirrored = np.ascontiguousarray(FACE[:, ::-1])
    first, second = equally_sharp(FACE, mirrored, COVER)
    assert first is FACE
    assert second is mirrored


def test_flat_pictures():
    flat = np.full((512, 512, 3), 0.5, np.float32)
    for pair in ((flat, flat), (flat, FACE)):
        assert np.isfinite(equally_sharp(*pair, COVER)).all()
