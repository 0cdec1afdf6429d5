"""Lines for ControlNets."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from nodes.kinds.arrays import Floats
from nodes.models.diffusion.edges import edges


def grainy(pixels: Floats, sigma: float, size: float, seed: int = 3) -> Floats:
    """With grain of that deviation whose grains are blurred by so many pixels."""
    noise = np.random.default_rng(seed).standard_normal(pixels.shape[:2]).astype(np.float32)
    if size:
        noise = cv2.GaussianBlur(noise, (0, 0), size)
    return np.clip(pixels + (sigma * noise / noise.std())[..., None], 0, 1).astype(np.float32)


def square(dark: float = 0.3, light: float = 0.7) -> Floats:
    pixels = np.full((128, 160, 3), dark, np.float32)
    pixels[32:96, 40:120] = light
    return pixels


def share(lines: Floats) -> float:
    return float(lines.mean())


def test_lines_are_white_a_pixel_wide_and_where_the_light_changes():
    lines = edges(square())
    assert lines.shape == (128, 160, 3)
    assert lines.dtype == np.float32
    assert set(np.unique(lines)) == {0.0, 1.0}
    assert np.array_equal(lines[..., 0], lines[..., 2])
    row = np.flatnonzero(lines[64, :, 0])
    assert len(row) == 2
    assert np.abs(row - [39.5, 119.5]).max() <= 1


@pytest.mark.parametrize("size", [0, 1, 2.5])
@pytest.mark.parametrize("sigma", [0.01, 0.05, 0.1])
def test_grain_makes_no_lines(sigma: float, size: float):
    assert share(edges(grainy(np.full((256, 256, 3), 0.5, np.float32), sigma, size))) < 0.0005


def test_lines_are_found_under_grain(prints):
    fresh, under = edges(prints.sound), edges(grainy(prints.sound, 0.03, 1))
    near = cv2.dilate(fresh[..., 0], np.ones((5, 5)))
    assert share(under) > 0.4 * share(fresh)
    assert near[under[..., 0] > 0].mean() > 0.9


def test_a_faded_photo_has_the_lines_of_a_fresh_one(prints):
    fresh, faded = edges(prints.grey), edges(prints.washed(prints.grey))
    # Its blacks are no longer clipped, so that their noise counts; the contrast itself changes nothing.
    assert np.mean(fresh != faded) < 0.02
    assert share(faded) == pytest.approx(share(fresh), rel=0.2)
    assert 0.02 < share(fresh) < 0.2


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (2, 3), (17, 5)])
def test_slivers_and_blank_pictures_have_none(shape: tuple[int, int]):
    for value in (0.0, 0.5, 1.0):
        assert not edges(np.full((*shape, 3), value, np.float32)).any()


def test_what_differs_in_colour_alone_is_no_line():
    pixels = np.full((64, 64, 3), 0.5, np.float32)
    pixels[:, 32:] = (0.5 + 0.0722 / 0.2126 * 0.3, 0.5, 0.2)
    assert not edges(pixels).any()
