"""How good a map of damage is, by the rules of the marked set; and how near a repaired photo comes to the sound one.

A map is judged as an 8-bit picture would keep it. Labels are 255 damage, 128 cannot tell, 0 sound. A found pixel is
right within two pixels of damage, a damaged one is found within two pixels of a find; what is found where nobody can
tell counts neither way. A photo's curve has 49 thresholds from 0.02 to 0.98, and its area is that under precision over
recall by the trapezoidal rule, the first precision holding from recall 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]

THRESHOLDS = np.linspace(0.02, 0.98, 49)

DISC = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
"""Two pixels to every side."""


@dataclass(frozen=True)
class Spread:
    """Of photos."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        if not values:
            return cls(float("nan"), float("nan"))
        return cls(float(np.mean(values)), float(np.std(values)))


@dataclass(frozen=True)
class Curve:
    """Precision and recall at THRESHOLDS."""

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]

    @property
    def f1(self) -> NDArray[np.float64]:
        return _f1(self.precision, self.recall)

    @property
    def area(self) -> float:
        points = sorted(set(zip(self.recall.tolist(), self.precision.tolist(), strict=True)))
        recall, precision = np.array(points).T
        return float(np.trapezoid(precision, recall) + recall[0] * precision[0])


@dataclass(frozen=True)
class Verdict:
    """On one damaged photo."""

    precision: float
    recall: float
    f1: float
    """These three at the shipped threshold."""
    best: float
    """F1 at the threshold that is best for this photo."""
    area: float
    curve: Curve

    def figures(self) -> dict[str, float]:
        return {name: value for name, value in asdict(self).items() if name != "curve"}


def as_bytes(values: Floats) -> Bytes:
    """0..1 as an 8-bit picture keeps it."""
    return (np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)


def level(threshold: float | NDArray[np.float64]) -> NDArray[np.intp]:
    """The first of the 255 steps that reaches a threshold; 0 is never found."""
    return np.maximum(np.searchsorted(np.arange(256) / 255.0, threshold), 1)


def verdict(likely: Bytes, mask: Flags, label: Bytes) -> Verdict:
    """Of a map, and of the mask that the detector makes of it. ValueError where no pixel of the photo is damaged."""
    whole = curve(likely, label, THRESHOLDS)
    at = curve(np.where(mask, 255, 0).astype(np.uint8), label, np.array([0.5]))
    return Verdict(
        float(at.precision[0]), float(at.recall[0]), float(at.f1[0]), float(whole.f1.max()), whole.area, whole
    )


def curve(likely: Bytes, label: Bytes, thresholds: NDArray[np.float64]) -> Curve:
    """ValueError where no pixel is damaged."""
    truth, known = label == 255, label != 128
    if not truth.any():
        raise ValueError("a sound photo has no curve")
    near = cv2.dilate(truth.astype(np.uint8), DISC) > 0
    levels = level(thresholds)
    found = _at_least(likely[known])[levels]
    right = _at_least(likely[known & near])[levels]
    reached = _at_least(_reach(likely, known)[truth])[levels]
    return Curve(np.where(found > 0, right / np.maximum(found, 1), 1.0), reached / np.count_nonzero(truth))


def reached(mask: Flags, label: Bytes) -> Flags:
    """The pixels that are within reach of what was found."""
    return _reach(np.where(mask, 255, 0).astype(np.uint8), label != 128) > 0


def false_pixels(mask: Flags, label: Bytes) -> float:
    """Found pixels of a sound photo, per megapixel of it."""
    return float(np.count_nonzero(mask & (label != 128)) / label.size * 1e6)


def decibels(one: Floats, other: Floats) -> float:
    """PSNR."""
    return float(-10 * np.log10(np.mean((one - other) ** 2, dtype=np.float64) + 1e-12))


def likeness(one: Floats, other: Floats) -> float:
    """SSIM over the three channels."""
    from skimage.metrics import structural_similarity

    measured: Any = structural_similarity(one, other, channel_axis=2, data_range=1.0)
    return float(measured)


def _reach(likely: Bytes, known: Flags) -> Bytes:
    """The strongest find within two pixels: it decides up to which threshold a damaged pixel counts as found."""
    return np.asarray(cv2.dilate(np.where(known, likely, 0).astype(np.uint8), DISC), np.uint8)


def _at_least(values: Bytes) -> NDArray[np.intp]:
    """How many reach each of the 256 steps, and none a step above."""
    return np.append(np.bincount(values, minlength=256)[::-1].cumsum()[::-1], 0)


def _f1(precision: NDArray[np.float64], recall: NDArray[np.float64]) -> NDArray[np.float64]:
    return 2 * precision * recall / np.maximum(precision + recall, 1e-300)
