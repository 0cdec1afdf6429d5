from __future__ import annotations

import numpy as np

from nodes.pixels.toning import toning


def of(pixels):
    return toning(np.ascontiguousarray(pixels.reshape(-1, 3)))


def test_the_three_kinds_are_told_apart(prints):
    assert of(prints.sound) == "colour"
    assert of(prints.grey) == "grey"
    assert of(prints.sepia) == "toned"


def test_a_stained_noisy_sepia_print_is_still_toned(prints, rng):
    stained = prints.sepia + rng.normal(0, 0.01, prints.sepia.shape)
    stained[40:80, 40:90] *= [1.0, 0.95, 0.85]
    assert of(stained.clip(0, 1).astype(np.float32)) == "toned"


def test_a_faded_colour_print_is_still_colour(prints):
    assert of(prints.faded) == "colour"


def test_a_hand_coloured_print_is_colour(prints):
    coloured = prints.sepia.copy()
    coloured[60:160, 60:160, 0] *= 0.6
    coloured[160:220, :100, 2] *= 0.4
    assert of(coloured) == "colour"


def test_one_pixel_has_a_kind():
    assert of(np.full((1, 1, 3), 0.3, np.float32)) == "grey"
    assert of(np.array([[[0.9, 0.1, 0.1]]], np.float32)) == "toned"
