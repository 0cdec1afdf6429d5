from __future__ import annotations

import cv2
import numpy as np

from nodes.faces.align import SIDE, TEMPLATE
from nodes.faces.cover import ellipse_cover, parsed_cover


def test_the_ellipse_holds_the_face_and_ends_softly():
    cover = ellipse_cover()
    assert cover.shape == (SIDE, SIDE)
    assert cover.dtype == np.float32
    assert (cover.min(), cover.max()) == (0, 1)
    assert all(cover[round(y), round(x)] > 0.5 for x, y in TEMPLATE)
    assert not cover[0].any()
    assert not cover[-1].any()
    assert not cover[:, 0].any()
    assert not cover[:, -1].any()
    assert np.abs(np.diff(cover, axis=0)).max() < 0.04


def test_parts_that_belong_to_the_face():
    classes = np.zeros((SIDE, SIDE), np.uint8)
    classes[100:400, 100:400] = 1
    classes[400:, :] = 17
    classes[:60, :] = 14
    cover = parsed_cover(classes)
    assert cover[250, 250] > 0.99
    assert cover[480, 250] < 0.01
    assert cover[20, 250] < 0.01
    assert 0.2 < cover[250, 400] < 0.8


def test_the_mask_of_the_official_code():
    classes = np.random.default_rng(2).integers(0, 19, (16, 16)).astype(np.uint8).repeat(32, 0).repeat(32, 1)
    table = np.array([0, *[255] * 13, 0, 255, 0, 0, 0], np.float64)
    mask = table[classes]
    for _ in range(2):
        mask = cv2.GaussianBlur(mask, (101, 101), 11)
    mask[:10], mask[-10:], mask[:, :10], mask[:, -10:] = 0, 0, 0, 0
    assert np.abs(parsed_cover(classes) - mask / 255).max() < 1e-5


def test_everything_is_face():
    cover = parsed_cover(np.ones((SIDE, SIDE), np.uint8))
    assert cover[10:-10, 10:-10].min() > 0.999
    assert not cover[:10].any()
