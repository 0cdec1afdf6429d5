from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import binary_erosion

from nodes.background.trimap import trimap


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
