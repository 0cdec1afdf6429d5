"""What a few lines of OpenCV do: the recipes that tutorials give, as peers. Each takes and gives (H, W, 3), 0..1."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np

from bench.judging.damages import bytes_of
from nodes.kinds.arrays import Floats

Recipe = Callable[[Floats], Floats]

ENDS = (0.5, 99.5)
"""Percent of the pixels at which a channel is stretched."""

STANDS_OUT = 30
"""Levels by which a line or speck is lighter or darker than what is around it."""


def median(pixels: Floats) -> Floats:
    return _floats(cv2.medianBlur(bytes_of(pixels), 5))


def top_hat_telea(pixels: Floats) -> Floats:
    """What a top-hat or a black-hat finds, widened by a pixel and filled."""
    levels = bytes_of(pixels)
    grey, square = cv2.cvtColor(levels, cv2.COLOR_RGB2GRAY), np.ones((7, 7), np.uint8)
    hats = (cv2.morphologyEx(grey, way, square) for way in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT))
    mask = (np.maximum(*hats) > STANDS_OUT).astype(np.uint8)
    return _floats(cv2.inpaint(levels, cv2.dilate(mask, np.ones((3, 3), np.uint8)), 3, cv2.INPAINT_TELEA))


def non_local_means(pixels: Floats) -> Floats:
    """With the strengths of OpenCV's own tutorial."""
    return _floats(cv2.fastNlMeansDenoisingColored(bytes_of(pixels), None, 10, 10, 7, 21))


def stretch(pixels: Floats) -> Floats:
    """Each channel from black to white."""
    low, high = np.percentile(pixels, ENDS, axis=(0, 1)).astype(np.float32)
    return np.clip((pixels - low) / np.maximum(high - low, 1 / 255), 0, 1)


def grey_world(pixels: Floats) -> Floats:
    """The mean made grey."""
    means = pixels.mean(axis=(0, 1))
    return np.clip(pixels * (means.mean() / np.maximum(means, 1 / 255)), 0, 1)


def clahe(pixels: Floats) -> Floats:
    """Of L*, with the settings of OpenCV's own tutorial."""
    lab = cv2.cvtColor(bytes_of(pixels), cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(2.0, (8, 8)).apply(lab[..., 0])
    return _floats(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB))


def one_after_the_other(pixels: Floats) -> Floats:
    return non_local_means(stretch(top_hat_telea(pixels)))


def _floats(levels: np.ndarray) -> Floats:
    return levels.astype(np.float32) / np.float32(255)


RECIPES: Mapping[str, Recipe] = {
    "medianBlur": median,
    "top-hat + Telea": top_hat_telea,
    "fastNlMeans": non_local_means,
    "stretch": stretch,
    "grey world": grey_world,
    "CLAHE": clahe,
    "Telea, stretch, NlMeans": one_after_the_other,
}

FITTING: Mapping[str, tuple[str, ...]] = {
    "sound": tuple(RECIPES),
    "scratches": ("medianBlur", "top-hat + Telea"),
    "dust": ("medianBlur", "top-hat + Telea"),
    "stains": ("top-hat + Telea",),
    "fading": ("stretch", "CLAHE"),
    "yellowing": ("stretch", "grey world"),
    "grain": ("medianBlur", "fastNlMeans"),
    "noise": ("medianBlur", "fastNlMeans"),
    "jpeg": ("medianBlur", "fastNlMeans"),
    "mixed": ("Telea, stretch, NlMeans",),
}
"""Those that somebody would try, by kind of damage."""
