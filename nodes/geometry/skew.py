"""How far a photo hangs askew, by the lines in it that ought to be level or upright."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma

Numbers = NDArray[np.float64]

SHORTEST = 0.04
"""Of the longer side: shorter lines are leaves, folds and faces."""

WITHIN = 15.0
"""Degrees: what leans more is meant to."""

SPREAD = 0.4
"""Degrees that lines of one direction lie apart."""

GRID = 0.05
"""Degrees between the angles that are tried."""

POWER = 1.5
"""Of a line's length, that it counts with: long lines are measured more exactly and are seldom chance."""

PLAIN = 0.75
"""A photo is taken to be straight where that share of the best angle's evidence speaks for 0."""


BALANCE = 0.2
"""Of the agreeing uprights, that each half of the photo must hold; of the level lines likewise. What runs towards a
vanishing point leans one way here and the other way there."""

HORIZON = 0.5
"""Longer sides that level lines on one half alone must measure together: a horizon."""


class Skew(NamedTuple):
    """What the lines say."""

    angle: float
    """Degrees that the photo is turned clockwise."""
    agreement: float
    """Of the lines within reach, weighed by length, the share that has this direction."""
    length: float
    """Of these lines together, in longer sides of the photo."""
    parallel: bool
    """They lie on both halves of the photo, or are a horizon."""


UNKNOWN = Skew(0.0, 0.0, 0.0, parallel=False)


def skew_of(pixels: Floats) -> Skew:
    """By the line segments of a small picture (H, W, 3) in sRGB."""
    import cv2

    longer = max(pixels.shape[:2])
    grey = np.round(luma(pixels) * 255).astype(np.uint8)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(grey)[0] if min(grey.shape) >= 16 else None
    if found is None:
        return UNKNOWN
    ends = np.asarray(found, np.float64).reshape(-1, 4)
    across, down = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    lengths = np.hypot(across, down) / longer
    # Level lines and upright ones say the same.
    angles = (np.degrees(np.arctan2(down, across)) + 45) % 90 - 45
    near = (lengths > SHORTEST) & (np.abs(angles) < WITHIN) & ~_at_edge(ends, grey.shape)
    if near.sum() < 3:
        return UNKNOWN
    upright = np.abs(down) > np.abs(across)
    middles = ends.reshape(-1, 2, 2).mean(axis=1)
    sides = np.where(upright, middles[:, 0] > grey.shape[1] / 2, middles[:, 1] > grey.shape[0] / 2)
    angle, own = _agreed(angles[near], lengths[near])
    kind, side, length = upright[near][own], sides[near][own], lengths[near][own]
    held = [[float(length[(kind == up) & (side == half)].sum()) for half in (False, True)] for up in (False, True)]
    parallel = any(min(halves) > BALANCE * sum(halves) and sum(halves) > 0 for halves in held)
    share = float((length**POWER).sum() / (lengths[near] ** POWER).sum())
    return Skew(angle, share, float(length.sum()), parallel=parallel or max(held[0]) > HORIZON)


def _at_edge(ends: Numbers, size: tuple[int, ...]) -> NDArray[np.bool_]:
    """Lines along the picture's own edge, which are straight by themselves."""
    margin = 0.01 * max(size)
    x, y = ends[:, ::2], ends[:, 1::2]
    outside = (x < margin, x > size[1] - 1 - margin, y < margin, y > size[0] - 1 - margin)
    return np.any([side.all(axis=1) for side in outside], axis=0)


def _agreed(angles: Numbers, lengths: Numbers) -> tuple[float, NDArray[np.bool_]]:
    """The angle that most lines have, and which these are."""
    weights = lengths**POWER
    tried = np.arange(-WITHIN, WITHIN + GRID / 2, GRID)
    evidence = np.exp(-(((tried[:, None] - angles) / SPREAD) ** 2) / 2) @ weights
    best = int(np.argmax(evidence))
    if evidence[len(tried) // 2] >= PLAIN * evidence[best]:
        best = len(tried) // 2
    own = np.abs(angles - tried[best]) < 2 * SPREAD
    return float(np.average(angles[own], weights=weights[own])) if own.any() else 0.0, own
