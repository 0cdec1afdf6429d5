"""The light over a picture: broad changes of brightness and colour that lie on the print, not in what it shows.

All in logarithms of the encoded values: light multiplies, and an encoding that is nearly a power keeps it so.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma
from nodes.pixels.sample import extent
from nodes.pixels.toning import by_brightness

DARKEST = 0.04
"""Below it a pixel says nothing about the light that fell on it."""

TUKEY = 4.685
"""Residual, in robust standard deviations, from which a pixel shows something photographed and no light: the constant
that makes Tukey's biweight 95 % efficient on normal errors."""

ROUNDS = 12

OUTER, RINGS = 0.5, 6
"""Dark corners are measured from half of the way to them outwards, in rings: the middle is the sitter's."""

FALL = 3
"""The power of the distance with which light falls: 2 by the cosine law, 4 and more where a lens cuts it off."""

UNSEEN, MOST = 0.12, 1.5
"""Falls, as logarithms, that nobody sees and that no lens has: a factor of 1.13 and of 4.5."""

STRAY = 0.7
"""How far rings may lie off a smooth fall, as a share of it: the dark mat of an oval portrait lies further off."""

FAINT = 0.05
"""A broad change of colour below this, as a logarithm, is none."""

EXPLAINED = 0.4
"""Share of what is stray in the colour of a black-and-white print that broad stains must explain; colours that were
photographed have edges."""

BRIGHT, STEP = 0.45, 0.03
"""Paper is lighter than the first, and changes less than the second from a pixel to the next."""

AROUND, STRAIGHT = 0.6, 0.94
"""Shares of the frame that paper must cover, and of a rectangle that the picture inside must fill."""

PLANE, BROAD = 2, 4
"""Orders of the patterns fitted: to paper, which says nothing about the inside, and to stains on the picture."""


def logarithm(values: Floats) -> Floats:
    return np.log(np.maximum(values, np.float32(DARKEST)))


def smooth(values: Floats, order: int, counts: NDArray[np.bool_] | None = None) -> Floats:
    """The light under values (h, w): the first cosines fitted so that what stands out does not count.

    `counts` (h, w) says which pixels are looked at; all without it. `order` 1 is a constant.
    """
    shape = (values.shape[0], values.shape[1])
    patterns, target = _cosines(shape, order), values.ravel()
    given = np.ones(target.shape, np.float32) if counts is None else counts.ravel().astype(np.float32)
    weights, light = given, np.full_like(target, np.median(target[given > 0]))
    for _ in range(ROUNDS):
        weighted = patterns * weights[:, None]
        # A little of the identity: patterns that the counted pixels cannot tell apart share what they explain.
        matrix = weighted.T @ patterns + np.float32(1e-3 * target.size) * np.eye(patterns.shape[1], dtype=np.float32)
        centre = np.float32(np.average(target, weights=weights))
        light = centre + patterns @ np.linalg.solve(matrix, weighted.T @ (target - centre))
        rest = target - light
        spread = 1.4826 * float(np.median(np.abs(rest[given > 0]))) + 1e-3
        weights = given * np.clip(1 - (rest / (TUKEY * spread)) ** 2, 0, 1) ** 2 + np.float32(1e-6)
    return np.asarray(light, np.float32).reshape(shape)


def dark_corners(small: Floats) -> Floats | None:
    """How much darker (h, w) a picture (h, w, 3) is towards its corners: what all four agree on, None if nothing."""
    light = luma(small)
    rows, columns = extent(small)
    distance = _distance(rows, columns, (light.shape[0], light.shape[1]))
    falls = [_fall(logarithm(light[part]), distance[part]) for part in _quarters(rows, columns)]
    weakest = max(falls)
    return None if weakest > -UNSEEN else np.asarray(weakest * np.minimum(distance, 1.0) ** FALL, np.float32)


def uneven_paper(small: Floats) -> Floats | None:
    """The light (h, w, 3) as the paper around a picture shows it; None where there is no such paper."""
    paper = _paper(luma(small))
    if paper is None:
        return None
    light = np.stack([smooth(logarithm(small[..., side]), PLANE, paper) for side in range(3)], axis=-1)
    return None if float(np.ptp(light, axis=(0, 1)).max()) < FAINT else light


