"""Tone curves that never clip, and how they are laid on a picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import merge, split

STEPS = 4096
"""Straight pieces of a curve: between them a smooth curve departs by less than a 16-bit step."""

TOE, SHOULDER = 0.03, 0.06
"""What lies beyond the black and the white point shares this much of the range, so nothing is crushed or burnt out.
White gets more: what is brightest in a portrait is the forehead."""


SLIGHT = np.float32(1e-9)
"""Chroma that is none."""


def stretch(black: float, white: float, gamma: float = 1.0) -> Floats:
    """A rising curve (4097,) from 0 to 1 that takes `black` nearly to 0 and `white` nearly to 1.

    Between them it is a power; beyond them it bends into the corners (Fritsch and Carlson's monotone cubic, 1980)
    instead of clipping. With black 0, white 1 and gamma 1 it is the identity.
    """
    from scipy.interpolate import PchipInterpolator

    black = min(max(black, 0.0), 0.95)
    white = min(max(white, black + 0.05), 1.0)
    low, high = min(TOE, black), 1.0 - min(SHOULDER, 1.0 - white)
    inner = np.linspace(0.0, 1.0, 17)
    x = np.concatenate([[0.0], black + (white - black) * inner, [1.0]])
    y = np.concatenate([[0.0], low + (high - low) * inner**gamma, [1.0]])
    # Ends that coincide with a corner leave one point of the two.
    x, kept = np.unique(x, return_index=True)
    curve = PchipInterpolator(x, y[kept])(np.linspace(0.0, 1.0, STEPS + 1))
    return np.clip(curve, 0.0, 1.0).astype(np.float32)


def drawn(points: Sequence[Sequence[float]]) -> Floats:
    """The curve (4097,) through points from left to right; level before the first and after the last one.

    Fritsch and Carlson's monotone cubic: between two points it never leaves their range.
    """
    from scipy.interpolate import PchipInterpolator

    x, y = np.asarray(points, np.float64).T
    places = np.linspace(0.0, 1.0, STEPS + 1).clip(x[0], x[-1])
    return np.clip(PchipInterpolator(x, y)(places), 0.0, 1.0).astype(np.float32)


def is_straight(curve: Floats) -> bool:
    """Whether it changes nothing that 16 bits could show."""
    return float(np.abs(curve - np.linspace(0.0, 1.0, curve.size)).max()) < 1 / 2**17


def mixed(curve: Floats, strength: float) -> Floats:
    """The curve at `strength` of its effect: 0 gives the identity."""
    straight = np.linspace(0.0, 1.0, curve.size)
    return (straight + strength * (curve - straight)).astype(np.float32)


def through(curve: Floats, values: Floats) -> Floats:
    """Values of any shape, 0..1, sent through a curve."""
    # Several times as fast as np.interp, which searches, and in double precision.
    place = values * np.float32(curve.size - 1)
    left = np.minimum(place.astype(np.int32), curve.size - 2)
    place -= left
    place *= np.diff(curve).take(left)
    place += curve.take(left)
    return place


def relit(pixels: Floats, curve: Floats, gain: float) -> Floats:
    """Pixels (H, W, 3) with their luma sent through the curve and their chroma times `gain`, hue kept.

    Where the result would leave 0..1 the chroma gives way, never the luma, so no channel is clipped by itself.
    """
    light, tints = split(pixels)
    return in_range(through(curve, light), tints * np.float32(gain))


def in_range(light: Floats, tints: Floats) -> Floats:
    """The pixels of luma (H, W) and chroma (H, W, 2), with as much of the chroma as fits into 0..1."""
    colour = merge(np.zeros_like(light), tints)
    red, green, blue = colour[..., 0], colour[..., 1], colour[..., 2]
    # Plane by plane: NumPy's maximum along an axis of three is ten times as slow. The floor keeps grey from 0 / 0.
    above = np.maximum(np.maximum(np.maximum(red, green), blue), SLIGHT)
    below = np.maximum(-np.minimum(np.minimum(red, green), blue), SLIGHT)
    share = np.minimum(np.minimum((1.0 - light) / above, light / below), 1.0)
    colour *= share[..., None]
    colour += light[..., None]
    return np.clip(colour, 0.0, 1.0, out=colour)
