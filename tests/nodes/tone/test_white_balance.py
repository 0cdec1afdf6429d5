from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.image import Image
from nodes.pixels.colour import linear_from_srgb, srgb_from_linear
from nodes.tone.illuminant import METHODS, agreed, measurable
from nodes.tone.white_balance import white_balance

CAST = np.array([1.25, 1.0, 0.75], np.float32)


@pytest.fixture
def neutral(rng):
    """Coloured cards on grey, lit white."""
    cards = 0.05 + 0.5 * rng.random((12, 12, 3))
    cards[::2] = cards[::2].mean(axis=2, keepdims=True)
    return srgb_from_linear(np.kron(cards, np.ones((20, 20, 1))).astype(np.float32))


@pytest.fixture
def tinted(neutral):
    return np.clip(srgb_from_linear(linear_from_srgb(neutral) * CAST), 0, 1)


@pytest.mark.parametrize("method", [*METHODS, "careful"])
def test_a_cast_is_taken_out(ctx, neutral, tinted, method):
    result = white_balance(ctx, Image(tinted), method=method, strength=1.0).pixels
    assert np.abs(result - neutral).mean() < 0.45 * np.abs(tinted - neutral).mean()


def test_strength_goes_part_of_the_way(ctx, tinted):
    changes = [
        np.abs(white_balance(ctx, Image(tinted), method="grey world", strength=share).pixels - tinted).mean()
        for share in (0.0, 0.5, 1.0)
    ]
    assert changes[0] == 0.0
    assert 0.3 * changes[2] < changes[1] < 0.7 * changes[2]


def test_without_a_cast_nothing_changes(ctx, neutral):
    image = Image(neutral)
    assert white_balance(ctx, image) is image
    assert ctx.notes == ["No colour cast: left as it is."]


def test_a_sepia_print_keeps_its_tone_unless_told_otherwise(ctx, prints):
    image = Image(prints.sepia)
    assert white_balance(ctx, image, method="shades of grey") is image
    assert "tone is kept" in ctx.notes[0]
    freed = white_balance(ctx, image, method="shades of grey", keep_tone=False).pixels
    assert np.ptp(freed, axis=2).mean() < 0.8 * np.ptp(prints.sepia, axis=2).mean()


def test_temperature_and_tint_turn_the_way_they_say(ctx, prints):
    image = Image(prints.grey)
    warm = white_balance(ctx, image, method="manual", temperature=0.5).pixels.mean(axis=(0, 1))
    assert warm[0] > warm[1] > warm[2]
    green = white_balance(ctx, image, method="manual", tint=-0.5).pixels.mean(axis=(0, 1))
    assert green[1] > max(green[0], green[2])
    assert white_balance(ctx, image, method="manual") is image


def test_white_and_black_stay(ctx):
    ends = np.zeros((4, 4, 3), np.float32)
    ends[2:] = 1.0
    result = white_balance(ctx, Image(ends), method="manual", temperature=1.0, tint=0.5).pixels
    assert np.array_equal(result, ends)


def test_the_curve_rises(ctx):
    ramp = np.repeat(np.linspace(0, 1, 3000, dtype=np.float32)[None, :, None], 3, axis=2)
    for temperature in (-1.0, 1.0):
        result = white_balance(ctx, Image(ramp), method="manual", temperature=temperature).pixels
        assert (np.diff(result, axis=1) >= -1e-6).all()


def test_estimates_that_disagree_come_to_nothing():
    halves = np.concatenate([np.tile([0.8, 0.1, 0.1], (500, 1)), np.tile([0.02, 0.05, 0.3], (500, 1))])
    assert np.ptp(np.log(agreed(halves.astype(np.float32)))) < 0.1


def test_clipped_and_black_pixels_are_not_measured():
    sample = np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [0.5, 0.4, 0.3]], np.float32)
    assert measurable(sample).shape == (1, 3)
