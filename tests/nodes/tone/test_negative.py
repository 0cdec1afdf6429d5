from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey, linear_from_srgb, luma, srgb_from_linear
from nodes.tone.negative import negative

ORANGE, CLEAR = (0.75, 0.42, 0.25), (0.8, 0.8, 0.8)


def film(positive, base, rim=12):
    """A negative as a scanner sees it: density rises with the logarithm of light, on a base of that transmittance."""
    light = np.pad(linear_from_srgb(positive), ((rim, rim), (rim, rim), (0, 0)))
    density = 0.62 * np.log10((light + 0.004) / 0.004)
    return srgb_from_linear((np.array(base) * 10**-density).astype(np.float32))


def inner(pixels, rim=12):
    return pixels[rim:-rim, rim:-rim]


def distance(first, second):
    return float(np.sqrt(np.mean((first - second) ** 2)))


def test_a_colour_negative_becomes_the_picture(ctx, prints):
    scan = film(prints.sound, ORANGE)
    result = inner(negative(ctx, Image(scan)).pixels)
    assert distance(result, prints.sound) < 0.12
    assert distance(inner(1 - scan), prints.sound) > 0.25
    assert "Colour film" in ctx.notes[0]


def test_the_orange_mask_leaves_no_cast(ctx, prints):
    result = negative(ctx, Image(film(prints.grey, ORANGE)), film="colour", balance=1.0).pixels
    assert np.ptp(inner(result), axis=2).mean() < 0.02


def test_a_black_and_white_negative_becomes_grey(ctx, prints):
    result = negative(ctx, Image(film(prints.grey, CLEAR))).pixels
    assert is_grey(result)
    assert distance(inner(result), prints.grey) < 0.08
    assert "Black-and-white film" in ctx.notes[0]


def test_order_turns_round(ctx):
    ramp = np.repeat(np.linspace(0.1, 0.9, 400, dtype=np.float32)[None, :, None], 3, axis=2)
    result = negative(ctx, Image(np.ascontiguousarray(np.repeat(ramp, 50, axis=0)))).pixels[0, :, 0]
    assert (np.diff(result) <= 0).all()
    assert result[0] > 0.9
    assert result[-1] < 0.1


def test_the_light_of_the_scanner_beside_the_film_is_no_base(ctx, prints):
    scan = film(prints.grey, CLEAR)
    lit = np.pad(scan, ((30, 30), (30, 30), (0, 0)), constant_values=1.0)
    alone, beside = (inner(negative(ctx, Image(each)).pixels, rim) for each, rim in ((scan, 12), (lit, 42)))
    assert distance(alone, beside) < 0.05


def test_contrast_and_brightness_turn_the_way_they_say(ctx, prints):
    image = Image(film(prints.grey, CLEAR))
    soft, hard = (luma(inner(negative(ctx, image, contrast=value, levels=False).pixels)).mean() for value in (0.6, 1.4))
    assert hard < soft
    dark, light = (luma(inner(negative(ctx, image, brightness=value).pixels)).mean() for value in (-0.5, 0.5))
    assert dark < light


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_empty_film_is_left_as_it_is(ctx, value):
    image = Image(np.full((40, 60, 3), value, np.float32))
    assert negative(ctx, image) is image
    assert "shows nothing" in ctx.notes[0]
