from __future__ import annotations

import imagecodecs
import numpy as np
import pytest

from graph.context import Context
from nodes.colour.hints import hints
from nodes.colour.lab import lab_from_srgb, srgb_from_lab
from nodes.kinds.image import Image, Origin
from nodes.pixels.colour import srgb_from_hex
from nodes.pixels.profile import convert

RED, GREEN, NEUTRAL = "#a07060", "#5c7050", "#808080"


def stroke(colour, *points, size=5, **more):
    return {"points": [list(point) for point in points], "size": size, "colour": colour, **more}


LEFT = stroke(RED, (8, 20), (16, 40))
RIGHT = stroke(GREEN, (70, 20), (80, 40))


def tint_of(pixels):
    return lab_from_srgb(np.asarray(pixels))[1]


def light_of(pixels):
    return lab_from_srgb(np.asarray(pixels))[0]


def tint_named(colour):
    return tint_of(srgb_from_hex(colour)[None, None])[0, 0]


@pytest.fixture
def coloured(grey):
    """The grey scene in two pale colours."""
    tint = np.where((np.arange(90) < 45)[None, :, None], (5, 15), (-10, -12)) * np.ones((60, 1, 1))
    return srgb_from_lab(light_of(grey), tint.astype(np.float32))


def test_each_stroke_colours_its_half(ctx, grey):
    found = tint_of(hints(ctx, Image(grey), strokes=[LEFT, RIGHT]).pixels)
    assert np.abs(found[:, :42] - tint_named(RED)).mean() < 3
    assert np.abs(found[:, 48:] - tint_named(GREEN)).mean() < 3


def test_brightness_stays(ctx, grey):
    result = hints(ctx, Image(grey), strokes=[LEFT, RIGHT], saturation=2.0).pixels
    assert np.abs(light_of(result) - light_of(grey)).max() < 0.05


def test_one_stroke_colours_a_grey_photo_all_over(ctx, grey):
    found = tint_of(hints(ctx, Image(grey), strokes=[LEFT]).pixels)
    assert np.abs(found - tint_named(RED)).mean() < 2


def test_a_grey_stroke_protects(ctx, grey):
    result = hints(ctx, Image(grey), strokes=[LEFT, stroke(NEUTRAL, (70, 20), (80, 40))]).pixels
    assert np.array_equal(result[:, 50:], grey[:, 50:])
    assert np.abs(tint_of(result)[:, :40] - tint_named(RED)).mean() < 3


def test_own_colours_stay_where_no_stroke_reaches(ctx, coloured):
    result = hints(ctx, Image(coloured), strokes=[LEFT]).pixels
    assert np.array_equal(result[:, 50:], coloured[:, 50:])
    assert np.abs(tint_of(result)[25:35, 8:16] - tint_named(RED)).mean() < 5


def test_or_go_if_they_are_not_to_be_kept(ctx, coloured):
    found = tint_of(hints(ctx, Image(coloured), strokes=[LEFT], keep=False).pixels)
    assert np.abs(found - tint_named(RED)).mean() < 2


def test_a_wider_reach_colours_more(ctx, coloured):
    near, far = (
        np.abs(tint_of(hints(ctx, Image(coloured), strokes=[LEFT], reach=reach).pixels) - tint_of(coloured)).mean()
        for reach in (2.0, 40.0)
    )
    assert near < far


def test_strength_and_saturation(ctx, grey):
    half = tint_of(hints(ctx, Image(grey), strokes=[LEFT], strength=0.5).pixels)[:, :40].mean(axis=(0, 1))
    pale = tint_of(hints(ctx, Image(grey), strokes=[LEFT], saturation=0.5).pixels)[:, :40].mean(axis=(0, 1))
    assert np.allclose(half, tint_named(RED) / 2, atol=2)
    assert np.allclose(pale, half, atol=1)


def test_a_later_stroke_covers_an_earlier_one_and_erasing_uncovers(ctx, grey):
    over = stroke(GREEN, (8, 20), (16, 40), size=9)
    plain, covered = (hints(ctx, Image(grey), strokes=each).pixels for each in ([over], [LEFT, over]))
    assert np.abs(tint_of(covered) - tint_of(plain)).max() < 1
    image = Image(grey)
    assert hints(ctx, image, strokes=[LEFT, {**over, "erase": True}]) is image


@pytest.mark.parametrize(
    "given",
    [
        {"strokes": []},
        {"strokes": [LEFT], "strength": 0.0},
        {"strokes": [stroke(RED, (500, 500))]},
        {"strokes": [stroke(NEUTRAL, (20, 20))]},
    ],
)
def test_nothing_wanted_is_nothing_done(ctx, grey, given):
    image = Image(grey)
    assert hints(ctx, image, **given) is image
    assert "left as it is" in ctx.notes[0]


def test_lasso_and_flood_colour_too(ctx, grey):
    lasso = stroke(RED, (5, 5), (30, 5), (30, 55), (5, 55), tool="lasso")
    flood = stroke(GREEN, (70, 30), tool="flood", tolerance=0.2)
    found = tint_of(hints(ctx, Image(grey), strokes=[lasso, flood]).pixels)
    assert np.abs(found[10:50, 8:28] - tint_named(RED)).mean() < 2
    assert np.abs(found[10:50, 55:85] - tint_named(GREEN)).mean() < 2


def test_a_grey_profile_gets_colour_too(ctx, grey):
    gamma = imagecodecs.cms_profile("gray", gamma=1.8)
    result = hints(ctx, Image(grey, Origin("L", 16, gamma)), strokes=[LEFT])
    shown = convert(result.pixels, gamma, None)
    assert np.abs(tint_of(shown) - tint_named(RED)).mean() < 2


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (2, 3)])
@pytest.mark.parametrize("level", [0.0, 0.4, 1.0])
def test_any_size_and_black_and_white(ctx, shape, level):
    image = Image(np.full((*shape, 3), level, np.float32))
    assert np.isfinite(hints(ctx, image, strokes=[stroke(RED, (0, 0), (1, 1))]).pixels).all()


def test_tiles_do_not_show(ctx, grey, monkeypatch):
    strokes = [LEFT, RIGHT]
    whole = hints(ctx, Image(grey), strokes=strokes).pixels
    monkeypatch.setattr(Context.tiles, "__defaults__", (0, 32))
    assert np.abs(hints(ctx, Image(grey), strokes=strokes).pixels - whole).max() < 1e-5


def test_a_large_photo_gets_what_its_small_copy_gets(ctx, grey):
    """Strokes are in pixels of the photo, and colours are spread on a copy of half a megapixel."""
    large = np.kron(grey, np.ones((16, 16, 1), np.float32))
    strokes = [{**each, "points": (np.array(each["points"]) * 16).tolist(), "size": 80} for each in (LEFT, RIGHT)]
    found = tint_of(hints(ctx, Image(large), strokes=strokes).pixels)
    assert np.abs(found[:, : 42 * 16] - tint_named(RED)).mean() < 3
    assert np.abs(found[:, 48 * 16 :] - tint_named(GREEN)).mean() < 3
