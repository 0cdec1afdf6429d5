"""The tone of a print."""

from __future__ import annotations

import numpy as np

from nodes.pixels.colour import luma, split
from nodes.pixels.one_tone import Toning


def test_other_colours_take_the_tone_and_keep_their_brightness(rng: np.random.Generator):
    light = rng.random((1, 5000, 1), np.float32)
    sepia = (light ** np.array([0.75, 1.0, 1.35])).astype(np.float32)
    grey, chroma = split(sepia)
    toned = Toning(grey[0], chroma[0]).of(np.repeat(grey[..., None], 3, axis=2))
    assert np.abs(toned - sepia).mean() < 0.02
    assert np.abs(luma(toned) - grey).max() < 0.03


def test_a_grey_print_takes_colours_away(rng: np.random.Generator):
    light = rng.random(5000, np.float32)
    toned = Toning(light, np.zeros((5000, 2), np.float32)).of(rng.random((8, 8, 3), np.float32))
    assert np.ptp(toned, axis=2).max() < 1e-6
