from __future__ import annotations

import cv2
import numpy as np
import pytest

from nodes.faces.align import SIDE
from nodes.faces.colour_match import matched
from nodes.pixels.colour import is_grey, luma

WEIGHT = np.zeros((SIDE, SIDE), np.float32)
WEIGHT[100:400, 120:380] = 1


def scene(seed: int = 1) -> np.ndarray:
    """Large soft patches of colour."""
    rng = np.random.default_rng(seed)
    soft = cv2.GaussianBlur(rng.random((SIDE, SIDE, 3)).astype(np.float32), (0, 0), 30)
    return np.clip(0.5 + (soft - soft.mean()) * 12, 0.1, 0.9).astype(np.float32)


def test_a_colour_cast_is_taken_back():
    photo = scene()
    shifted = np.clip(photo * np.array([1.1, 0.92, 0.85], np.float32) + 0.04, 0, 1)
    found = matched(shifted, photo, WEIGHT, 1.0)
    inner = WEIGHT > 0
    assert np.abs(found - photo)[inner].mean() < 0.25 * np.abs(shifted - photo)[inner].mean()


def test_half_is_half_way():
    photo, face = scene(1), scene(2)
    whole, half = matched(face, photo, WEIGHT, 1.0), matched(face, photo, WEIGHT, 0.5)
    assert np.abs(half - (face + whole) / 2).max() < 0.02


def test_nothing_is_the_face_itself():
    face = scene()
    assert matched(face, scene(2), WEIGHT, 0.0) is face
    assert matched(face, scene(2), np.zeros_like(WEIGHT), 1.0) is face


def test_detail_stays():
    photo = scene()
    detail = photo.copy()
    detail[::4, ::4] += 0.08
    found = matched((detail * 0.9).astype(np.float32), photo, WEIGHT, 1.0)
    # Means hide a dot in sixteen; its height above its surroundings must be what it was.
    assert (found[200:300:4, 200:300:4] - found[202:302:4, 202:302:4]).mean() == pytest.approx(0.08, abs=0.015)


def test_a_toned_print_stays_toned():
    """Sepia: colour depends on light alone. The network paints a face in many colours."""
    light = luma(scene(3))
    sepia = np.clip(light[..., None] * np.array([1.0, 0.92, 0.78], np.float32) + 0.03, 0, 1).astype(np.float32)
    found = matched(scene(4), sepia, WEIGHT, 1.0)
    inner = found[WEIGHT > 0]
    slope = np.polyfit(luma(inner[None])[0], inner[:, 0] - inner[:, 2], 1)[0]
    expected = sepia[WEIGHT > 0]
    wanted = np.polyfit(luma(expected[None])[0], expected[:, 0] - expected[:, 2], 1)[0]
    assert slope == pytest.approx(wanted, abs=0.03)
    assert np.abs((inner[:, 0] - inner[:, 2]).mean() - (expected[:, 0] - expected[:, 2]).mean()) < 0.02


def test_grey_to_grey_is_grey():
    grey = np.repeat(luma(scene(5))[..., None], 3, axis=2)
    assert is_grey(matched(np.clip(grey * 0.8, 0, 1), grey, WEIGHT, 1.0), 1e-6)


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_flat_pictures_are_sound(level):
    flat = np.full((SIDE, SIDE, 3), level, np.float32)
    for face, photo in ((flat, scene()), (scene(), flat), (flat, flat)):
        found = matched(face, photo, WEIGHT, 1.0)
        assert np.isfinite(found).all()
        assert 0 <= found.min() <= found.max() <= 1
