"""How good a map of damage is, two pixels allowed: what is drawn by hand, and what is soft, has no sharper border."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats

THRESHOLDS = np.linspace(0.05, 0.95, 19)

DISC = 5
"""Pixels across: two to either side."""


class Score(NamedTuple):
    """Over all pixels of all pictures together."""

    f1: float
    threshold: float
    """At which that F1, the best, is reached."""
    precision: float
    recall: float
    false: float
    """Pixels of a megapixel that were found on sound pictures, at 0.5."""


def score(judged: Iterable[tuple[Floats, NDArray[np.uint8]]]) -> Score:
    """Of probabilities (H, W) and labels (H, W) as in training.patches."""
    counts, false, sound = np.zeros((len(THRESHOLDS), 4)), 0, 0
    for likely, label in judged:
        counts += _counts(likely, label)
        if not (label == 255).any():
            false += int(np.count_nonzero((likely >= 0.5) & (label == 0)))
            sound += label.size
    right, found, reached, damage = counts.T
    precision, recall = right / np.maximum(found, 1), reached / np.maximum(damage, 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(f1.argmax())
    figures = (f1[best], THRESHOLDS[best], precision[best], recall[best], 1e6 * false / max(sound, 1))
    return Score(*(float(figure) for figure in figures))


def _counts(likely: Floats, label: NDArray[np.uint8]) -> NDArray[np.float64]:
    """By threshold: pixels found and rightly so, found, damaged and found, damaged."""
    import cv2

    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (DISC, DISC))
    truth, known = label == 255, label != 128
    near = cv2.dilate(truth.astype(np.uint8), disc) > 0
    # Of the probabilities within reach the highest decides at which threshold a damaged pixel is still found.
    reached = cv2.dilate(np.where(known, likely, 0).astype(np.float32), disc)[truth]
    known_likely = likely[known]
    right_likely = likely[known & near]
    return np.array(
        [
            [
                np.count_nonzero(right_likely >= level),
                np.count_nonzero(known_likely >= level),
                np.count_nonzero(reached >= level),
                reached.size,
            ]
            for level in THRESHOLDS
        ],
        float,
    )
