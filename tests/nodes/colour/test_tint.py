from __future__ import annotations

import numpy as np
import pytest

from nodes.colour.lab import lab_from_srgb, srgb_from_lab
from nodes.colour.tint import OWN, tint
from nodes.colour.toners import TONERS, curve, shades_of, toned
from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey, srgb_from_hex

TONES = (*TONERS, OWN)


@pytest.fixture
def ramp():
    """From black to white in 256 steps of lightness."""
    light = np.tile(np.linspace(0, 100, 256, dtype=np.float32), (4, 1))
    return srgb_from_lab(light, np.zeros((4, 256, 2), np.float32))


def lab_of(pixels):
    light, found = lab_from_srgb(np.asarray(pixels))
    return light[0], found[0]


@pytest.mark.parametrize("tone", TONES)
def test_brightness_stays_and_black_is_black(ctx, ramp, tone):
    result = tint(ctx, Image(ramp), tone=tone, depth=2.0).pixels
    light, found = lab_of(result)
    assert np.abs(light - lab_of(ramp)[0]).max() < 0.1
    assert np.abs(found[0]).max() < 0.1


def test_tones_split_as_on_paper(ctx, ramp):
    """Selenium takes the shadows first, sepia the lights."""
    chroma = {tone: np.hypot(*lab_of(tint(ctx, Image(ramp), tone=tone).pixels)[1].T) for tone in TONES}
    assert chroma["selenium"][51] > 4 * chroma["selenium"][204]
    assert chroma["sepia"][153] > 1.5 * chroma["sepia"][26]
    assert np.allclose(chroma["split"][26], chroma["selenium"][26], atol=2)


def test_colours_are_taken_out_first(ctx, rng, ramp):
    light = np.repeat(lab_of(ramp)[0][None], 4, axis=0)
    coloured = srgb_from_lab(light, rng.normal(0, 8, (4, 256, 2)).astype(np.float32))
    one, two = (tint(ctx, Image(pixels)).pixels for pixels in (coloured, ramp))
    assert np.abs(one - two).max() < 0.003


def test_own_colour_lies_in_the_middle_tones(ctx):
    middle = srgb_from_hex("#7a6a8a")
    grey = srgb_from_lab(lab_from_srgb(middle[None, None])[0], np.zeros((1, 1, 2), np.float32))
    found = tint(ctx, Image(grey), tone=OWN, colour="#7a6a8a").pixels[0, 0]
    assert np.allclose(found, middle, atol=0.005)


def test_depth_and_strength(ctx, ramp):
    assert is_grey(tint(ctx, Image(ramp), depth=0.0).pixels, 1e-3)
    half, whole = (lab_of(tint(ctx, Image(ramp), strength=share).pixels)[1] for share in (0.5, 1.0))
    assert np.allclose(half[100], whole[100] / 2, atol=0.05)
    image = Image(ramp)
    assert tint(ctx, image, strength=0.0) is image
    assert "left as it is" in ctx.notes[0]


@pytest.mark.parametrize("shades", [*TONERS.values(), shades_of(50, 30, -40), shades_of(0, 5, 5), shades_of(100, 5, 5)])
def test_a_toner_goes_through_its_shades_without_overshooting(shades):
    points = np.array(shades)
    found = toned(points[:, 0].astype(np.float32)[None], curve(shades))[0]
    assert np.allclose(found, points[:, 1:], atol=0.5)
    assert curve(shades).min() >= points[:, 1:].min() - 1e-3
    assert curve(shades).max() <= points[:, 1:].max() + 1e-3
