"""How far two pictures are apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STEP = 1 / 255
"""What is asked of every stage: no value further off than one step of 8 bits."""

TIGHT = STEP / 50
"""What equal weights in fp32 give where the package is fed 16 bits: its rounding and little more."""


def apart(first: NDArray[np.floating], second: NDArray[np.floating]) -> float:
    """The largest difference of any value."""
    assert first.shape == second.shape
    return float(np.abs(first.astype(np.float64) - second).max())


def decibels(first: NDArray[np.floating], second: NDArray[np.floating]) -> float:
    """Peak signal-to-noise ratio of two pictures in 0..1."""
    error = float(np.mean((first.astype(np.float64) - second) ** 2))
    return 10 * np.log10(1 / error) if error else np.inf
