from __future__ import annotations

import numpy as np
import pytest

from nodes.colour.lab import lab_from_srgb, srgb_from_lab
from nodes.colour.match import match
from nodes.colour.statistics import colours, sample
from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey


@pytest.fixture
def photo(rng):
    """Smooth patches of gentle colours."""
    import cv2

    patches = cv2.resize(rng.normal(0, 1, (12, 16, 3)).astype(np.float32), (160, 120), interpolation=cv2.INTER_CUBIC)
    return srgb_from_lab(50 + 12 * patches[..., 0], 10 * patches[..., 1:])


@pytest.fixture
def faded(photo):
    """The same photo, its colours weak and under a cast."""
    light, tint = lab_from_srgb(photo)
    return srgb_from_lab(40 + 0.7 * (light - 50), (0.7 * tint + (4, 9)).astype(np.float32))


def lab(pixels):
    return np.dstack(lab_from_srgb(np.asarray(pixels)))


def test_a_faded_photo_gets_the_colours_of_the_sound_one(ctx, photo, faded):
    result = match(ctx, Image(faded), Image(photo), keep_light=False).pixels
    assert np.abs(lab(result) - lab(photo)).mean() < 0.15 * np.abs(lab(faded) - lab(photo)).mean()


def test_light_is_kept_unless_told_otherwise(ctx, photo, faded):
    result = match(ctx, Image(faded), Image(photo)).pixels
    assert np.abs(lab(result)[..., 0] - lab(faded)[..., 0]).max() < 0.05
    assert np.abs(lab(result)[..., 1:].mean(axis=(0, 1)) - lab(photo)[..., 1:].mean(axis=(0, 1))).max() < 1


def test_strength_goes_part_of_the_way(ctx, photo, faded):
    half = match(ctx, Image(faded), Image(photo), strength=0.5).pixels
    whole = match(ctx, Image(faded), Image(photo)).pixels
    assert np.abs(lab(half) - (lab(whole) + lab(faded)) / 2).mean() < 0.3


def test_a_photo_that_matches_is_left_alone(ctx, photo):
    image = Image(photo)
    assert match(ctx, image, Image(photo[::-1])) is image
    assert match(ctx, image, Image(1 - photo), strength=0.0) is image
    assert all("left as it is" in note for note in ctx.notes)


def test_a_border_of_the_scanner_does_not_count(ctx, photo, faded):
    framed = np.pad(photo, ((1, 1), (1, 1), (0, 0)))
    plain, bordered = (lab(match(ctx, Image(faded), Image(each)).pixels) for each in (photo, framed))
    assert np.abs(plain - bordered).mean() < 0.5


def test_a_grey_reference_makes_it_paler_and_a_toned_one_toned(ctx, photo, grey):
    pale = lab(match(ctx, Image(photo), Image(grey)).pixels)
    assert np.linalg.norm(pale[..., 1:], axis=-1).mean() < 0.7 * np.linalg.norm(lab(photo)[..., 1:], axis=-1).mean()
    sepia = np.clip(grey * np.array([1.0, 0.9, 0.75], np.float32), 0, 1)
    found = lab(match(ctx, Image(grey), Image(sepia)).pixels)[..., 1:].mean(axis=(0, 1))
    assert np.abs(found - lab(sepia)[..., 1:].mean(axis=(0, 1))).max() < 1.5
    assert not is_grey(match(ctx, Image(grey), Image(sepia)).pixels, 0.02)


def test_any_size_of_reference(ctx, photo):
    for shape in ((1, 1), (1, 40), (3000, 2)):
        assert np.isfinite(match(ctx, Image(photo), Image(np.full((*shape, 3), 0.3, np.float32))).pixels).all()


def test_what_is_measured_has_no_ends(ctx, photo):
    found = colours(sample(ctx, Image(photo)))
    assert found.mean.shape == (3,)
    assert np.linalg.eigvalsh(found.covariance).min() >= -1e-6
