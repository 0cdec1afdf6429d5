from __future__ import annotations

import io

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from nodes.kinds.image import Image, Origin
from nodes.pixels.profile import convert, readable, same, srgb_pixels, to_profile

WIDE = imagecodecs.cms_profile(
    "rgb",
    whitepoint=[0.3127, 0.3290, 1.0],
    primaries=[0.64, 0.33, 1, 0.21, 0.71, 1, 0.15, 0.06, 1],
    gamma=2.2,
)
GREY = imagecodecs.cms_profile("gray", gamma=1.8)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
BROKEN = b"no profile at all" * 20


@pytest.fixture
def pixels(rng):
    return (0.2 + 0.6 * rng.random((12, 9, 3))).astype(np.float32)


@pytest.mark.parametrize("profile", [WIDE, GREY], ids=["wide", "grey"])
def test_there_and_back_is_the_same_picture(pixels, profile):
    there = convert(pixels, None, profile)
    assert np.abs(there - pixels).max() > 0.01
    assert np.abs(convert(there, profile, None) - pixels).max() < 1e-4


def test_a_wide_colour_beyond_srgb_survives_between_wide_profiles():
    green = np.array([[[0.0, 1.0, 0.0]]], np.float32)
    other = imagecodecs.cms_profile(
        "rgb",
        whitepoint=[0.3127, 0.3290, 1.0],
        primaries=[0.64, 0.33, 1, 0.21, 0.71, 1, 0.15, 0.06, 1],
        gamma=1.8,
    )
    assert np.abs(convert(convert(green, WIDE, other), other, WIDE) - green).max() < 1e-4


def test_matches_littlecms_through_pillow(pixels):
    eight = np.round(pixels * 255).astype(np.uint8)
    wide = ImageCms.ImageCmsProfile(io.BytesIO(WIDE))
    srgb = ImageCms.createProfile("sRGB")
    theirs = ImageCms.profileToProfile(Pillow.fromarray(eight), wide, srgb, outputMode="RGB")
    ours = convert(eight.astype(np.float32) / 255, WIDE, None)
    assert np.abs(np.asarray(theirs, np.float32) / 255 - ours).max() < 1.5 / 255


def test_grey_stays_grey(rng):
    grey = np.repeat(rng.random((6, 5, 1), dtype=np.float32), 3, axis=2)
    for source, target in [(WIDE, None), (GREY, None), (None, GREY), (GREY, WIDE)]:
        converted = convert(grey, source, target)
        assert np.ptp(converted, axis=2).max() < 1e-4


def test_results_are_clipped_and_finite():
    corners = np.array([[[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0], [1, 1, 1]]], np.float32)
    converted = convert(corners, WIDE, None)
    assert np.isfinite(converted).all()
    assert (converted.min(), converted.max()) == (0.0, 1.0)


def test_equal_profiles_return_the_pixels_themselves(pixels):
    assert convert(pixels, WIDE, WIDE) is pixels
    assert convert(pixels, SRGB, None) is pixels


def test_unreadable_profiles_count_as_srgb(pixels):
    assert not readable(BROKEN)
    assert not readable(b"")
    assert not readable(WIDE[:16] + b"CMYK" + WIDE[20:])
    assert same(BROKEN, None)
    assert convert(pixels, BROKEN, None) is pixels


def test_to_profile_changes_pixels_and_origin(ctx, pixels):
    image = Image(pixels, Origin(profile=WIDE, bits=16))
    result = to_profile(image, None, ctx)
    assert np.array_equal(result.pixels, convert(pixels, WIDE, None))
    assert (result.origin.profile, result.origin.bits) == (None, 16)
    assert ctx.notes == []


def test_to_profile_with_nothing_to_do_returns_the_image(ctx, pixels):
    image = Image(pixels, Origin(profile=WIDE))
    assert to_profile(image, WIDE, ctx) is image


def test_to_profile_between_two_spellings_of_srgb_keeps_the_pixels(ctx, pixels):
    result = to_profile(Image(pixels, Origin(profile=SRGB)), None, ctx)
    assert np.array_equal(result.pixels, pixels)
    assert result.origin.profile is None


def test_to_profile_says_that_a_profile_is_broken(ctx, pixels):
    result = to_profile(Image(pixels, Origin(profile=BROKEN)), None, ctx)
    assert np.array_equal(result.pixels, pixels)
    assert "cannot be read" in ctx.notes[0]


def test_tiles_equal_the_whole(ctx, rng):
    pixels = rng.random((1100, 1030, 3), dtype=np.float32)
    image = Image(pixels, Origin(profile=WIDE))
    assert np.array_equal(to_profile(image, None, ctx).pixels, srgb_pixels(image))
