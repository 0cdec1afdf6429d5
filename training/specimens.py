"""Pictures to learn from: a clean photo, aged, with look-alikes of damage, and in about half of them real damage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from training.ageing import aged, compressed
from training.artefacts import Artefacts
from training.damage import Damaged, damage
from training.decoys import caption, frame, pattern

SOUND = 0.45
"""The share without damage: most photos that people bring have little of it, and a sound one must stay untouched."""

AS_IT_IS = 0.3
"""The share that is not aged: modern photos are sharp, coloured and free of grain."""

DECOYS = ((caption, 0.2), (frame, 0.15), (pattern, 0.15))
"""With their probabilities."""


def photo_files(folder: Path) -> list[Path]:
    """All pictures in the folder, by name. ValueError where there are none."""
    known = set(Image.registered_extensions())
    files = sorted(path for path in folder.glob("*") if path.suffix.lower() in known)
    if not files:
        raise ValueError(f"{folder} holds no photos")
    return files


def read_photo(path: Path) -> NDArray[np.uint8]:
    """Upright, uint8 (H, W, 3), RGB. ValueError where it is not a picture."""
    try:
        with Image.open(path) as photo:
            return np.asarray(ImageOps.exif_transpose(photo).convert("RGB"), np.uint8)
    except UnidentifiedImageError as error:
        raise ValueError(f"{path} is not a picture that can be read") from error


def specimen(photo: NDArray[np.uint8], rng: np.random.Generator, artefacts: Artefacts) -> Damaged:
    """One picture and where it is damaged; the same photo gives a different one each time."""
    sound, as_it_is = rng.random() < SOUND, rng.random() < AS_IT_IS
    pixels = photo.astype(np.float32) / np.float32(255) if as_it_is else aged(photo, rng)
    for decoy, chance in DECOYS:
        if rng.random() < chance:
            pixels = decoy(pixels, rng)
    mask = np.zeros(pixels.shape[:2], np.bool_)
    if not sound:
        pixels, mask = damage(pixels, rng, artefacts)
    if not (sound and as_it_is):
        pixels = compressed(pixels, rng)
    return Damaged(pixels, mask)
