"""From the middles of lines and the cores of patches back to every pixel they cover."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.repair.finding.groups import Groups, Whole
from nodes.repair.finding.lines import ANGLES, PROFILE, Ridges, across
from nodes.repair.finding.specks import Spots

FOOT = 0.35
"""Share of its contrast down to which damage covers a pixel: below half, because its rim is soft."""


class Footprint(NamedTuple):
    """Pixels of one level of the pyramid that damage may cover: parallel arrays."""

    y: Whole
    x: Whole
    probability: Floats
    sign: Floats
    """1 for light damage, -1 for dark."""
    limit: Floats
    """The grey beyond which a pixel belongs to the damage."""


def line_footprint(ridges: Ridges, probability: Floats) -> Footprint:
    """Outwards from each middle of a line, while the picture still differs from both of its sides."""
    sign, m = np.sign(ridges.response), PROFILE
    profile = ridges.profile * sign[:, None]
    background = np.maximum(profile[:, :2].mean(axis=1), profile[:, -2:].mean(axis=1))
    limit = background + FOOT * np.maximum(profile[:, m] - background, 0)
    chosen = [np.arange(len(ridges))]
    y, x = [ridges.y], [ridges.x]
    for way in (-1, 1):
        going = np.ones(len(ridges), np.bool_)
        for distance in range(1, m):
            going &= profile[:, m + way * distance] > limit
            offset = np.array([across(k, way * distance) for k in range(ANGLES)], np.int32)[ridges.angle[going]]
            chosen.append(np.flatnonzero(going))
            y.append(ridges.y[going] + offset[:, 0])
            x.append(ridges.x[going] + offset[:, 1])
    each = np.concatenate(chosen)
    return Footprint(np.concatenate(y), np.concatenate(x), probability[each], sign[each], (sign * limit)[each])


def speck_footprint(found: Spots, groups: Groups, probability: Floats) -> Footprint:
    """The pixels of patches that share enough of their patch's strongest response."""
    strength = np.abs(found.response)
    part = FOOT * groups.peak(strength)[groups.group]
    covered = (strength > part) & (probability > 0)
    sign = np.sign(found.response)
    limit = (found.value - found.response + sign * part).astype(np.float32)
    return Footprint(found.y[covered], found.x[covered], probability[covered], sign[covered], limit[covered])


def stamp(target: Floats, luma: Floats, feet: Footprint, level: int) -> None:
    """Raise `target` to the probabilities of the pixels covered; a pixel of level n is a square of 2 ** n.

    A wide line is found on a smaller copy, but its outline is that of the full-size `luma`.
    """
    side, (height, width) = 2**level, target.shape
    order = np.argsort(feet.probability, kind="stable")
    y, x = feet.y[order] * side, feet.x[order] * side
    value, sign, limit = feet.probability[order], feet.sign[order], feet.limit[order]
    for dy in range(side):
        for dx in range(side):
            below, beside = y + dy, x + dx
            inside = (below >= 0) & (beside >= 0) & (below < height) & (beside < width)
            if level:
                grey = luma[below.clip(0, height - 1), beside.clip(0, width - 1)]
                inside &= sign * (grey - limit) > 0
            below, beside = below[inside], beside[inside]
            # Of several values for one pixel the last written stays: the largest.
            target[below, beside] = np.maximum(target[below, beside], value[inside])
