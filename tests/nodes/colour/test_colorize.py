from __future__ import annotations

from dataclasses import replace

import imagecodecs
import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from graph.pool import Pool
from nodes.colour.colorize import colorize
from nodes.colour.lab import lab_from_srgb
from nodes.kinds.arrays import allocator
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf
from nodes.pixels.profile import convert
from tests.nodes.models.tiny_colour import FILES, tiny_ddcolor

MODEL = FILES["ddcolor-modelscope"]


@pytest.fixture(scope="module")
def lender(tmp_path_factory):
    """Lends a random DDColor, loaded once for all tests here."""
    folder = tmp_path_factory.mktemp("colour")
    tiny_ddcolor(folder)
    return Lending(Pool(2**30), Shelf([folder]), Device("cpu", "full"))


@pytest.fixture
def real(ctx, lender):
    return replace(ctx, lender=lender)


def light_of(pixels):
    return lab_from_srgb(np.asarray(pixels))[0]


def tint_of(pixels):
    return lab_from_srgb(np.asarray(pixels))[1]


def test_a_network_colours_and_the_brightness_stays(real, grey):
    result = colorize(real, Image(grey), model=MODEL, size=256).pixels
    assert np.linalg.norm(tint_of(result), axis=-1).mean() > 5
    assert np.abs(light_of(result) - light_of(grey)).max() < 0.05


def test_a_photo_in_colour_may_keep_its_colours_and_sepia_is_none(ctx, guessing, grey, rng):
    colours = Image(rng.random((64, 96, 3), dtype=np.float32))
    assert colorize(ctx, colours, keep_colours=True) is colours
    assert "has colours" in ctx.notes[0]
    sepia = Image(grey * np.array([1.0, 0.9, 0.75], np.float32))
    assert np.abs(colorize(guessing((30, 20)), sepia, keep_colours=True).pixels - sepia.pixels).max() > 0.05


@pytest.mark.parametrize("answer", [(30, 20), (-175, 0), (180, 180), (0, -180), (1e6, -1e6)])
def test_brightness_stays_whatever_is_guessed(guessing, grey, answer):
    result = colorize(guessing(answer), Image(grey)).pixels
    assert np.abs(light_of(result) - light_of(grey)).max() < 0.05
    tint = tint_of(result)
    assert (tint @ np.sign(answer) > 0).all()


def test_what_is_guessed_is_what_comes(guessing, grey):
    tint = tint_of(colorize(guessing((20, 10)), Image(grey)).pixels)
    assert np.abs(tint - (20, 10)).max() < 0.1


def test_the_network_sees_a_grey_square_of_the_photo(guessing, grey):
    ctx = guessing((0, 0))
    colorize(ctx, Image(grey), size=300)
    seen = ctx.lender.seen
    assert seen.shape == (320, 320)
    assert seen[:, :150].mean() == pytest.approx(0.25, abs=0.01)
    assert seen[:, 170:].mean() == pytest.approx(0.7, abs=0.01)


@pytest.mark.parametrize("given", [{"strength": 0.0}, {"mask": Mask(np.zeros((60, 90), np.float32))}])
def test_nothing_wanted_is_nothing_done(ctx, grey, given):
    image = Image(grey)
    assert colorize(ctx, image, **given) is image
    assert "left as it is" in ctx.notes[0]


def test_strength_and_saturation(guessing, grey):
    half = tint_of(colorize(guessing((30, 0)), Image(grey), strength=0.5).pixels)
    vivid = tint_of(colorize(guessing((30, 0)), Image(grey), saturation=1.5).pixels)
    assert np.abs(half - (15, 0)).max() < 0.1
    assert np.abs(np.median(vivid, axis=(0, 1)) - (45, 0)).max() < 0.1
    assert np.abs(tint_of(colorize(guessing((30, 0)), Image(grey), saturation=0.0).pixels)).max() < 0.1


