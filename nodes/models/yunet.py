"""YuNet: W. Wu et al., "YuNet: A Tiny Millisecond-level Face Detector" (2023), through OpenCV.

OpenCV's own model zoo publishes it as ONNX; OpenCV reads it without onnxruntime.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import LANDMARKS, Face

OVERLAP = 0.3
"""Two finds that share more of their area are one face: the value of OpenCV's own samples."""

MOST = 5000
"""Finds looked at before the overlapping ones are dropped: OpenCV's default."""


SMALLEST = 64
"""Pixels a side of what the detector is shown."""


class YuNet:
    """A loaded detector."""

    longest = 1280
    """Pixels a side that it looks at in one go."""
    finest = 16
    """Pixels: the width of the smallest faces it finds reliably; it was trained on 10 to 300."""
    widest = 300
    """Pixels: the width of the largest ones."""

    def __init__(self, network: Any) -> None:
        self.network = network

    @classmethod
    def load(cls, path: Path) -> tuple[YuNet, int]:
        """The detector in an ONNX file and its bytes. StepError where it is none. It always works on the processor."""
        import cv2

        try:
            network = cv2.FaceDetectorYN.create(str(path), "", (32, 32), 0.9, OVERLAP, MOST)
            # A network for something else is read just as well, and fails at work.
            network.setInputSize((SMALLEST, SMALLEST))
            network.detect(np.zeros((SMALLEST, SMALLEST, 3), np.uint8))
        except cv2.error as error:
            raise StepError(
                f"{path.name} is no face detector.", "Choose one of YuNet or RetinaFace, or cascade."
            ) from error
        return cls(network), path.stat().st_size

    def faces(self, pixels: Floats, confidence: float, check: Callable[[], None]) -> list[Face]:
        """The faces in sRGB pixels (H, W, 3), 0..1, at the size they come in, surest first, none below `confidence`."""
        check()
        picture = _padded(_bgr_from_pixels(pixels))
        self.network.setInputSize((picture.shape[1], picture.shape[0]))
        self.network.setScoreThreshold(confidence)
        _, rows = self.network.detect(picture)
        check()
        return [] if rows is None else [_face(row) for row in np.asarray(rows, np.float64) if np.isfinite(row).all()]


def _padded(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Continued in black to SMALLEST pixels a side: at 32 × 32 OpenCV 4.14 sometimes answers from memory never set."""
    below, right = (max(0, SMALLEST - side) for side in picture.shape[:2])
    return np.pad(picture, ((0, below), (0, right), (0, 0))) if below or right else picture


def _bgr_from_pixels(pixels: Floats) -> NDArray[np.uint8]:
    """As OpenCV's detectors take pictures: 8 bits, blue first."""
    return np.ascontiguousarray(np.rint(pixels[..., ::-1] * np.float32(255)).astype(np.uint8))


def _face(row: NDArray[np.float64]) -> Face:
    """From left, top, width, height, five points, score."""
    left, top, width, height, *marks, score = row.tolist()
    points = tuple(zip(marks[: 2 * LANDMARKS : 2], marks[1 : 2 * LANDMARKS : 2], strict=True))
    return Face((left, top, left + max(0.0, width), top + max(0.0, height)), points, score)
