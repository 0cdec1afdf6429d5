from __future__ import annotations

import imagecodecs
import numpy as np
import pytest

from graph.errors import StepError
from nodes.colour.lab import lab_from_srgb
from nodes.colour.to_grey import MIXES, OWN, to_grey
from nodes.kinds.image import Image, Origin
from nodes.pixels.colour import is_grey


@pytest.fixture
def colours(rng):
    return rng.random((30, 40, 3), np.float32)


@pytest.mark.parametrize("mix", [*MIXES, OWN])
def test_no_colour_is_left_and_white_stays_white(ctx, colours, mix):
    colours[0, 0], colours[0, 1] = 1, 0
    result = to_grey(ctx, Image(colours), mix=mix).pixels
    assert is_grey(result)
    assert result[0, 0, 0] == pytest.approx(1, abs=1e-5)
    assert result[0, 1, 0] == pytest.approx(0, abs=1e-5)


def test_luminance_keeps_lightness(ctx, colours):
    result = to_grey(ctx, Image(colours)).pixels
    assert np.abs(lab_from_srgb(result)[0] - lab_from_srgb(colours)[0]).max() < 0.05


def test_a_stain_is_weakest_in_light_of_its_own_colour(ctx):
    """A red-brown stain on grey paper: what is left of it."""
    pixels = np.full((20, 20, 3), 0.7, np.float32)
    pixels[5:15, 5:15] = (0.68, 0.5, 0.4)
    left = {mix: float(np.ptp(to_grey(ctx, Image(pixels), mix=mix).pixels)) for mix in MIXES}
    assert left["red filter"] < left["orange filter"] < left["luminance"] < left["blue filter"]


def test_old_plates_do_not_see_red(ctx):
    reds = Image(np.full((4, 4, 3), (0.9, 0.1, 0.1), np.float32))
    assert to_grey(ctx, reds, mix="orthochromatic").pixels.max() < 0.15


def test_own_shares_count_in_proportion(ctx, colours):
    once, twice = (to_grey(ctx, Image(colours), mix=OWN, red=k, green=0.5 * k, blue=0.0).pixels for k in (0.5, 1.0))
    assert np.allclose(once, twice, atol=1e-6)


def test_shares_that_sum_to_nothing_are_refused(ctx, colours):
    with pytest.raises(StepError, match="count for nothing"):
        to_grey(ctx, Image(colours), mix=OWN, red=1.0, green=-0.5, blue=-0.5)


@pytest.mark.parametrize("given", [{"strength": 0.0}, {"mix": "blue filter", "grey": True}])
def test_nothing_to_do_is_nothing_done(ctx, colours, given):
    grey = given.pop("grey", False)
    image = Image(np.repeat(colours[..., :1], 3, axis=2) if grey else colours)
    assert to_grey(ctx, image, **given) is image
    assert ctx.notes


def test_another_profile_is_mixed_in_its_own_light(ctx, colours):
    wide = imagecodecs.cms_profile("adobergb")
    assert is_grey(to_grey(ctx, Image(colours, Origin(profile=wide))).pixels)
