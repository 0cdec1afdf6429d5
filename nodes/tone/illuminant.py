"""The colour of the light in a picture, estimated in several ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import BLUE, GREEN, RED, linear_from_srgb

DARK, CLIPPED = 0.03, 0.97
"""Pixels beyond have lost their colour to noise or to clipping."""

NORM = 6
"""Of Minkowski; the best one in G. D. Finlayson and E. Trezzi, "Shades of Gray and Colour Constancy" (2004)."""

WEIGHTS = np.array([RED, GREEN, BLUE], np.float32)

Estimate = Callable[[Floats], Floats]


def measurable(sample: Floats) -> Floats:
    """Of pixels (N, 3) as in the file those that can be measured, in linear light; N may be 0."""
    kept = (sample.max(axis=1) < CLIPPED) & (sample.max(axis=1) > DARK)
    return linear_from_srgb(sample[kept])


def neutral_share(sample: Floats) -> float:
    """The share of the pixels (N, 3), dark and clipped ones aside, that are grey to within 8 %."""
    brightest = sample.max(axis=1)
    kept = (brightest > 0.2) & (brightest < CLIPPED)
    if not kept.any():
        return 1.0
    return float(np.mean(sample[kept].min(axis=1) > 0.92 * brightest[kept]))


def grey_world(linear: Floats) -> Floats:
    """The mean colour (G. Buchsbaum, 1980), normalised to luminance 1."""
    return _normalised(linear.mean(axis=0))


def shades_of_grey(linear: Floats) -> Floats:
    """The Minkowski mean of norm 6: between the mean and the brightest."""
    return _normalised(np.mean(linear**NORM, axis=0) ** np.float32(1 / NORM))


def white_patch(linear: Floats) -> Floats:
    """The mean colour of the brightest hundredth (E. H. Land's retinex, 1977, made robust)."""
    light = linear @ WEIGHTS
    return _normalised(linear[light >= np.quantile(light, 0.99)].mean(axis=0))


def dark_patch(linear: Floats) -> Floats:
    """The mean colour of the darker half, where coloured things say little and a cast of the print says much."""
    light = linear @ WEIGHTS
    return _normalised(linear[light <= np.median(light)].mean(axis=0))


METHODS: Mapping[str, Estimate] = MappingProxyType(
    {"grey world": grey_world, "shades of grey": shades_of_grey, "white patch": white_patch}
)


def agreed(linear: Floats) -> Floats:
    """What all estimates have in common: the weakest of them, and white as far as they point different ways."""
    casts = np.stack([np.log(method(linear)) for method in (*METHODS.values(), dark_patch)])
    lengths = np.linalg.norm(casts, axis=1)
    directions = casts / np.maximum(lengths, 1e-6)[:, None]
    together = float(np.linalg.norm(directions.mean(axis=0)))
    # Four directions that lie within 45° of each other have a mean of about 0.85 or more.
    trust = float(np.clip((together - 0.75) / 0.2, 0.0, 1.0))
    mean = directions.mean(axis=0)
    return _normalised(np.exp(trust * float(lengths.min()) * mean / max(together, 1e-6)))


def _normalised(colour: Floats) -> Floats:
    colour = np.maximum(colour, 1e-4).astype(np.float32)
    return colour / float(colour @ WEIGHTS)
