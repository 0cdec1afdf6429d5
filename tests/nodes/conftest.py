"""Photos and what age does to them."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import data

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma


class Prints:
    """One photo of 256 × 256 in several states of age."""

    sound: Floats
    """In colour, as taken."""

    def __init__(self) -> None:
        pixels = (data.astronaut() / 255).astype(np.float32)
        self.sound = np.ascontiguousarray((pixels[::2, ::2] + pixels[1::2, 1::2]) / 2)
        self.grey: Floats = np.repeat(luma(self.sound)[..., None], 3, axis=2)
        # A brown print on cream paper: its colour follows from its brightness.
        self.sepia: Floats = (self.grey ** np.array([0.75, 1.0, 1.35])).astype(np.float32)
        # Each dye has lost some of its depth, cyan most.
        black, white = np.array([0.38, 0.22, 0.25]), np.array([0.93, 0.86, 0.74])
        self.faded: Floats = (black + (white - black) * self.sound).astype(np.float32)

    @staticmethod
    def washed(pixels: Floats) -> Floats:
        """Of little contrast."""
        return (0.35 + 0.5 * pixels).astype(np.float32)

    @staticmethod
    def framed(pixels: Floats, value: float, width: int = 20) -> Floats:
        """With paper or a scanner's lid around it."""
        return np.pad(pixels, ((width, width), (width, width), (0, 0)), constant_values=value)


@pytest.fixture(scope="session")
def prints() -> Prints:
    return Prints()
