from __future__ import annotations

import numpy as np
import pytest

from nodes.colour.cast import cast_of
from nodes.colour.correct import correct
from nodes.colour.lab import lab_from_srgb, srgb_from_lab
from nodes.colour.statistics import sample
from nodes.kinds.image import Image


@pytest.fixture
def sound(rng):
    """Patches of many colours around grey."""
    import cv2

    patches = cv2.resize(rng.normal(0, 1, (24, 32, 3)).astype(np.float32), (160, 120), interpolation=cv2.INTER_CUBIC)
    return srgb_from_lab((50 + 16 * patches[..., 0]).clip(12, 92), 7 * patches[..., 1:])


@pytest.fixture
def crossed(sound):
    """With blue shadows and yellow lights, as a faded print has."""
    light, tint = lab_from_srgb(sound)
    return srgb_from_lab(light, tint + np.stack([np.full_like(light, 14), (light - 50) * 0.4], axis=-1))


def lab(pixels):
    return np.dstack(lab_from_srgb(np.asarray(pixels)))


def error(pixels, true):
    return np.abs(lab(pixels) - lab(true))[..., 1:].mean()


def test_a_cast_that_differs_in_shadows_and_lights_is_taken_out(ctx, sound, crossed):
    result = correct(ctx, Image(crossed), cast=1.0).pixels
    assert error(result, sound) < 0.6 * error(crossed, sound)
    assert "cast" in ctx.notes[0]


@pytest.mark.parametrize("given", [{}, {"cast": 1.0}])
def test_a_sound_photo_is_left_alone(ctx, sound, given):
    image = Image(sound)
    assert correct(ctx, image, **given) is image
    assert "left as it is" in ctx.notes[0]


def test_a_toned_print_has_no_cast(ctx, grey):
    sepia = Image(grey * np.array([1.0, 0.88, 0.7], np.float32))
    assert cast_of(sample(ctx, sepia)) is None
    assert correct(ctx, sepia, cast=1.0) is sepia


@pytest.mark.parametrize("given", [{"cast": 1.0}, {"saturation": 2.0}, {"vibrance": -1.0}])
def test_a_grey_photo_stays_as_it_is(ctx, grey, given):
    image = Image(grey)
    assert correct(ctx, image, **given) is image


@pytest.mark.parametrize("given", [{"saturation": 2.0}, {"vibrance": 1.0}, {"warmth": 1.0, "pinkness": -1.0}])
def test_brightness_stays(ctx, sound, given):
    assert np.abs(lab(correct(ctx, Image(sound), **given).pixels) - lab(sound))[..., 0].max() < 0.05


def test_warmth_and_pinkness_have_the_sides_they_are_named_for(ctx, sound):
    warm, cold, pink, green = (
        correct(ctx, Image(sound), **given).pixels.mean(axis=(0, 1))
        for given in ({"warmth": 0.5}, {"warmth": -0.5}, {"pinkness": 0.5}, {"pinkness": -0.5})
    )
    assert warm[0] - warm[2] > cold[0] - cold[2] + 0.1
    assert green[1] - green[0] > pink[1] - pink[0] + 0.1


def test_no_saturation_is_grey(ctx, sound):
    assert np.ptp(correct(ctx, Image(sound), saturation=0.0).pixels, axis=2).max() < 1e-3


def swatch(chroma, hue):
    angle = np.deg2rad(hue)
    tint = np.float32(chroma) * np.array([np.cos(angle), np.sin(angle)], np.float32)
    return srgb_from_lab(np.full((2, 2), 60, np.float32), np.broadcast_to(tint, (2, 2, 2)))


def gain(ctx, chroma, hue, **given):
    result = lab(correct(ctx, Image(swatch(chroma, hue)), **given).pixels)[0, 0, 1:]
    return np.linalg.norm(result) / chroma


def test_vibrance_is_for_pale_colours_and_spares_skin(ctx):
    assert gain(ctx, 8, 250, vibrance=1.0) > gain(ctx, 35, 250, vibrance=1.0) + 0.2
    skin, free = (gain(ctx, 20, 50, vibrance=1.0, skin=share) for share in (1.0, 0.0))
    assert skin == pytest.approx(1, abs=0.02)
    assert free > 1.4


@pytest.mark.parametrize("level", [0.0, 0.4, 1.0])
def test_black_white_and_tiny(ctx, level):
    for shape in ((1, 1), (1, 50)):
        pixels = np.full((*shape, 3), level, np.float32)
        assert np.isfinite(correct(ctx, Image(pixels), cast=1.0, warmth=1.0).pixels).all()
