"""A colour that lies over a whole photo, in its shadows, midtones and lights each by themselves."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats

LOW, HIGH = 10.0, 97.0
"""L* between which a pixel has a colour that can be trusted."""

NEUTRAL, SHARE = 5.0, 0.05
"""CIE units of chroma that are grey; where this share of a photo is grey there is no cast."""

EVEN = 2.5
"""CIE units: where colours deviate less than this from the usual at their lightness, the photo is toned."""

WEAK, STRONG = 0.6, 1.5
"""The cast in relation to the deviation of the colours around it, below and above which nothing and all of it is taken
out. F. Gasparini and R. Schettini, "Color Balancing of Digital Photos Using Simple Image Statistics" (2004), call it
evident from 0.6 to 1.5 on."""

BANDS = 3

FARTHEST = 20.0
"""CIE units: what is more of one colour than this is so by nature, as a red door is."""


def cast_of(lab: Floats) -> Floats | None:
    """Of pixels L*, a*, b* (N, 3): the cast (3, 3) at three lightnesses, as L*, a*, b*; None where there is none."""
    seen = lab[(lab[:, 0] > LOW) & (lab[:, 0] < HIGH)]
    if len(seen) < BANDS:
        return None
    tint = seen[:, 1:]
    usual = np.median(tint, axis=0)
    grey = float(np.mean(np.hypot(tint[:, 0], tint[:, 1]) < NEUTRAL))
    spread = float(np.median(np.hypot(*(tint - usual).T)))
    evidence = (float(np.hypot(*usual)) / max(spread, 1e-3) - WEAK) / (STRONG - WEAK)
    amount = min(max(evidence, 0.0), 1.0) * max(0.0, 1 - grey / SHARE)
    bands = [np.median(group, axis=0) for group in np.array_split(seen[np.argsort(seen[:, 0])], BANDS)]
    found = np.stack(bands).astype(np.float32)
    if amount == 0 or _toned(seen, found):
        return None
    chroma = np.hypot(found[:, 1], found[:, 2])[:, None]
    found[:, 1:] *= np.float32(amount) * np.minimum(1, FARTHEST / np.maximum(chroma, 1e-3))
    return found


def at(found: Floats, light: Floats) -> Floats:
    """The cast a*, b* (h, w, 2) at each L* (h, w)."""
    order = found[:, 0]
    return np.stack([np.interp(light, order, found[:, side]) for side in (1, 2)], axis=-1).astype(np.float32)


def _toned(lab: Floats, found: Floats) -> bool:
    away = lab[:, 1:] - at(found, lab[:, 0])
    return float(np.sqrt(np.mean(away**2))) < EVEN
