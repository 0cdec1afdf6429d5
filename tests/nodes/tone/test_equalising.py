from __future__ import annotations

import numpy as np

from graph.context import tiles
from nodes.pixels.colour import luma
from nodes.tone.equalising import Equaliser, liveliness


def test_any_piece_is_the_same_as_the_whole(ctx, prints):
    light = luma(prints.sound)
    equaliser = Equaliser(ctx, light, 40.0, 2.0)
    whole = equaliser.of(light, (slice(0, 256), slice(0, 256)), (256, 256))
    for tile in tiles(256, 256, 0, 100):
        assert np.array_equal(equaliser.of(light[tile.write], tile.write, (256, 256)), whole[tile.write])


def test_a_flat_picture_keeps_its_brightness(ctx):
    light = np.full((50, 70), 0.6, np.float32)
    result = Equaliser(ctx, light, 10.0, 3.0).of(light, (slice(0, 50), slice(0, 70)), (50, 70))
    assert np.abs(result - light).max() < 1e-5


def test_liveliness_is_the_contrast_within_parts(prints):
    slope = np.linspace(0.2, 0.8, 256, dtype=np.float32)[None].repeat(256, axis=0)
    assert liveliness(slope) < 0.06 < liveliness(luma(prints.sound))
