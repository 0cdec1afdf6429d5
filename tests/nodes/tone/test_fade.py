from __future__ import annotations

import numpy as np
import pytest

from nodes.damage.age import age
from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey, luma
from nodes.tone.fade import fade


def distance(first, second):
    return float(np.sqrt(np.mean((first - second) ** 2)))


def test_a_faded_colour_print_comes_nearer_to_what_it_was(ctx, prints):
    result = fade(ctx, Image(prints.faded), strength=1.0).pixels
    assert distance(result, prints.sound) < 0.65 * distance(prints.faded, prints.sound)


def test_strength_goes_part_of_the_way(ctx, prints):
    half, whole = (fade(ctx, Image(prints.faded), strength=share).pixels for share in (0.5, 1.0))
    assert distance(whole, prints.sound) < distance(half, prints.sound) < distance(prints.faded, prints.sound)


@pytest.mark.parametrize("state", ["sound", "grey", "sepia"])
def test_a_sound_print_is_left_as_it_is(ctx, prints, state):
    image = Image(getattr(prints, state))
    assert fade(ctx, image) is image
    assert ctx.notes == ["Not faded: left as it is."]


def test_a_washed_out_sepia_print_gets_depth_and_keeps_its_tone(ctx, prints):
    washed = prints.washed(prints.sepia)
    result = fade(ctx, Image(washed)).pixels
    assert np.std(luma(result)) > 1.3 * np.std(luma(washed))
    warmth = (result[..., 0] - result[..., 2]).mean()
    assert warmth > 0.6 * (washed[..., 0] - washed[..., 2]).mean()


def test_a_toned_print_can_become_neutral(ctx, prints):
    for pixels in (prints.sepia, prints.washed(prints.sepia)):
        assert is_grey(fade(ctx, Image(pixels), tone="neutral").pixels, tolerance=1e-6)


def test_grey_stays_grey(ctx, prints):
    assert is_grey(fade(ctx, Image(prints.washed(prints.grey))).pixels)


@pytest.mark.parametrize("border", [0.0, 1.0])
def test_a_border_does_not_mislead(ctx, prints, border):
    framed = fade(ctx, Image(prints.framed(prints.faded, border))).pixels[20:-20, 20:-20]
    assert distance(framed, fade(ctx, Image(prints.faded)).pixels) < 0.03


def test_no_brightness_is_clipped(ctx, prints):
    light = luma(fade(ctx, Image(prints.faded)).pixels)
    assert np.mean(light <= 0.0) < 0.001
    assert np.mean(light >= 1.0) < 0.001


@pytest.mark.parametrize("amounts", [{"fading": 0.9, "yellowing": 0.2}, {"fading": 0.7, "yellowing": 0.6}])
def test_an_aged_photo_comes_nearer_by_a_fifth_at_least(ctx, prints, amounts):
    nothing = dict.fromkeys(("scratches", "creases", "dust", "hairs", "stains", "torn", "grain", "softness"), 0.0)
    aged = age(ctx, Image(prints.sound), **nothing, **amounts).image
    result = fade(ctx, aged).pixels
    assert distance(result, prints.sound) < 0.8 * distance(aged.pixels, prints.sound)


def test_a_dull_subject_is_not_stretched_to_black_and_white(ctx, prints):
    """What fading explains is taken back: mist stays mist."""
    misty = (0.3 + 0.35 * prints.sound).astype(np.float32)
    result = luma(fade(ctx, Image(misty)).pixels)
    assert np.quantile(result, 0.995) < 0.85


def test_a_face_does_not_flush(ctx, prints):
    pixels = (0.3 + 0.3 * prints.sound + 0.2 * prints.grey).astype(np.float32)
    pixels[80:140, 80:140] = [0.66, 0.58, 0.54]
    free, kept = (fade(ctx, Image(pixels), skin=share).pixels[110, 110] for share in (0.0, 1.0))
    assert np.ptp(kept) < 0.95 * np.ptp(free)


def test_skin_turns_less_when_kept(ctx, prints):
    """A face of the right hue in a print whose background says that everything is too blue."""
    pixels = prints.faded.copy()
    pixels[80:140, 80:140] = [0.80, 0.62, 0.52]
    free, kept = (fade(ctx, Image(pixels), skin=share).pixels[110, 110] for share in (0.0, 1.0))

    def hue(colour):
        light = luma(colour[None, None])[0, 0]
        return np.arctan2(colour[2] - light, colour[0] - light)

    before = hue(np.array([0.80, 0.62, 0.52], np.float32))
    assert abs(hue(kept) - before) <= abs(hue(free) - before) + 1e-6


def test_a_blank_sheet_is_left_as_it_is(ctx):
    blank = Image(np.full((60, 40, 3), 0.5, np.float32))
    assert fade(ctx, blank) is blank


def test_tiles_do_not_show(ctx, prints):
    large = np.tile(prints.faded, (5, 5, 1))
    result = fade(ctx, Image(large)).pixels
    assert np.array_equal(result[:256, :256], result[1024:, 1024:])
