"""How alike two pictures of one face are."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from graph.context import Context
from nodes.faces.align import SIDE, TEMPLATE
from nodes.kinds.arrays import Floats
from nodes.models.face_vectors import INSTALL, SAME, FaceVectorModel, FaceVectors, installed
from nodes.pixels.colour import luma

VECTORS, STRUCTURE = MEASURES = ("vectors", "structure")

HALF = 0.5
"""Likeness at which vectors take two pictures for two people. On faces morphed halfway into another person both
measures gave 0.39 to 0.69, in the middle 0.57."""

LIMIT = 0.7
"""Likeness of one person. Laid over with a strength of 0.7, none of 24 faces that were only sharpened or brought back
from 40 pixels across to their sharp selves fell below it, and of faces rebuilt by Real-ESRGAN 1 of 8; of those morphed
halfway into another person 15 of 16 did, of those with another's eyes or mouth 21 of 32. By structure alone these were
0, 0, 8 and 15. bench/faces.py measures it on simpler changes."""

SMALLER = 4
"""How much smaller the structure is looked at: old photos seldom show more of a face."""

FINE, COARSE = 3.0, 9.0
"""Pixels of that: blurred by the first, and compared within windows of the second, a noisy face 40 pixels across is
0.93 to 0.97 alike to its sharp self."""

AROUND = 11.0
"""Pixels of that: how far an eye, the nose or the mouth reaches."""

FLAT = 2e-4
"""Contrast squared below which there is no structure; the constant of SSIM that keeps 0 / 0 away."""


class Likeness(Protocol):
    """A way to measure it."""

    def to(self, before: Floats) -> Callable[[Floats], float]:
        """How alike a face is to this one, 0..1, both aligned (512, 512, 3) and sRGB."""
        ...


class Structure:
    """By where light and dark lie around each eye, the nose and the mouth; the least alike of them counts.

    The structure term of Z. Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity"
    (2004): light, contrast and sharpness do not count. Its complement grows with the square of what was moved.
    """

    def to(self, before: Floats) -> Callable[[Floats], float]:
        first = _seen(before)
        return lambda after: 1.0 - float(np.sqrt(max(_changed(first, _seen(after)))))


@dataclass(frozen=True)
class Vectors:
    """By dlib's face vectors and by structure: the lower one counts. Vectors see eyes best, structure the mouth."""

    network: FaceVectors
    structure: Likeness

    def to(self, before: Floats) -> Callable[[Floats], float]:
        vector, structure = self.network.vector(before), self.structure.to(before)

        def alike(after: Floats) -> float:
            distance = float(np.linalg.norm(self.network.vector(after) - vector))
            return min(structure(after), max(0.0, 1.0 - HALF * distance / SAME))

        return alike


def percent(alike: float) -> str:
    """For people."""
    return f"{round(100 * alike)} %"


@contextmanager
def measuring(ctx: Context, measure: str) -> Generator[Likeness]:
    """The wished measure. Says so where only the structure can be had."""
    if measure == STRUCTURE:
        yield Structure()
    elif installed():
        with ctx.borrow(FaceVectorModel()) as network:
            yield Vectors(network, Structure())
    else:
        ctx.say(f"Faces are compared by their structure alone: face vectors need two more packages. {INSTALL}")
        yield Structure()


def _seen(face: Floats) -> Floats:
    import cv2

    size = (SIDE // SMALLER, SIDE // SMALLER)
    return _blurred(np.asarray(cv2.resize(luma(face), size, interpolation=cv2.INTER_AREA), np.float32), FINE)


def _changed(first: Floats, second: Floats) -> list[float]:
    """How much of the structure of each part differs, 0..1."""
    means = _blurred(first, COARSE), _blurred(second, COARSE)
    spreads = [np.maximum(_blurred(a * a, COARSE) - m * m, 0.0) for a, m in zip((first, second), means, strict=True)]
    both = _blurred(first * second, COARSE) - means[0] * means[1]
    differs = 1.0 - (both + FLAT) / (np.sqrt(spreads[0] * spreads[1]) + FLAT)
    return [float(np.clip(np.sum(part * differs), 0.0, 1.0)) for part in _parts()]


def _parts() -> list[Floats]:
    """How much each pixel counts for the left eye, the right one, the nose and the mouth."""
    y, x = np.mgrid[: SIDE // SMALLER, : SIDE // SMALLER].astype(np.float32)
    left, right, nose, *corners = TEMPLATE / SMALLER
    places = (left, right, nose, np.mean(corners, axis=0))
    weights = [np.exp(-((x - across) ** 2 + (y - down) ** 2) / (2 * AROUND**2)) for across, down in places]
    return [np.asarray(weight / weight.sum(), np.float32) for weight in weights]


def _blurred(values: Floats, sigma: float) -> Floats:
    import cv2

    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)
