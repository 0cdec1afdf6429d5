from __future__ import annotations

import numpy as np
import pytest

from graph.errors import StepError
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.noise.grain import STRONGEST, grain
from nodes.pixels.colour import is_grey
from nodes.pixels.noise import estimate_grain


def card(value, shape=(300, 300)):
    return Image(np.full((*shape, 3), value, np.float32))


@pytest.mark.parametrize("size", [1.0, 2.5, 6.0])
@pytest.mark.parametrize("colour", [0.0, 1.0])
def test_it_is_as_strong_as_it_says(ctx, size, colour):
    result = grain(ctx, card(0.5, (600, 600)), strength=0.4, size=size, colour=colour).pixels
    assert np.std(result[..., 0]) == pytest.approx(0.4 * STRONGEST, rel=0.1)
    assert result.mean() == pytest.approx(0.5, abs=0.005)


def test_it_is_strongest_in_the_midtones(ctx):
    spread = {value: np.std(grain(ctx, card(value), strength=0.3).pixels) for value in (0.0, 0.1, 0.5, 0.9, 1.0)}
    assert spread[0.0] == spread[1.0] == 0.0
    assert spread[0.5] > spread[0.1] > 0
    assert spread[0.5] > spread[0.9] > 0


def test_the_seed_decides(ctx):
    first, again, other = (grain(ctx, card(0.5), seed=seed).pixels for seed in (5, 5, 6))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_larger_photo_begins_with_the_same_grains(ctx):
    """So tiles cannot show: each grain hangs on its place alone."""
    small, large = grain(ctx, card(0.5, (300, 300)), size=3.0), grain(ctx, card(0.5, (1100, 1040)), size=3.0)
    assert np.abs(small.pixels - large.pixels[:300, :300]).max() < 1e-6


def test_the_size_of_grains_is_what_was_asked_for(ctx):
    for size in (1.0, 2.0, 3.0):
        found = estimate_grain(grain(ctx, card(0.5, (600, 600)), strength=0.4, size=size).pixels[..., 0])
        assert found.size == pytest.approx(size, abs=0.3)


def test_grain_of_black_and_white_film_is_grey(ctx):
    assert is_grey(grain(ctx, card(0.5)).pixels)
    assert not is_grey(grain(ctx, card(0.5), colour=0.5).pixels)


def test_only_the_masked_part_gets_it(ctx):
    values = np.zeros((300, 300), np.float32)
    values[50:100, 50:100] = 1.0
    result = grain(ctx, card(0.5), Mask(values)).pixels
    changed = (result != 0.5).any(axis=2)
    assert changed[50:100, 50:100].mean() > 0.99
    assert not changed[values == 0].any()


def test_a_reference_is_matched(ctx):
    wanted = grain(ctx, card(0.5, (500, 500)), strength=0.35, size=2.2, seed=3)
    matched = grain(ctx, card(0.5, (500, 500)), reference=wanted, strength=0.0, seed=4)
    before, after = (estimate_grain(image.pixels[..., 1]) for image in (wanted, matched))
    assert after.sigma == pytest.approx(before.sigma, rel=0.1)
    assert after.size == pytest.approx(before.size, rel=0.15)


def test_a_clean_reference_adds_none(ctx):
    image = card(0.5)
    assert grain(ctx, image, reference=card(0.4)) is image


def test_nothing_to_add_is_nothing_done(ctx):
    image = card(0.5)
    assert grain(ctx, image, strength=0.0) is image
    assert grain(ctx, image, Mask(np.zeros((300, 300), np.float32))) is image


def test_a_mask_of_another_size_is_refused(ctx):
    with pytest.raises(StepError, match="sizes of the mask and the photo differ"):
        grain(ctx, card(0.5), Mask(np.ones((3, 3), np.float32)))
