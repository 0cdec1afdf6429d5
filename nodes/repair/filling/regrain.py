"""Puts a photo's grain on what was filled smoothly."""

from __future__ import annotations

import math

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import luma
from nodes.pixels.grains import grains, grains_reach
from nodes.pixels.noise import BLOCK, LARGEST, SAMPLE, Grain, estimate_grain
from nodes.pixels.profile import convert
from nodes.repair.filling.holes import Marks

FINE = 1.5
"""Deviation of the blur that tells what of a picture is as fine as grain."""


def measured(image: Image, mask: Floats) -> Grain:
    """The grain of the sound parts of a photo, in sRGB."""
    height, width = (min(side, SAMPLE) for side in (image.height, image.width))
    y, x = (image.height - height) // 2, (image.width - width) // 2
    part = slice(y, y + height), slice(x, x + width)
    sound = _sound_blocks(luma(convert(image.pixels[part], image.origin.profile, None)), mask[part])
    across = max(1, math.isqrt(sound.shape[0]))
    sound = sound[: sound.shape[0] // across * across].reshape(-1, across, BLOCK, BLOCK)
    return estimate_grain(sound.swapaxes(1, 2).reshape(-1, across * BLOCK)) if sound.size else Grain(0.0, 0.0)


def _sound_blocks(plane: Floats, mask: Floats) -> Floats:
    """The blocks (N, 16, 16) of a plane that hold no damage."""
    rows, columns = plane.shape[0] // BLOCK, plane.shape[1] // BLOCK

    def cut(values: Floats) -> Floats:
        whole = values[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK)
        return whole.swapaxes(1, 2).reshape(-1, BLOCK, BLOCK)

    return cut(plane)[~(cut(mask) > 0).any(axis=(1, 2))]


def regrained(pixels: Floats, where: Marks, grain: Grain, share: float, place: tuple[int, int]) -> Floats:
    """Pixels (H, W, 3) in sRGB with that share of the grain laid on, less what those marked (H, W) have already.

    The place in the photo decides what is drawn, so that the same comes out every time.
    """
    if share * grain.sigma <= 0.0 or not where.any():
        return pixels
    light = luma(pixels)
    noise = _noise(light.shape[0], light.shape[1], min(grain.size, LARGEST), place) * np.float32(grain.sigma)
    there, wanted = _fineness(light, where), _fineness(noise, where)
    missing = max(0.0, 1.0 - (there / wanted) ** 2) ** 0.5 if wanted > 0 else 0.0
    # Strongest in the midtones, none in black and in paper white, as on film.
    amount = np.sqrt(4.0 * light * (1.0 - light)) * np.float32(share * missing)
    return np.clip(pixels + (amount * noise)[..., None], 0.0, 1.0).astype(np.float32, copy=False)


def _fineness(plane: Floats, where: Marks) -> float:
    """How much a plane varies within few pixels there, but for its edges."""
    import cv2

    soft = np.asarray(cv2.GaussianBlur(plane, (0, 0), FINE, borderType=cv2.BORDER_REFLECT))
    return float(np.median(np.abs(plane - soft)[where]))


def _noise(height: int, width: int, size: float, place: tuple[int, int]) -> Floats:
    """Noise of deviation 1 whose grains are that many pixels wide."""
    reach = grains_reach(size)
    shape = height + 2 * reach, width + 2 * reach
    return grains(np.random.default_rng(place).standard_normal(shape, dtype=np.float32), size)
