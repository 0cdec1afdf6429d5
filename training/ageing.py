"""What age, the camera and the scanner do to the whole of a picture: before the damage, and after it."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nodes.damage.ageing import Ageing
from nodes.damage.coverage import blurred, lightness, threefold
from nodes.damage.field import white
from nodes.damage.sheet import Window
from nodes.kinds.arrays import Floats

HALFTONE = 0.06
"""The share of pictures that come out of a newspaper or a book."""

LARGE = 900
"""Pixels of the shorter side from which a photo is a large scan."""


def any_ageing(rng: np.random.Generator) -> Ageing:
    """How much a print has faded, yellowed and so on: each by its own chance."""
    return Ageing(
        fading=float(rng.uniform(0, 1)) if rng.random() < 0.55 else 0.0,
        yellowing=float(rng.uniform(0, 1)) if rng.random() < 0.4 else 0.0,
        uneven=float(rng.uniform(0, 0.8)) if rng.random() < 0.4 else 0.0,
        grain=float(rng.choice([0, 0.12, 0.25, 0.45])),
        grain_size=float(rng.choice([1, 1.5, 2.2, 3])),
        softness=float(rng.choice([0, 0, 0.6, 1, 1.6])),
        halftone=float(rng.uniform(3, 7)) if rng.random() < HALFTONE else 0.0,
        seed=int(rng.integers(2**31)),
    )


def greyed(pixels: Floats) -> Floats:
    """Black and white."""
    return threefold(lightness(pixels))


def scanned(pixels: Floats, rng: np.random.Generator) -> Floats:
    """What a scanner adds to picture and damage alike: a soft focus, a curve of its own, a little noise.

    Without it the edge of drawn damage would be sharper than any edge of the picture, and give it away.
    """
    pixels = blurred(pixels, float(rng.choice([0.4, 0.6, 0.9])))
    if rng.random() < 0.5:
        pixels = np.asarray(np.clip(pixels, 0, 1) ** rng.uniform(0.7, 1.4), np.float32)
    noise = float(rng.choice([0, 0.004, 0.012]))
    if noise:
        pixels = pixels + threefold(noise * white(Window(0, 0, *pixels.shape[:2]), int(rng.integers(2**31))))
    return np.clip(pixels, 0, 1)


def compressed(pixels: Floats, rng: np.random.Generator) -> Floats:
    """Rounded to 8 bits, and mostly saved as a JPEG file."""
    rounded = Image.fromarray((pixels * 255 + 0.5).astype(np.uint8))
    quality = int(rng.choice([0, 95, 88, 80, 70, 55]))
    if quality:
        file = io.BytesIO()
        rounded.save(file, "JPEG", quality=quality)
        rounded = Image.open(file)
    return np.asarray(rounded, np.float32) / np.float32(255)


def any_scale(photo: NDArray[np.uint8], rng: np.random.Generator) -> float:
    """How much more finely, or coarsely, the photo is scanned.

    A photo of everyday size up to threefold: small photos for training are sharper than any print. A large scan down
    to three tenths.
    """
    large = min(photo.shape[:2]) >= LARGE
    return float(rng.uniform(0.3, 1) if large else rng.choice([1, 1, 1.5, 2, 3]))


def resized(photo: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """To that many pixels."""
    import cv2

    if photo.shape[:2] == (height, width):
        return photo
    way = cv2.INTER_AREA if height < photo.shape[0] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(photo, (width, height), interpolation=way), np.uint8)
