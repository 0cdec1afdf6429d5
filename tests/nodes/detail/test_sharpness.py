from __future__ import annotations

import cv2
import numpy as np
import pytest

from nodes.detail.sharpness import edge_width


@pytest.fixture
def shapes() -> np.ndarray:
    plane = np.full((240, 240), 0.2, np.float32)
    cv2.circle(plane, (120, 120), 80, 0.8, -1, cv2.LINE_AA)
    plane[60:120, 90:150] = 0.3
    return plane


@pytest.mark.parametrize("sigma", [1.5, 2.0, 3.0])
def test_it_reads_the_blur_off_the_edges(shapes, sigma):
    assert edge_width(cv2.GaussianBlur(shapes, (0, 0), sigma)) == pytest.approx(sigma, rel=0.2)


def test_a_hard_edge_is_sharp(shapes):
    assert 0.6 < edge_width(shapes) < 0.95


@pytest.mark.parametrize("contrast", [0.3, 1.0])
def test_contrast_does_not_matter(shapes, contrast):
    soft = cv2.GaussianBlur(shapes, (0, 0), 2)
    assert edge_width(soft * contrast) == pytest.approx(edge_width(soft), rel=0.02)


def test_faint_grain_is_no_edge(rng):
    assert edge_width(0.5 + 0.005 * rng.standard_normal((200, 200), dtype=np.float32)) == 0


@pytest.mark.parametrize("shape", [(1, 1), (3, 400), (9, 9)])
def test_without_edges_there_is_no_width(shape):
    assert edge_width(np.full(shape, 0.5, np.float32)) == 0
