from __future__ import annotations

from dataclasses import replace as changed

import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.background.replace import KINDS, replace
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.pixels.colour import linear_from_srgb, srgb_from_linear

RED, BLUE = "#c04020", "#2040c0"


@pytest.fixture
def photo(rng):
    return Image(rng.random((90, 120, 3), np.float32))


@pytest.fixture
def mask():
    """A square with a soft edge at its right."""
    values = np.zeros((90, 120), np.float32)
    values[30:80, 40:70] = 1
    values[30:80, 70:80] = np.linspace(0.95, 0.05, 10)
    return Mask(values)


@pytest.fixture
def picture():
    """Red left half, green right half."""
    pixels = np.zeros((40, 40, 3), np.float32)
    pixels[:, :20, 0], pixels[:, 20:, 1] = 1, 1
    return Image(pixels)


@pytest.mark.parametrize("kind", KINDS)
def test_the_subject_stays_to_the_last_bit(ctx, photo, mask, picture, kind):
    result, backdrop = replace(ctx, photo, mask, picture, kind=kind)
    assert np.array_equal(result.pixels[mask.values == 1], photo.pixels[mask.values == 1])
    assert np.array_equal(result.pixels[mask.values == 0], backdrop.pixels[mask.values == 0])


def test_soft_edges_mix_as_light(ctx, photo, mask):
    result, backdrop = replace(ctx, photo, mask, kind="colour", colour=RED, one_tone=False)
    share = mask.values[50, 75]
    light = share * linear_from_srgb(photo.pixels[50, 75]) + (1 - share) * linear_from_srgb(backdrop.pixels[50, 75])
    assert np.allclose(result.pixels[50, 75], srgb_from_linear(light.astype(np.float32)), atol=1e-5)


def test_a_colour(ctx, photo, mask):
    backdrop = replace(ctx, photo, mask, kind="colour", colour=RED, one_tone=False).backdrop
    assert np.allclose(backdrop.pixels, np.array([0xC0, 0x40, 0x20]) / 255, atol=1e-6)


@pytest.mark.parametrize(("angle", "start", "end"), [(0, (0, 60), (89, 60)), (-90, (45, 0), (45, 119))])
def test_a_gradient_runs_where_it_is_turned(ctx, photo, mask, angle, start, end):
    backdrop = replace(ctx, photo, mask, kind="gradient", colour=RED, second=BLUE, angle=angle, one_tone=False).backdrop
    assert np.allclose(backdrop.pixels[start], np.array([0xC0, 0x40, 0x20]) / 255, atol=0.01)
    assert np.allclose(backdrop.pixels[end], np.array([0x20, 0x40, 0xC0]) / 255, atol=0.01)


