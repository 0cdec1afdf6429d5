from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import binary_erosion

from nodes.background.trimap import band, trimap, widened_at_heads
from nodes.kinds.faces import Face, Faces


@pytest.mark.parametrize("margin", [0, 1, 5, 9])
def test_it_is_rembgs(rng, margin):
    import cv2

    values = cv2.GaussianBlur(rng.random((80, 90), np.float32), (0, 0), 8)
    values = np.asarray((values - values.min()) / np.ptp(values), np.float32)
    square = np.ones((margin, margin)) if margin else None
    expected = np.full(values.shape, 0.5)
    # Without a structure scipy erodes by a cross; rembg does so at a size of 0.
    sure, away = values > 0.6, values < 0.4
    if margin:
        sure, away = binary_erosion(sure, square), binary_erosion(away, square, border_value=1)
    expected[np.asarray(sure, bool)], expected[np.asarray(away, bool)] = 1, 0
    assert np.array_equal(trimap(values, 0.6, 0.4, margin), expected)


def test_one_pixel():
    assert trimap(np.ones((1, 1), np.float32), 0.9, 0.1, 0) == 1


@pytest.fixture
def half():
    """Subject on the left half."""
    values = np.zeros((40, 60), np.float32)
    values[:, :30] = 1
    return values


def test_a_band_lies_on_both_sides_of_the_edge(half):
    row = band(half, 3, 6)[20]
    assert np.array_equal(np.flatnonzero(row == 0.5), np.arange(27, 36))
    assert (row[:27] == 1).all()
    assert (row[36:] == 0).all()


def test_where_the_mask_is_unsure_nothing_is_certain(half):
    half[10:14, 5:9] = 0.6
    assert (band(half, 1, 1)[11:13, 6:8] == 0.5).all()


@pytest.mark.parametrize("level", [0, 1])
def test_a_mask_without_an_edge_has_no_band(level):
    assert (band(np.full((5, 7), level, np.float32), 2, 2) == level).all()


def test_it_is_wider_around_heads(half):
    points = ((18.0, 18.0), (26.0, 18.0), (22.0, 22.0), (19.0, 25.0), (25.0, 25.0))
    faces = Faces((Face((14, 12, 30, 28), points),), height=40, width=60)
    certain = band(half, 1, 1)
    wide = widened_at_heads(certain, half, faces, 0.5)
    assert (wide[20, 31:38] == 0.5).all()
    assert np.array_equal(wide[36], certain[36])
    assert np.array_equal(wide[:, :30], certain[:, :30])
