from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from skimage import data

from graph.errors import Cancelled
from nodes.damage import age as module
from nodes.damage.age import age
from nodes.kinds.image import Image

NOTHING = dict.fromkeys(
    ("scratches", "creases", "dust", "hairs", "stains", "torn", "fading", "yellowing", "grain", "softness"), 0.0
)


@pytest.fixture(scope="module")
def photo() -> Image:
    return Image((data.astronaut()[:320, :400] / 255).astype(np.float32))


@pytest.fixture(scope="module")
def grey(photo) -> Image:
    return photo.like(np.repeat(photo.pixels[..., 1:2], 3, axis=2))


def test_with_everything_at_0_it_is_the_same_photo(ctx, photo):
    image, mask = age(ctx, photo, **NOTHING)
    assert image is photo
    assert not mask.values.any()
    assert "left as it is" in ctx.notes[-1]


def test_by_default_it_looks_old_and_still_shows_what_it_showed(ctx, photo):
    image, mask = age(ctx, photo)
    assert 0.002 < mask.values.mean() < 0.2
    before, after = photo.pixels.mean(axis=(0, 1)), image.pixels.mean(axis=(0, 1))
    assert after[0] / after[2] > 1.04 * before[0] / before[2]
    sound = mask.values == 0
    together = np.corrcoef(image.pixels[sound, 1], photo.pixels[sound, 1])[0, 1]
    assert together > 0.9


@pytest.mark.parametrize("group", ["scratches", "creases", "dust", "hairs", "stains", "torn"])
def test_the_mask_is_exactly_where_damage_can_be_seen(ctx, photo, group):
    """Apart from the scanner's blur, which everything gets."""
    image, mask = age(ctx, photo, **{**NOTHING, group: 1.0}, seed=5)
    plain, _ = age(ctx, photo, **{**NOTHING, "softness": 1e-9}, seed=5)
    change = np.abs(image.pixels - plain.pixels).mean(axis=2)
    marked = mask.values > 0
    assert marked.any()
    assert np.median(change[marked]) > 0.03
    near = np.pad(marked, 3)
    around = np.max([near[y : y + 320, x : x + 400] for y in range(7) for x in range(7)], axis=0)
    # What shines through everywhere else: the shade beside a fold.
    assert (change[~around] > (0.13 if group == "creases" else 0.06)).mean() < 1e-3


@pytest.mark.parametrize("group", ["scratches", "dust", "fading", "torn"])
def test_stronger_is_more(ctx, photo, group):
    changes = [
        np.abs(age(ctx, photo, **{**NOTHING, group: strength}, seed=3).image.pixels - photo.pixels).mean()
        for strength in (0.1, 1.0)
    ]
    assert changes[1] > 1.5 * changes[0]


def test_the_seed_decides_where(ctx, photo):
    first, again = age(ctx, photo, seed=1), age(ctx, photo, seed=1)
    other = age(ctx, photo, seed=2)
    assert np.array_equal(first.image.pixels, again.image.pixels)
    assert np.array_equal(first.mask.values, again.mask.values)
    assert not np.array_equal(first.mask.values, other.mask.values)


def test_tiles_leave_no_trace(ctx, photo, monkeypatch):
    whole = age(ctx, photo, creases=0.8, stains=0.8)
    monkeypatch.setattr(module, "SIDE", 96)
    pieces = age(ctx, photo, creases=0.8, stains=0.8)
    apart = np.abs(whole.image.pixels - pieces.image.pixels)
    assert apart.max() < 0.02
    assert (whole.mask.values != pieces.mask.values).mean() < 1e-3


def test_a_grey_photo_that_does_not_yellow_stays_grey(ctx, grey):
    image, _ = age(ctx, grey, yellowing=0.0, stains=1.0, hairs=1.0)
    assert np.ptp(image.pixels, axis=2).max() < 1e-5
    assert np.ptp(age(ctx, grey, yellowing=0.5).image.pixels, axis=2).max() > 0.05


def test_it_can_be_stopped(ctx, photo):
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        age(ctx, photo)


def test_it_keeps_what_the_file_said(ctx, photo):
    coloured = replace(photo, origin=replace(photo.origin, bits=16))
    assert age(ctx, coloured).image.origin.bits == 16
