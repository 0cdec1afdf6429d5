"""Which of several finds are the same thing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def best(boxes: NDArray[np.float64], scores: NDArray[np.floating], most: float) -> list[int]:
    """The numbers of boxes (N, 4: left, top, right, bottom) that no better one covers, best first.

    Covered means: what both share is more than `most` (0..1) of what they take together.
    """
    order = np.argsort(-scores, kind="stable")
    kept: list[int] = []
    while order.size:
        first, order = order[0], order[1:]
        kept.append(int(first))
        order = order[shared(boxes[first], boxes[order]) <= most]
    return kept


def shared(box: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Intersection over union of a box (4,) and others (N, 4)."""
    sides = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    both = np.prod(np.maximum(sides, 0), axis=1)
    areas = np.prod(others[:, 2:] - others[:, :2], axis=1) + np.prod(box[2:] - box[:2])
    return both / np.maximum(areas - both, np.finfo(np.float64).tiny)