def test_colour_keeps_to_its_side_of_an_edge(guessing, grey):
    bled = np.zeros((512, 512, 2))
    bled[..., 0] = 40 * np.tanh((255.5 - np.arange(512)) / 8)
    images = [colorize(guessing(bled), Image(grey), edges=edges, blur=2.0) for edges in (0.0, 1.0)]
    off = [np.abs(tint_of(image.pixels)[:, 43:47, 0] - (40, 40, -40, -40)).mean() for image in images]
    assert off[1] < 0.5 * off[0]


def test_only_the_masked_part_is_coloured(guessing, grey):
    values = np.zeros((60, 90), np.float32)
    values[:, 60:] = 1.0
    hard, soft = (colorize(guessing((30, 0)), Image(grey), Mask(values), mask_blur=blur).pixels for blur in (0, 8))
    assert np.array_equal(hard[:, :60], grey[:, :60])
    assert np.abs(tint_of(hard)[:, 60:] - (30, 0)).max() < 0.1
    assert np.array_equal(soft[:, :40], grey[:, :40])
    ramp = tint_of(soft)[..., 0].mean(axis=0)
    assert ramp[59] == pytest.approx(15, abs=2)
    assert ramp[52] < ramp[57] < ramp[62] < ramp[67]


def test_a_mask_of_another_size_is_refused(ctx, grey):
    with pytest.raises(StepError, match="sizes of the mask and the photo differ"):
        colorize(ctx, Image(grey), Mask(np.ones((3, 3), np.float32)))


def test_a_photo_in_colour_is_coloured_anew_and_says_so(guessing, grey):
    sepia = grey * np.array([1.0, 0.9, 0.7], np.float32)
    ctx = guessing((-20, 15))
    result = colorize(ctx, Image(sepia)).pixels
    assert "not grey" in ctx.notes[0]
    assert np.abs(tint_of(result) - (-20, 15)).max() < 0.1
    assert np.abs(light_of(result) - light_of(sepia)).max() < 0.05


def test_a_grey_profile_gets_colour_too(guessing, grey):
    gamma = imagecodecs.cms_profile("gray", gamma=1.8)
    image = Image(grey, Origin("L", 16, gamma))
    result = colorize(guessing((20, 10)), image)
    assert result.origin == image.origin
    shown = convert(result.pixels, gamma, None)
    assert np.abs(tint_of(shown) - (20, 10)).max() < 0.5
    assert np.abs(light_of(shown) - light_of(convert(grey, gamma, None))).max() < 0.2


def test_tiles_do_not_show(guessing, rng, monkeypatch):
    pixels = np.repeat(rng.random((70, 110, 1), np.float32), 3, axis=2)
    answer = rng.normal(0, 20, (512, 512, 2))
    mask = Mask(rng.random((70, 110), np.float32))
    whole = colorize(guessing(answer), Image(pixels), mask).pixels
    monkeypatch.setattr(Context.tiles, "__defaults__", (0, 32))
    assert np.abs(colorize(guessing(answer), Image(pixels), mask).pixels - whole).max() < 1e-5


def test_16_bits_are_kept(guessing):
    ramp = np.linspace(0.3, 0.31, 2000, dtype=np.float32)
    image = Image(np.broadcast_to(ramp[None, :, None], (4, 2000, 3)).copy())
    light = light_of(colorize(guessing((10, 10)), image).pixels)[0]
    assert np.unique(light).size > 1000
    assert np.abs(light - light_of(image.pixels)[0]).max() < 0.01


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (7, 5), (33, 47)], ids=str)
@pytest.mark.parametrize("level", [0.0, 0.4, 1.0])
def test_any_size_and_black_and_white(guessing, size, level):
    result = colorize(guessing((40, -60)), Image(np.full((*size, 3), level, np.float32))).pixels
    assert np.isfinite(result).all()
    assert (np.ptp(result, axis=2) > 0).all() == (level == 0.4)


def test_it_can_be_cancelled(tmp_path, real, grey):
    ctx = replace(real, allocate=allocator(tmp_path))
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        colorize(ctx, Image(grey), model=MODEL)
    ctx.cancelled.clear()
