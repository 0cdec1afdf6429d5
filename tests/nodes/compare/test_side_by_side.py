from __future__ import annotations

import numpy as np
import pytest

from nodes.compare.side_by_side import side_by_side
from nodes.kinds.image import Image


def _flat(level: float, height: int = 200, width: int = 300) -> Image:
    return Image(np.full((height, width, 3), level, np.float32))


def test_both_stand_whole_beside_a_white_gap(ctx):
    pixels = side_by_side(ctx, _flat(0.2), _flat(0.6), gap=10).pixels
    assert pixels.shape == (200, 610, 3)
    assert np.allclose(pixels[:, :300], 0.2)
    assert np.all(pixels[:, 300:310] == 1)
    assert np.allclose(pixels[:, 310:], 0.6)


def test_split_shows_a_half_of_each(ctx):
    pixels = side_by_side(ctx, _flat(0.2), _flat(0.6), view="split", gap=4).pixels
    assert pixels.shape == (200, 300, 3)
    assert np.allclose(pixels[:, :148], 0.2)
    assert np.all(pixels[:, 148:152] == 1)
    assert np.allclose(pixels[:, 152:], 0.6)


@pytest.mark.parametrize("view", ["side by side", "split"])
def test_labels_stand_in_the_lower_corners(ctx, view):
    plain = side_by_side(ctx, _flat(0.5), _flat(0.5), view=view).pixels
    labelled = side_by_side(ctx, _flat(0.5), _flat(0.5), view=view, labels=True).pixels
    changed = np.any(plain != labelled, axis=2)
    assert changed[-5:, :20].all()
    assert changed[-5:, -20:].all()
    assert not changed[:150].any()
    assert labelled[-40:, :60].max() > 0.9


def test_the_second_takes_the_size_of_the_first(ctx):
    assert side_by_side(ctx, _flat(0.2), _flat(0.6, 20, 30), gap=0).pixels.shape == (200, 600, 3)
    assert "resized" in ctx.notes[0]


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 5), (400, 3)])
@pytest.mark.parametrize("view", ["side by side", "split"])
def test_any_size_works(ctx, shape, view):
    pixels = side_by_side(ctx, _flat(0, *shape), _flat(1, *shape), view=view, gap=50, labels=True).pixels
    assert pixels.shape[0] == shape[0]


@pytest.mark.parametrize("text", ["", "  ", "Großmutter, 1931", "two\nlines"])
def test_any_label_can_be_written(ctx, text):
    side_by_side(ctx, _flat(0.5), _flat(0.5), labels=True, left=text)
