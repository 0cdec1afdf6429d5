"""A painted backdrop, as photographers' studios had them."""

from __future__ import annotations

import numpy as np

from graph.context import Context, Tile
from nodes.background.backdrop import small
from nodes.kinds.arrays import Floats
from nodes.kinds.mask import Mask
from nodes.pixels.enlarging import enlarged

LIGHT, DARK = "#9a9184", "#2e2a27"
"""Of painted canvas in tungsten light."""

CANVAS = 768
"""Pixels of the longer side on which it is painted: the finest dabs are twelve of them wide."""

DABS = ((5, 1.0), (11, 0.7), (23, 0.5), (64, 0.3))
"""How many dabs of the brush lie along the longer side, and how much each layer of them shows."""

MOTTLED = 0.2
"""How far dabs go from the mean towards either colour, in deviations."""

LIT = 0.42
"""Deviation, in longer sides, of the light that a lamp throws on the canvas behind the sitter."""

ABOVE = 0.12
"""How far above the subject's middle the lamp points, in parts of the height: behind head and shoulders."""


class Studio:
    """Clouds of two colours, light behind the subject and dark in the corners."""

    def __init__(
        self, size: tuple[int, int], light: Floats, dark: Floats, middle: tuple[float, float], seed: int
    ) -> None:
        """For a photo of `size` (H, W); the colours are (3,); `middle` is where the lamp points, y and x in 0..1."""
        self.size, self.light, self.dark = size, light, dark
        scale = min(1.0, CANVAS / max(size))
        height, width = (max(1, round(side * scale)) for side in size)
        painted = _light(height, width, middle) * 0.8 + MOTTLED * _dabs(height, width, seed) + 0.1
        self._canvas = np.clip(painted, 0, 1).astype(np.float32)[..., None]

    def of(self, tile: Tile) -> Floats:
        share = enlarged(self._canvas, self.size, tile)
        return np.asarray(self.dark + share * (self.light - self.dark), np.float32)


def lamp(ctx: Context, mask: Mask) -> tuple[float, float]:
    """Where the lamp points, y and x in 0..1: behind the subject's upper part."""
    values = small(ctx, mask.values)
    total = max(float(values.sum()), 1e-6)
    down, across = (
        float((values.sum(axis=1 - axis) * (np.arange(side) + 0.5) / side).sum()) / total
        for axis, side in enumerate(values.shape)
    )
    return down - ABOVE, across


def _light(height: int, width: int, middle: tuple[float, float]) -> Floats:
    longer = max(height, width)
    down = ((np.arange(height) + 0.5 - middle[0] * height) / longer / LIT)[:, None]
    across = ((np.arange(width) + 0.5 - middle[1] * width) / longer / LIT)[None, :]
    return np.exp(-0.5 * (down**2 + across**2)).astype(np.float32)


def _dabs(height: int, width: int, seed: int) -> Floats:
    """Clouds of mean 0 and deviation 1."""
    import cv2

    random = np.random.default_rng(seed)
    longer, out = max(height, width), np.zeros((height, width), np.float32)
    for count, weight in DABS:
        # Drawn on a square, so that the same seed paints the same clouds on photos of all shapes.
        dabs = random.standard_normal((count, count), dtype=np.float32)
        square = cv2.resize(dabs, (longer, longer), interpolation=cv2.INTER_CUBIC)
        out += np.float32(weight) * np.asarray(square, np.float32)[:height, :width]
    return (out / sum(weight**2 for _, weight in DABS) ** 0.5).astype(np.float32)
