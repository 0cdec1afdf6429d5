from __future__ import annotations

import numpy as np
import pytest

from nodes.pixels.colour import is_grey, linear_from_srgb, luma, merge, split, srgb_from_linear


def test_luma_weighs_the_channels_as_bt709_does():
    primaries = np.eye(3, dtype=np.float32)[None]
    assert luma(primaries)[0].tolist() == pytest.approx([0.2126, 0.7152, 0.0722], abs=1e-7)


def test_luma_stays_within_0_and_1(rng):
    pixels = np.round(rng.random((40, 40, 3))).astype(np.float32)
    light = luma(pixels)
    assert light.dtype == np.float32
    assert light.min() >= 0.0
    assert light.max() <= 1.0


def test_grey_keeps_its_value_and_has_no_chroma(rng):
    grey = rng.random((9, 7), dtype=np.float32)
    light, chroma = split(np.repeat(grey[..., None], 3, axis=2))
    assert np.array_equal(light, grey)
    assert not chroma.any()
    assert np.array_equal(merge(light, chroma)[..., 1], grey)


def test_merge_undoes_split(rng):
    pixels = rng.random((31, 17, 3), dtype=np.float32)
    assert np.abs(merge(*split(pixels)) - pixels).max() < 1e-6


def test_is_grey_sees_a_single_coloured_pixel_far_down():
    pixels = np.full((700, 3, 3), 0.5, np.float32)
    assert is_grey(pixels)
    pixels[699, 2, 0] = 0.6
    assert not is_grey(pixels)
    assert is_grey(pixels, tolerance=0.11)


@pytest.mark.parametrize(("encoded", "linear"), [(0.0, 0.0), (0.04045, 0.0031308), (0.5, 0.2140411), (1.0, 1.0)])
def test_srgb_curve_passes_through_the_standards_points(encoded, linear):
    assert float(linear_from_srgb(np.array([encoded], np.float32))[0]) == pytest.approx(linear, abs=1e-6)
    assert float(srgb_from_linear(np.array([linear], np.float32))[0]) == pytest.approx(encoded, abs=1e-5)


def test_srgb_curve_is_undone_by_its_inverse():
    values = np.linspace(0, 1, 4097, dtype=np.float32)
    assert np.abs(srgb_from_linear(linear_from_srgb(values)) - values).max() < 1e-6
