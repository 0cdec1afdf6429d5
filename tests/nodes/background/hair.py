"""A head with loose hair, its true coverage, and a rough mask of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import linear_from_srgb, srgb_from_linear


class Hair(NamedTuple):
    """A picture whose parts are known, (H, W, 3) and (H, W)."""

    picture: Floats
    alpha: Floats
    rough: Floats
    """What an outline without hair would be."""
    subject: Floats
    """The subject's colours everywhere."""


def hair(height: int = 200, width: int = 180, seed: int = 7, *, grey: bool = False) -> Hair:
    """Warm hair before a cold, light wall, mixed in linear light."""
    import cv2

    rng = np.random.default_rng(seed)
    drawn = np.zeros((4 * height, 4 * width), np.uint8)
    middle, axes = (2 * width, int(2.2 * height)), (int(0.9 * width), int(1.1 * height))
    cv2.ellipse(drawn, middle, axes, 0, 0, 360, 255, -1)
    body = drawn.copy()
    for turn in rng.uniform(-np.pi, 0, 90):
        root = np.array([middle[0] + 0.95 * axes[0] * np.cos(turn), middle[1] + 0.95 * axes[1] * np.sin(turn)])
        way = turn + rng.normal(0, 0.4)
        tip = root + rng.uniform(0.15, 0.35) * axes[0] * np.array([np.cos(way), np.sin(way)])
        cv2.line(drawn, root.astype(int).tolist(), tip.astype(int).tolist(), 255, int(rng.integers(3, 8)), cv2.LINE_AA)
    alpha, rough = (
        np.asarray(cv2.resize(each, (width, height), interpolation=cv2.INTER_AREA) / 255, np.float32)
        for each in (drawn, body)
    )
    wave = 0.12 * np.sin(np.arange(width) / 9)[None, :, None] + rng.normal(0, 0.01, (height, width, 3))
    subject = (np.array([0.42, 0.26, 0.16]) * (1 + wave)).clip(0, 1)
    wall = np.array([0.6, 0.75, 0.9]) * np.linspace(0.85, 1, height)[:, None, None] + np.zeros((1, width, 1))
    if grey:
        subject, wall = (np.repeat(each.mean(axis=2, keepdims=True), 3, axis=2) for each in (subject, wall))
    subject, wall = subject.astype(np.float32), wall.astype(np.float32)
    share = alpha[..., None]
    light = (linear_from_srgb(subject) * share + linear_from_srgb(wall) * (1 - share)).astype(np.float32)
    return Hair(srgb_from_linear(light).clip(0, 1), alpha, rough, subject)
