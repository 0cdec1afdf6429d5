from __future__ import annotations

import numpy as np
import pytest

from nodes.models.foreground import foreground


def test_both_sides_are_told_apart():
    ramp = np.clip((np.arange(60) - 20) / 20, 0, 1, dtype=np.float32)
    alpha = ramp[None, :].repeat(40, axis=0)
    subject, wall = np.array([0.8, 0.2, 0.1]), np.array([0.1, 0.3, 0.9])
    picture = alpha[..., None] * subject + (1 - alpha[..., None]) * wall
    found, behind = foreground(picture.astype(np.float32), alpha)
    assert np.abs(found[:, 25:] - subject).max() < 0.05
    assert np.abs(behind[:, :35] - wall).max() < 0.05


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1)], ids=str)
@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0])
def test_any_picture(size, alpha):
    for side in foreground(np.full((*size, 3), 0.5, np.float32), np.full(size, alpha, np.float32)):
        assert side.shape == (*size, 3)
        assert np.isfinite(side).all()
