"""The chroma that a network guesses, freed of what no photo has: colours beyond the real ones, and blotches."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats

KNEE, LIMIT = 60.0, 100.0
"""Chroma in CIE units that is left as it is, and what the strongest comes close to. Few surfaces pass 80 (Pointer, "The
Gamut of Real Surface Colours", 1980); networks have been seen to answer with 170 and more."""

WINDOW = 5
"""Cells of the neighbourhood that a spot is compared with: the largest median that OpenCV takes of floats."""
CELLS = 100
"""Cells along the longer side of the picture: a neighbourhood is a twentieth of it, a spot less than half of that."""

STRANGE = 12.0
"""CIE units that colour may differ from its neighbourhood's unexplained; the usual shade of a cheek is below."""
EXPLAINED = 6.0
"""A spot that is this much lighter or darker than its neighbourhood is a thing, and things have colours."""


def within_reason(tint: Floats) -> Floats:
    """a*, b* (H, W, 2) of any size, the hue kept, with chroma above KNEE pressed towards LIMIT."""
    chroma = np.hypot(tint[..., 0], tint[..., 1])[..., None]
    beyond = np.maximum(chroma - KNEE, 0)
    pressed = KNEE + (LIMIT - KNEE) * np.tanh(beyond / (LIMIT - KNEE))
    return np.where(beyond > 0, tint * (pressed / np.maximum(chroma, 1e-6)), tint).astype(np.float32)


def without_blotches(tint: Floats, light: Floats, firmness: float) -> Floats:
    """a*, b* (H, W, 2) less the small spots that nothing in the lightness L* (H, W), 0..100, explains.

    A spot is drawn towards the median of its neighbourhood: with firmness 0 not at all, with 1 all the way.
    """
    if firmness <= 0:
        return tint
    usual, around = _neighbourhood(tint), _neighbourhood(light[..., None])[..., 0]
    away = np.hypot(*np.moveaxis(tint - usual, -1, 0))
    strange = ((away - STRANGE) / STRANGE).clip(0, 1)
    # The spot's own lightness, without the grain on it.
    explained = (np.abs(_soft(light) - around) / EXPLAINED).clip(0, 1)
    share = _soft(_widest(strange) * (1 - _widest(explained))) * np.float32(firmness)
    return (tint + (usual - tint) * share[..., None]).astype(np.float32)


def _neighbourhood(values: Floats) -> Floats:
    """The median of the surroundings of every pixel (H, W, C)."""
    import cv2

    height, width = values.shape[:2]
    scale = CELLS / max(height, width, CELLS)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    cells = cv2.resize(values, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], -1)
    medians = [cv2.medianBlur(np.ascontiguousarray(cells[..., i]), WINDOW) for i in range(cells.shape[2])]
    large = [cv2.resize(median, (width, height), interpolation=cv2.INTER_LINEAR) for median in medians]
    return np.stack(large, axis=-1).astype(np.float32, copy=False)


def _soft(values: Floats) -> Floats:
    import cv2

    return np.asarray(cv2.blur(values, _cell(values), borderType=cv2.BORDER_REPLICATE), np.float32)


def _widest(values: Floats) -> Floats:
    """The greatest of the pixels around each, so that a rim goes with what it surrounds."""
    import cv2

    return np.asarray(cv2.dilate(values, np.ones(_cell(values), np.uint8), borderType=cv2.BORDER_REPLICATE), np.float32)


def _cell(values: Floats) -> tuple[int, int]:
    side = 2 * (max(values.shape) // (2 * CELLS)) + 1
    return side, side
