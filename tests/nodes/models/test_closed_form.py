from __future__ import annotations

import threading

import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.models.closed_form import alpha_matte


@pytest.fixture
def hair(rng):
    """Dark strands before a light wall: the picture, its true coverage, and a trimap."""
    import cv2

    alpha = np.zeros((240, 320), np.uint8)
    alpha[:, :100] = 255
    for y in range(16, 240, 32):
        cv2.line(alpha, (100, y), (200, y + int(rng.integers(-20, 20))), 255, 3, cv2.LINE_AA)
    alpha = cv2.resize(alpha, (80, 60), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    picture = 0.8 - 0.6 * alpha[..., None] + rng.normal(0, 0.01, (60, 80, 3))
    trimap = np.full(alpha.shape, 0.5, np.float32)
    trimap[:, :22], trimap[:, 55:] = 1, 0
    return picture.clip(0, 1).astype(np.float32), alpha, trimap


def test_strands_are_found(hair):
    picture, alpha, trimap = hair
    found = alpha_matte(lambda: None, picture, trimap)
    assert np.array_equal(found[trimap != 0.5], trimap[trimap != 0.5])
    assert np.abs(found - alpha).mean() < 0.05


def test_it_can_be_cancelled(hair):
    ctx = Context(cancelled=threading.Event())
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        alpha_matte(ctx.check, hair[0], hair[2])


def test_nothing_certain_says_so(hair):
    with pytest.raises(StepError, match="cannot be worked out"):
        alpha_matte(lambda: None, hair[0], np.full((60, 80), 0.5, np.float32))
