"""What tells a scratch from a line that belongs to the picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.repair.finding.groups import Groups, Indices, Values, linked
from nodes.repair.finding.lines import ANGLES, PROFILE, Ridges

LINK = [(0, 1), (0, 2), (1, -2), (1, -1), (1, 0), (1, 1), (1, 2), (2, -2), (2, -1), (2, 0), (2, 1), (2, 2)]
"""Offsets to later pixels of the same line: one missing pixel is jumped."""

TURN = 3
"""Steps of angle between neighbours on one line: 34 degrees, so that a crack may bend but not branch into texture."""

TINY = 1e-4
"""Keeps quotients and logarithms finite; a fortieth of an 8-bit step."""


def lines_of(ridges: Ridges) -> Indices:
    """The number of its line for every ridge pixel."""
    light = ridges.response > 0

    def alike(one: Indices, other: Indices) -> NDArray[np.bool_]:
        turn = np.abs(ridges.angle[one].astype(np.int16) - ridges.angle[other])
        return (np.minimum(turn, ANGLES - turn) <= TURN) & (light[one] == light[other])

    return linked(ridges.y, ridges.x, LINK, alike)


def line_measures(ridges: Ridges, groups: Groups, sigma: float, level: int) -> dict[str, Values]:
    """By name, one value a line; `sigma` is the picture's grain and `level` how often it was halved."""
    contrast = np.maximum(groups.mean(np.abs(ridges.near)), TINY)
    return {
        **_strength(ridges, groups, sigma, contrast),
        **_form(ridges, groups),
        **_sides(ridges, groups, contrast),
        **_surroundings(ridges, groups, sigma, level),
    }


def _strength(ridges: Ridges, groups: Groups, sigma: float, contrast: Floats) -> dict[str, Values]:
    strength = np.abs(ridges.response)
    mean = groups.mean(strength)
    return {
        "snr": np.log(mean / max(sigma, 1e-3)),
        "contrast": np.log(np.maximum(mean, TINY)),
        "isolation": np.log(np.maximum(groups.mean(strength / np.maximum(ridges.texture, TINY)), TINY)),
        "uneven": groups.spread(np.abs(ridges.near)) / contrast,
        "texture": np.log(np.maximum(groups.mean(ridges.texture), TINY) / max(sigma, 1e-3)),
    }


def _form(ridges: Ridges, groups: Groups) -> dict[str, Values]:
    length, breadth = groups.axes()
    upright = np.minimum(np.abs(ridges.angle - 8.0), 8 - np.abs(ridges.angle - 8.0))
    return {
        "length": np.log(length),
        "count": np.log(groups.count),
        "breadth": np.log(breadth / length),
        "fill": np.log(groups.count / length),
        "upright": groups.mean(upright),
    }


def _sides(ridges: Ridges, groups: Groups, contrast: Floats) -> dict[str, Values]:
    """A scratch has the same picture on both of its sides, and is narrower than anything a lens drew."""
    p, m = ridges.profile, PROFILE
    left, right = (p[:, m - 3] + p[:, m - 4]) / 2, (p[:, m + 3] + p[:, m + 4]) / 2
    background = (left + right) / 2
    apart, together = groups.spread(left - right), groups.spread(background)
    sign = np.sign(ridges.response)
    shape = np.stack([groups.mean(sign * (p[:, k] - background)) for k in range(2 * m + 1)], axis=1)
    folded = (shape[:, m:] + shape[:, m::-1]) / 2 / contrast[:, None]
    outside = np.abs(p[:, 0] - left) + np.abs(p[:, -1] - right)
    light, bright = groups.mean(sign > 0), groups.mean(p[:, m])
    return {
        "edge": np.log1p(groups.mean(np.abs(left - right)) / contrast),
        "step": np.abs(groups.mean(left - right)) / contrast,
        "apart": np.log(apart / contrast + 0.02),
        "crossing": np.log(together / contrast + 0.02),
        "continues": np.log((together + 1e-3) / (apart + 1e-3)),
        "background": groups.mean(background),
        "light": light,
        "white": np.where(light > 0.5, bright, 1 - bright),
        "skew": np.abs(shape[:, m + 1 :] - shape[:, m - 1 :: -1]).mean(axis=1) / contrast,
        "outside": np.log(groups.mean(outside) / contrast + 0.02),
        **{f"profile{k}": folded[:, k] for k in (1, 2, 4, 5, 6)},
    }


def _surroundings(ridges: Ridges, groups: Groups, sigma: float, level: int) -> dict[str, Values]:
    """What else is there: a wire among branches, a thread in a weave, one line of a busy picture."""
    lines, area = len(groups.count), groups.shape[0] * groups.shape[1]
    strength = np.abs(ridges.response)
    loud = np.log(strength / max(sigma, 1e-3) + 1e-3)
    energy = groups.mean(strength) * np.sqrt(groups.count)
    rank = np.empty(lines, np.float32)
    rank[np.argsort(-energy, kind="stable")] = np.arange(lines) / max(1.0, area / 2**20)
    whole = {
        "level": level,
        "sigma": sigma,
        "loud": np.mean(loud),
        "loudest": np.percentile(loud, 90),
        "busy": np.log(len(ridges) / area),
    }
    return {
        "parallel": np.log(groups.crowd(ridges.angle // (ANGLES // 4)) + 1e-3),
        "crowd": np.log(groups.crowd() + 1e-3),
        "rim": groups.rim(),
        "rank": np.log1p(rank),
        **{name: np.full(lines, value, np.float32) for name, value in whole.items()},
    }