def stains(small: Floats) -> Floats | None:
    """Broad stains (h, w, 3) on a black-and-white print, whose colour should follow from its brightness."""
    light = luma(small)
    ratios = logarithm(small) - logarithm(light)[..., None]
    usual = by_brightness(light.ravel(), ratios.reshape(-1, 3)).reshape(ratios.shape)
    stray = np.asarray(ratios - usual, np.float32)
    field = np.stack([smooth(stray[..., side], BROAD) for side in range(3)], axis=-1)
    if np.mean((stray - field) ** 2) > (1 - EXPLAINED) * np.mean(stray**2):
        return None
    field -= np.median(field, axis=(0, 1))
    # A stain takes light away: what it takes least of tells how bright the print is without it.
    field -= field.max(axis=2, keepdims=True)
    return None if float(np.ptp(field)) < FAINT else field


def _cosines(shape: tuple[int, int], order: int) -> Floats:
    """Smooth patterns (h · w, k): products of the first cosines down and across."""
    down, across = (np.cos(np.pi * np.outer((np.arange(side) + 0.5) / side, np.arange(order))) for side in shape)
    pairs = [(y, x) for y in range(order) for x in range(order - y)]
    return np.stack([np.outer(down[:, y], across[:, x]).ravel() for y, x in pairs], axis=1).astype(np.float32)


def _distance(rows: slice, columns: slice, shape: tuple[int, int]) -> Floats:
    """From the middle of that part (h, w), 1 at its corners."""
    y, x = (
        (np.arange(length) + 0.5 - (part.start + part.stop) / 2) / max(1, part.stop - part.start)
        for part, length in zip((rows, columns), shape, strict=True)
    )
    return np.hypot(y[:, None], x[None]).astype(np.float32) * np.float32(2**0.5)


def _quarters(rows: slice, columns: slice) -> list[tuple[slice, slice]]:
    halves = [
        (slice(part.start, (part.start + part.stop) // 2), slice((part.start + part.stop) // 2, part.stop))
        for part in (rows, columns)
    ]
    return [(down, across) for down in halves[0] for across in halves[1]]


def _fall(light: Floats, distance: Floats) -> float:
    """How far the logarithm of light falls from the middle to this corner, below 0; 0 where it does not fall evenly."""
    edges = np.linspace(OUTER, 1.0, RINGS + 1)
    rings = [light[(distance >= near) & (distance < far)] for near, far in pairwise(edges)]
    if min(ring.size for ring in rings) < 4:
        return 0.0
    levels = np.array([np.median(ring) for ring in rings])
    at = ((edges[1:] + edges[:-1]) / 2) ** FALL
    slope, offset = np.polyfit(at, levels, 1)
    stray = float(np.sqrt(np.mean((levels - slope * at - offset) ** 2)))
    even = -MOST <= slope < 0.0 and stray < STRAY * -slope * float(np.std(at))
    return float(slope) if even else 0.0


def _paper(light: Floats) -> NDArray[np.bool_] | None:
    """The paper (h, w) around a picture: light, changing slowly, along most of the frame, straight inside."""
    import cv2

    height, width = light.shape
    if min(height, width) < 16:
        return None
    found = np.zeros((height + 2, width + 2), np.uint8)
    frame = np.argwhere(np.pad(np.zeros((height - 2, width - 2)), 1, constant_values=1.0))
    for y, x in frame.tolist():
        if light[y, x] > BRIGHT and not found[y + 1, x + 1]:
            cv2.floodFill(light, found, (x, y), 0, STEP, STEP, 4 | cv2.FLOODFILL_MASK_ONLY | 1 << 8)
    paper = found[1:-1, 1:-1].astype(bool) & (light > BRIGHT)
    # Pixels of the copy that are partly picture; what lies beyond the frame counts as paper.
    paper = cv2.erode(paper.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=1).astype(bool)
    on_frame = np.concatenate([paper[0], paper[-1], paper[:, 0], paper[:, -1]])
    inside = ~paper
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if on_frame.mean() < AROUND or rows.size == 0:
        return None
    box = (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)
    return paper if inside.sum() > STRAIGHT * box and box > 0.3 * light.size else None
