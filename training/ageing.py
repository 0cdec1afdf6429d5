"""What age, the camera and the scanner do to the whole of a picture: before the damage, and after it."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nodes.kinds.arrays import Floats
from training.coverage import blurred

LARGEST = 1100
"""Pixels of the longer side; what is larger is cut to CUT, so that a training run takes hours, not days."""

CUT = (900, 1000)


def aged(photo: NDArray[np.uint8], rng: np.random.Generator) -> Floats:
    """An old print of the photo, uint8 (H, W, 3): enlarged, grey, soft, faded and grainy, each with its own chance."""
    pixels = _enlarged(photo, rng).astype(np.float32) / np.float32(255)
    if rng.random() < 0.7:
        pixels = np.repeat(pixels.mean(axis=2, keepdims=True), 3, axis=2)
    softness = float(rng.choice([0, 0, 0.6, 1, 1.5]))
    if softness:
        pixels = blurred(pixels, softness)
    if rng.random() < 0.5:
        black, white = rng.uniform(0, 0.25), rng.uniform(0.7, 1)
        pixels = black + (white - black) * pixels ** rng.uniform(0.7, 1.3)
    grain = float(rng.choice([0, 0.01, 0.02, 0.04]))
    if grain:
        pixels = pixels + grain * _grain(pixels.shape[:2], rng)[..., None]
    return np.clip(pixels, 0, 1).astype(np.float32)


def compressed(pixels: Floats, rng: np.random.Generator) -> Floats:
    """Rounded to 8 bits, and mostly saved as a JPEG file."""
    rounded = Image.fromarray((pixels * 255 + 0.5).astype(np.uint8))
    quality = int(rng.choice([0, 95, 88, 80, 70]))
    if quality:
        file = io.BytesIO()
        rounded.save(file, "JPEG", quality=quality)
        rounded = Image.open(file)
    return np.asarray(rounded, np.float32) / np.float32(255)


def _enlarged(photo: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    import cv2

    factor = float(rng.choice([1, 1, 1.5, 2, 3]))
    if factor > 1:
        photo = np.asarray(cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), np.uint8)
    if max(photo.shape) <= LARGEST:
        return photo
    top, left = (int(rng.integers(0, max(1, had - kept))) for had, kept in zip(photo.shape[:2], CUT, strict=True))
    return photo[top : top + CUT[0], left : left + CUT[1]]


def _grain(shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    """Noise of deviation 1, fine or slightly clumped."""
    noise = rng.standard_normal(shape).astype(np.float32)
    clumps = float(rng.choice([0, 0.6, 1]))
    if not clumps:
        return noise
    noise = blurred(noise, clumps)
    return noise / noise.std()
