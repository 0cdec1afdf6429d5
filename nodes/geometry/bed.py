"""What a scan shows around the prints: the scanner's lid, or whatever lay on the glass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma

Flags = NDArray[np.bool_]

RIM = 0.015
"""Width, in parts of the longer side, of the rim in which the bed is looked for."""

SHARE = 0.3
"""Of the rim that must be bed. Prints may lie against the glass's edge, but not all around."""

NEAR = 0.06
"""Values this near to the commonest of the rim may be bed: lids are not evenly lit."""

LEAST, MOST = 0.016, 0.06
"""Ends of how far from the bed's own colour a pixel still counts as bed: 4 and 15 of 255. What varies more is no bed
but a wall, a meadow or a sky."""

SAMPLES = 20_000
"""Pixels of the bed that its light is estimated from."""

ROUNDS = 3
"""In which the bed's light is followed to where the first guess was too far off."""


@dataclass(frozen=True, slots=True)
class Bed:
    """The scanner's bed behind the prints of one small scan."""

    colour: Floats
    """(H, W, 3): what the bed would show everywhere, with the fall of its light."""
    tolerance: float
    """How far from it noise and dust reach."""
    around: Flags
    """(H, W): where the bed lies open, from the rim inwards."""


def bed_of(ctx: Context, pixels: Floats) -> Bed | None:
    """The bed of a small scan (H, W, 3); None where its rim is no bed."""
    import cv2

    smooth = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 1.0), np.float32)
    rim = _rim(*smooth.shape[:2])
    colour = _commonest(smooth[rim])
    if colour is None:
        return None
    surface, tolerance = colour, NEAR
    around = _from_rim(_far(smooth, surface) < tolerance, rim)
    for _ in range(ROUNDS):
        ctx.check()
        if around.sum() < 6:
            return None
        surface = _surface(smooth, around)
        far = _far(smooth, surface)
        tolerance = max(LEAST, 6 * float(np.median(far[around])))
        around = _from_rim(far < tolerance, rim)
    sound = tolerance <= MOST and float(around[rim].mean()) >= SHARE
    return Bed(surface, tolerance, around) if sound else None


def _far(pixels: Floats, colour: Floats) -> Floats:
    """(H, W): by how much the channel differs that differs most."""
    return np.asarray(np.abs(pixels - colour).max(axis=2), np.float32)


def _rim(height: int, width: int) -> Flags:
    wide = max(1, round(RIM * max(height, width)))
    rim = np.ones((height, width), np.bool_)
    rim[wide:-wide, wide:-wide] = False
    return rim


def _commonest(rim: Floats) -> Floats | None:
    """The colour (3,) that most of the rim is near to."""
    light = luma(rim[None])[0]
    counts, ends = np.histogram(light, 64, (0.0, 1.0))
    # Neighbouring steps count as well: a lid seldom has exactly one brightness.
    middle = ends[int(np.argmax(np.convolve(counts, np.ones(5), "same")))] + 0.5 / 64
    colour = np.median(rim[np.abs(light - middle) < NEAR], axis=0)
    near = np.abs(rim - colour).max(axis=1) < NEAR
    return np.asarray(np.median(rim[near], axis=0), np.float32) if near.mean() >= SHARE else None


def _from_rim(flags: Flags, rim: Flags) -> Flags:
    """Those flags that hang together with the rim."""
    import cv2

    count, found = cv2.connectedComponents(flags.astype(np.uint8), connectivity=4)
    labels = np.asarray(found, np.intp)
    reached = np.zeros(count, np.bool_)
    reached[np.unique(labels[rim])] = True
    reached[0] = False
    return reached[labels]


def _surface(pixels: Floats, where: Flags) -> Floats:
    """The paraboloid through the pixels there: light falls off smoothly from the lamp."""
    height, width = where.shape
    rows, columns = np.nonzero(where)
    step = max(1, rows.size // SAMPLES)
    rows, columns = rows[::step], columns[::step]
    terms = _terms(rows / height, columns / width)
    weights = np.linalg.lstsq(terms, pixels[rows, columns].astype(np.float64), rcond=None)[0].astype(np.float32)
    down, across = np.arange(height, dtype=np.float32)[:, None] / height, np.arange(width, dtype=np.float32) / width
    parts = zip(weights, (np.float32(1), across, down, across * across, across * down, down * down), strict=True)
    whole = np.zeros((height, width, 3), np.float32)
    for weight, term in parts:
        whole += np.asarray(term)[..., None] * weight
    return whole.clip(0.0, 1.0)


def _terms(y: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)