def test_a_studio_is_light_behind_the_subject_and_another_seed_paints_another(ctx, photo, mask):
    first, again, other = (
        replace(ctx, photo, mask, kind="studio", seed=seed, one_tone=False).backdrop.pixels for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert np.abs(first - other).mean() > 0.005
    assert first[35:60, 45:75].mean() > first[-10:, :15].mean() + 0.1


def test_the_old_background_is_blurred_without_the_subject(ctx):
    pixels = np.full((90, 120, 3), 0.3, np.float32)
    values = np.zeros((90, 120), np.float32)
    values[30:90, 40:80] = 1
    pixels[values == 1] = 1
    backdrop = replace(ctx, Image(pixels), Mask(values), kind="blurred", blur=3.0).backdrop
    assert np.allclose(backdrop.pixels, 0.3, atol=0.01)


def test_the_blur_is_as_wide_as_asked(ctx, mask):
    pixels = np.zeros((90, 120, 3), np.float32)
    pixels[:, :20] = 0.8
    sharp, soft = (
        np.abs(np.diff(replace(ctx, Image(pixels), mask, kind="blurred", blur=blur).backdrop.pixels[5, :, 0])).max()
        for blur in (0.5, 5.0)
    )
    assert soft < sharp / 3


@pytest.mark.parametrize(
    ("fit", "left", "right", "top"),
    [("cover", "red", "green", "red"), ("stretch", "red", "green", "red"), ("contain", "blue", "blue", "red")],
)
def test_a_picture_is_fitted(ctx, photo, mask, picture, fit, left, right, top):
    seen = {"red": (1, 0, 0), "green": (0, 1, 0), "blue": np.array([0x20, 0x40, 0xC0]) / 255}
    made = replace(ctx, photo, mask, picture, kind="picture", fit=fit, colour=BLUE, one_tone=False).backdrop.pixels
    assert np.allclose(made[45, 2], seen[left], atol=0.01)
    assert np.allclose(made[45, 117], seen[right], atol=0.01)
    assert np.allclose(made[1, 50], seen[top], atol=0.01)


def test_a_picture_is_moved_and_scaled(ctx, photo, mask, picture):
    moved = replace(ctx, photo, mask, picture, kind="picture", across=25, one_tone=False).backdrop.pixels
    assert np.allclose(moved[45, 80], (1, 0, 0), atol=0.01)
    small = replace(ctx, photo, mask, picture, kind="picture", scale=0.5, colour=BLUE, one_tone=False).backdrop.pixels
    assert np.allclose(small[45, 10], np.array([0x20, 0x40, 0xC0]) / 255, atol=0.01)
    assert np.allclose(small[45, 50], (1, 0, 0), atol=0.01)


def test_a_picture_moved_out_of_sight_leaves_the_colour(ctx, photo, mask, picture):
    made = replace(ctx, photo, mask, picture, kind="picture", scale=0.2, across=100, colour=BLUE, one_tone=False)
    assert np.ptp(made.backdrop.pixels, axis=(0, 1)).max() == 0


def test_a_picture_comes_in_the_photos_profile(ctx, photo, mask, picture):
    import imagecodecs

    wide = changed(photo, origin=Origin(profile=imagecodecs.cms_profile("adobergb")))
    made = replace(ctx, wide, mask, picture, kind="picture", one_tone=False).backdrop
    assert made.origin.profile == wide.origin.profile
    assert np.abs(made.pixels[45, 10] - (1, 0, 0)).max() > 0.1


def test_no_picture_says_what_to_do(ctx, photo, mask):
    with pytest.raises(StepError, match="No picture"):
        replace(ctx, photo, mask, kind="picture")


def test_a_sepia_photo_gets_a_sepia_background(ctx, mask, rng):
    light = rng.random((90, 120, 1), np.float32)
    sepia = (light * np.array([1.0, 0.85, 0.65], np.float32)).astype(np.float32)
    made = replace(ctx, Image(sepia), mask, kind="colour", colour=BLUE).backdrop.pixels
    assert np.allclose(made[..., 1] / made[..., 0], 0.85, atol=0.03)
    assert np.allclose(made[..., 2] / made[..., 0], 0.65, atol=0.03)


def test_tiles_do_not_show(ctx, photo, mask, picture, monkeypatch):
    whole = {kind: replace(ctx, photo, mask, picture, kind=kind).image.pixels for kind in KINDS}
    monkeypatch.setattr(Context.tiles, "__defaults__", (0, 32))
    for kind in KINDS:
        assert np.abs(replace(ctx, photo, mask, picture, kind=kind).image.pixels - whole[kind]).max() < 1e-5


def test_without_a_subject_the_photo_is_unchanged(ctx, photo):
    result = replace(ctx, photo, Mask(np.zeros((90, 120), np.float32)))
    assert result.image is photo
    assert "unchanged" in ctx.notes[-1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(1, 1), (1, 50), (50, 1), (600, 3)], ids=str)
def test_any_size(ctx, rng, picture, kind, size):
    image, mask = Image(rng.random((*size, 3), np.float32)), Mask(rng.random(size, np.float32))
    assert np.isfinite(replace(ctx, image, mask, picture, kind=kind).image.pixels).all()


def test_it_can_be_cancelled(ctx, photo, mask):
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        replace(ctx, photo, mask)
