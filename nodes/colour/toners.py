"""What chemical toners make of the greys of a black-and-white print: a colour for each lightness."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from nodes.kinds.arrays import Floats

Shade = tuple[float, float, float]
"""L*, a*, b*."""

TONERS: Mapping[str, tuple[Shade, ...]] = MappingProxyType(
    {
        # Bleached and redeveloped to silver sulphide; the bleach takes the highlights first, so that the deepest
        # shadows keep some of their black. The middle one of forty old brown prints.
        "sepia": ((0, 0, 0), (12, 4, 8), (28, 6, 12), (44, 6, 16), (60, 5, 17), (76, 4, 15), (92, 2, 10), (100, 0, 4)),
        # Selenium takes the densest silver first: plum shadows, neutral highlights.
        "selenium": ((0, 0, 0), (12, 6, -3), (30, 6, -2), (55, 3, 0), (75, 1, 0), (100, 0, 0)),
        # First sepia for the highlights, then selenium for the shadows that it has left.
        "split": ((0, 0, 0), (12, 6, -3), (30, 5, 0), (55, 5, 10), (80, 3, 13), (100, 0, 4)),
        # Prussian blue, the strongest in the shadows, on white paper.
        "cyanotype": ((0, 0, 0), (12, 2, -18), (30, -2, -29), (55, -7, -25), (80, -6, -12), (100, 0, 0)),
        # Gold on plain silver paper: a cool blue-black in the shadows and the midtones.
        "gold": ((0, 0, 0), (15, 1, -5), (40, 0, -7), (65, 0, -5), (85, 0, -2), (100, 0, 1)),
    }
)
"""After T. Rudman, "The Photographer's Toning Book" (2002), for the order in which a toner takes shadows and
highlights. How strong each colour is was chosen by eye, except where it says more."""

STEPS = 256


def curve(shades: tuple[Shade, ...]) -> Floats:
    """a*, b* (STEPS + 1, 2) over L* from 0 to 100, without overshooting between the shades."""
    from scipy.interpolate import PchipInterpolator

    points = np.array(shades, np.float64)
    found = PchipInterpolator(points[:, 0], points[:, 1:])(np.linspace(0, 100, STEPS + 1))
    return np.asarray(found, np.float32)


def shades_of(light: float, a: float, b: float) -> tuple[Shade, ...]:
    """Those of a dye of that colour: strongest at its own lightness, none in black and in white."""
    middle = min(max(light, 20.0), 80.0)
    return (0, 0, 0), (middle / 2, 0.75 * a, 0.75 * b), (middle, a, b), ((100 + middle) / 2, a / 2, b / 2), (100, 0, 0)


def toned(light: Floats, colours: Floats) -> Floats:
    """a*, b* (h, w, 2) of L* (h, w)."""
    place = (light * np.float32(STEPS / 100)).clip(0, STEPS - 1e-3)
    before = place.astype(np.intp)
    share = (place - before)[..., None]
    return np.asarray(colours[before] + share * (colours[before + 1] - colours[before]), np.float32)
