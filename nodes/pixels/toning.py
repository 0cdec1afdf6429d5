"""Is a picture grey, toned in one colour throughout, or in colours?"""

from __future__ import annotations

from typing import Literal

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma

Toning = Literal["grey", "toned", "colour"]

GREY = 0.008
"""Root mean square chroma below which a picture is grey: two 8-bit steps."""

STRAY = 0.012
"""Root mean square chroma that does not follow from the brightness: stains and JPEG leave that much on any print."""

ACROSS = 0.0115
"""The same across the main hue. Of a hundred old prints the monochrome ones stayed below."""

SHARE = 0.19
"""A strong tone, a cyanotype or a red-chalk carbon print, may stray by this share of itself."""

BINS = 24


def toning(sample: Floats) -> Toning:
    """Of pixels (N, 3): toned means that chroma is nearly a function of brightness, along one hue."""
    light = luma(sample[None])[0]
    tints = sample[:, ::2] - light[:, None]
    strength = _rms(tints)
    if strength < GREY:
        return "grey"
    rest = tints - by_brightness(light, tints)
    stray = _rms(rest)
    one_hue = _rms(rest @ _across(tints)) < ACROSS and stray < 0.6 * strength
    return "toned" if stray < STRAY or stray < SHARE * strength or one_hue else "colour"


def by_brightness(light: Floats, tints: Floats) -> Floats:
    """The mean chroma (N, k) of pixels of the same brightness (N,)."""
    order = np.argsort(light, kind="stable")
    smooth = np.empty_like(tints)
    for group in np.array_split(order, BINS):
        if group.size:
            smooth[group] = tints[group].mean(axis=0)
    return smooth


def _across(tints: Floats) -> Floats:
    """The direction of chroma in which least happens."""
    _, vectors = np.linalg.eigh(tints.T @ tints)
    return vectors[:, 0]


def _rms(values: Floats) -> float:
    return float(np.sqrt(np.mean(values**2)))
