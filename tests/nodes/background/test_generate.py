from __future__ import annotations

from dataclasses import replace as changed

import imagecodecs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.background.generate import LONGEST, STUDIO, drawn_size, generate
from nodes.background.replace import replace
from nodes.kinds.addons import Addons, Lora
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.pixels.colour import linear_from_srgb, srgb_from_linear
from nodes.pixels.profile import convert

QUICK = {"model": "tiny-sd1", "steps": 1, "guidance": 1.0}
COLOURS = {**QUICK, "one_tone": False}

sides = st.integers(1, 20_000)


@pytest.fixture
def ctx(lend, tiny_diffusion):
    return lend(tiny_diffusion)


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


@pytest.mark.parametrize("model", ["tiny-sd1", "tiny-sd2", "tiny-sdxl", STUDIO])
def test_the_subject_stays_to_the_last_bit(ctx, photo, mask, model):
    result, backdrop = generate(ctx, photo, mask, **{**QUICK, "model": model})
    assert np.array_equal(result.pixels[mask.values == 1], photo.pixels[mask.values == 1])
    assert np.array_equal(result.pixels[mask.values == 0], backdrop.pixels[mask.values == 0])


def test_soft_edges_mix_as_light(ctx, photo, mask):
    result, backdrop = generate(ctx, photo, mask, **COLOURS)
    share = mask.values[50, 75]
    light = share * linear_from_srgb(photo.pixels[50, 75]) + (1 - share) * linear_from_srgb(backdrop.pixels[50, 75])
    assert np.allclose(result.pixels[50, 75], srgb_from_linear(light.astype(np.float32)), atol=1e-5)


@given(sides, sides, st.sampled_from([512, 768, 1024]))
def test_as_many_pixels_as_the_model_was_trained_on(height, width, side):
    down, across = drawn_size((height, width), side, 8)
    assert down % 8 == across % 8 == 0
    assert abs(down * across / side**2 - 1) < 0.03
    wanted = np.clip(height / width, 1 / LONGEST, LONGEST)
    assert abs(down / across / wanted - 1) < 0.03


def test_a_panorama_shows_the_middle_of_what_is_drawn(ctx, rng):
    size = 40, 400
    mask = np.zeros(size, np.float32)
    mask[10:30, 180:220] = 1
    photo = Image(rng.random((*size, 3), np.float32))
    wide = generate(ctx, photo, Mask(mask), **COLOURS).backdrop
    assert (wide.height, wide.width) == size
    # Drawn twice as wide as high, a tenth of that height remains; crops are whole pixels of what is drawn.
    square = Image(rng.random((200, 400, 3), np.float32))
    whole = generate(ctx, square, Mask(np.pad(mask, ((80, 80), (0, 0)))), **COLOURS).backdrop.pixels
    near, far = (np.corrcoef(wide.pixels.ravel(), whole[top : top + 40].ravel())[0, 1] for top in (80, 0))
    assert near > 0.9 > far + 0.2


def test_the_seed_decides(ctx, photo, mask):
    first, again, other = (generate(ctx, photo, mask, **COLOURS, seed=seed).backdrop.pixels for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert np.abs(first - other).mean() > 0.005


def test_it_comes_in_the_photos_profile(ctx, photo, mask):
    wide = changed(photo, origin=Origin(profile=imagecodecs.cms_profile("adobergb")))
    here, there = (generate(ctx, each, mask, **COLOURS).backdrop for each in (photo, wide))
    assert there.origin.profile == wide.origin.profile
    assert np.abs(here.pixels - there.pixels).max() > 0.01
    assert np.abs(here.pixels - convert(there.pixels, wide.origin.profile, None)).mean() < 0.005


def test_a_grey_photo_gets_a_grey_background(ctx, photo, mask):
    grey = Image(np.repeat(photo.pixels[..., :1], 3, axis=2))
    assert np.ptp(generate(ctx, grey, mask, **QUICK).backdrop.pixels, axis=2).max() < 1e-5


def test_a_sepia_photo_gets_a_sepia_background(ctx, photo, mask):
    sepia = Image((photo.pixels[..., :1] * np.array([1.0, 0.85, 0.65])).astype(np.float32))
    made = generate(ctx, sepia, mask, **QUICK).backdrop.pixels
    for channel, share in ((1, 0.85), (2, 0.65)):
        found = made[..., channel] / made[..., 0]
        # In the brightest places red is clipped.
        assert np.median(found) == pytest.approx(share, abs=0.01)
        assert np.abs(found - share).max() < 0.15


@pytest.mark.parametrize(
    ("marked", "settings", "why"),
    [(0, {}, "Nothing is marked"), (1, {}, "All of the photo"), (0.5, {"prompt": " \n"}, "No words")],
)
def test_where_nothing_is_to_be_drawn_the_photo_is_unchanged(ctx, photo, marked, settings, why):
    flat = Mask(np.full((90, 120), marked, np.float32))
    result, backdrop = generate(ctx, photo, flat, **QUICK, **settings)
    assert result is photo
    assert backdrop is photo
    assert why in ctx.notes[-1]
    assert "unchanged" in ctx.notes[-1]


def test_without_a_model_it_is_the_studio_of_replace_background(photo, mask):
    alone = Context(allocate=lambda shape: np.empty(shape, np.float32))
    made = generate(alone, photo, mask, model=STUDIO, prompt="", seed=3)
    assert np.array_equal(made.image.pixels, replace(alone, photo, mask, kind="studio", seed=3).image.pixels)


def test_another_size_is_refused(ctx, photo):
    with pytest.raises(StepError, match="photo and the mask"):
        generate(ctx, photo, Mask(np.ones((9, 9), np.float32)), **QUICK)


def test_a_missing_addon_is_named_and_the_next_run_works(ctx, photo, mask):
    with pytest.raises(StepError, match="nowhere"):
        generate(ctx, photo, mask, Addons((Lora("nowhere"),)), **QUICK)
    assert generate(ctx, photo, mask, **QUICK).image is not photo


def test_tiles_do_not_show(ctx, photo, mask, monkeypatch):
    whole = generate(ctx, photo, mask, **QUICK).image.pixels
    monkeypatch.setattr(Context.tiles, "__defaults__", (0, 32))
    assert np.abs(generate(ctx, photo, mask, **QUICK).image.pixels - whole).max() < 1e-5


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (50, 1), (600, 3)], ids=str)
def test_any_size(ctx, rng, size):
    image, mask = Image(rng.random((*size, 3), np.float32)), Mask(rng.random(size, np.float32))
    assert np.isfinite(generate(ctx, image, mask, **QUICK).image.pixels).all()


def test_it_can_be_cancelled(ctx, photo, mask):
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        generate(ctx, photo, mask, **QUICK)
