"""Ridge pixels linked into lines, and each line measured."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.repair.lines import ANGLES, PROFILE, Ridges

LINK = [(0, 1), (0, 2), (1, -2), (1, -1), (1, 0), (1, 1), (1, 2), (2, -2), (2, -1), (2, 0), (2, 1), (2, 2)]
"""Offsets to later pixels that belong to the same line: one missing pixel is jumped."""

TURN = 3
"""Steps of angle between neighbours of one line: 34 degrees, so that a crack may bend but not branch into texture."""

CELL = 8
"""Pixels a side of the cells in which neighbouring lines are counted."""

AROUND = 3
"""Cells each way: 28 pixels."""


def linked(ridges: Ridges, width: int) -> NDArray[np.intp]:
    """The number of its line for every ridge pixel. The ridges are in reading order."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(ridges)
    if not count:
        return np.zeros(0, np.intp)
    row = width + 4
    keys = ridges.y.astype(np.int64) * row + ridges.x
    light = ridges.response > 0
    ones: list[NDArray[np.intp]] = []
    others: list[NDArray[np.intp]] = []
    for dy, dx in LINK:
        sought = keys + dy * row + dx
        found = np.minimum(np.searchsorted(keys, sought), count - 1)
        one = np.flatnonzero(keys[found] == sought)
        other = found[one]
        turn = np.abs(ridges.angle[one].astype(np.int16) - ridges.angle[other])
        alike = (np.minimum(turn, ANGLES - turn) <= TURN) & (light[one] == light[other])
        ones.append(one[alike])
        others.append(other[alike])
    edges = (np.concatenate(ones), np.concatenate(others))
    graph = coo_array((np.ones(len(edges[0]), np.int8), edges), shape=(count, count))
    return connected_components(graph, directed=False)[1].astype(np.intp)


def in_order(ridges: Ridges) -> Ridges:
    """In reading order, whatever tiles they came from."""
    return ridges.of(np.lexsort((ridges.x, ridges.y)))


class Strands:
    """Lines, each with its measures: arrays over the lines."""

    def __init__(self, ridges: Ridges, lines: NDArray[np.intp], shape: tuple[int, int]) -> None:
        self.ridges, self.lines, self.shape = ridges, lines, shape
        self.count = np.bincount(lines).astype(np.float32)

    def mean(self, values: NDArray[np.generic]) -> Floats:
        """Of one value a ridge pixel, over each line."""
        return (np.bincount(self.lines, values.astype(np.float64)) / self.count).astype(np.float32)

    def spread(self, values: Floats) -> Floats:
        """Standard deviation along each line."""
        away = values - self.mean(values)[self.lines]
        return np.sqrt(self.mean(away**2))

    def axes(self) -> tuple[Floats, Floats]:
        """Length and breadth of each line: 1 pixel for a pixel, the full length for a straight one."""
        y, x = (axis - self.mean(axis)[self.lines] for axis in (self.ridges.y, self.ridges.x))
        yy, xx, xy = self.mean(y * y), self.mean(x * x), self.mean(x * y)
        middle, root = (yy + xx) / 2, np.sqrt(((yy - xx) / 2) ** 2 + xy**2)
        # The variance of a straight line of length l is l² / 12.
        return 1 + np.sqrt(12 * (middle + root)), 1 + np.sqrt(12 * np.maximum(middle - root, 0))

    def crowd(self, parallel: bool) -> Floats:
        """How many pixels of other lines lie around, as a share of the area; only those of a like direction."""
        import cv2

        rows, columns = (length // CELL + 1 for length in self.shape)
        cells = (self.ridges.y // CELL).astype(np.int64) * columns + self.ridges.x // CELL
        sector = (self.ridges.angle // 4).astype(np.int64) if parallel else np.zeros(len(cells), np.int64)
        own = self._own(cells, sector, columns)
        total = np.zeros(len(cells), np.float32)
        side = 2 * AROUND + 1
        for which in range(4 if parallel else 1):
            members = sector == which
            grid = np.bincount(cells[members], minlength=rows * columns).reshape(rows, columns).astype(np.float32)
            around = cv2.boxFilter(grid, -1, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)
            total[members] = np.asarray(around).reshape(-1)[cells[members]]
        return self.mean(np.maximum(total - own, 0)) / (side * CELL) ** 2

    def _own(self, cells: NDArray[np.int64], sector: NDArray[np.int64], columns: int) -> Floats:
        """How many pixels of its own line lie around each pixel."""
        # A line and a cell together make a key; the sorted list of keys is searched for each cell around.
        size = int(cells.max()) + 1 + AROUND * (columns + 1)
        base = (self.lines * 4 + sector) * size
        keys, counts = np.unique(base + cells, return_counts=True)
        own = np.zeros(len(cells), np.float32)
        places, back = np.unique(base + cells, return_inverse=True)
        sums = np.zeros(len(places), np.float32)
        for dy in range(-AROUND, AROUND + 1):
            for dx in range(-AROUND, AROUND + 1):
                sought = places + dy * columns + dx
                found = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
                sums += np.where(keys[found] == sought, counts[found], 0)
        own[:] = sums[back]
        return own


def measures(strands: Strands, sigma: float, level: int) -> Floats:
    """(lines, measures): what the gate judges a line by."""
    ridges = strands.ridges
    strength, near = np.abs(ridges.response), np.abs(ridges.near)
    contrast = np.maximum(strands.mean(near), 1e-4)
    length, breadth = strands.axes()
    light = strands.mean(ridges.response > 0)
    sign = np.sign(ridges.response)
    p, m = ridges.profile, PROFILE
    bright = strands.mean(p[:, m])
    left, right = (p[:, m - 3] + p[:, m - 4]) / 2, (p[:, m + 3] + p[:, m + 4]) / 2
    background = (left + right) / 2
    edge = np.abs(left - right)
    height, width = strands.shape
    rim = np.minimum(np.minimum(ridges.y, height - 1 - ridges.y), np.minimum(ridges.x, width - 1 - ridges.x))
    shape = np.stack([strands.mean(sign * (p[:, k] - background)) for k in range(2 * m + 1)], axis=1)
    folded = (shape[:, m:] + shape[:, m::-1]) / 2 / contrast[:, None]
    skew = np.abs(shape[:, m + 1 :] - shape[:, m - 1 :: -1]).mean(axis=1) / contrast
    apart, together = strands.spread(left - right), strands.spread(background)
    big = strands.count
    loud = np.log(strength / max(sigma, 1e-3) + 1e-3)
    photo = [float(np.mean(loud)), float(np.percentile(loud, 90)), float(np.log(len(ridges) / (height * width)))]
    energy = np.log(strands.mean(strength)) + 0.5 * np.log(big)
    rank = np.argsort(np.argsort(-energy)) / max(1.0, height * width / 2.0**20)
    horizontal = np.minimum(np.abs(ridges.angle - 8.0), 8 - np.abs(ridges.angle - 8.0))
    outside = np.abs(p[:, m - 6] - left) + np.abs(p[:, m + 6] - right)
    named = {
        "length": np.log(length),
        "count": np.log(big),
        "breadth": np.log(breadth / length),
        "fill": np.log(strands.count / length),
        "snr": np.log(strands.mean(strength) / max(sigma, 1e-3)),
        "contrast": np.log(np.maximum(strands.mean(strength), 1e-4)),
        "isolation": np.log(np.maximum(strands.mean(strength / np.maximum(ridges.texture, 1e-4)), 1e-4)),
        "uneven": strands.spread(near) / contrast,
        "edge": np.log1p(strands.mean(edge) / contrast),
        "step": np.abs(strands.mean(left - right)) / contrast,
        "apart": np.log(apart / contrast + 0.02),
        "crossing": np.log(together / contrast + 0.02),
        "continues": np.log((together + 1e-3) / (apart + 1e-3)),
        "background": strands.mean(background),
        "light": light,
        "white": np.where(light > 0.5, bright, 1 - bright),
        "parallel": np.log(strands.crowd(parallel=True) + 1e-3),
        "crowd": np.log(strands.crowd(parallel=False) + 1e-3),
        "texture": np.log(strands.mean(ridges.texture) / max(sigma, 1e-3)),
        "rim": strands.mean(rim),
        "level": np.full(len(length), level),
        "sigma": np.full(len(length), sigma),
        "loud": np.full(len(length), photo[0]),
        "loudest": np.full(len(length), photo[1]),
        "busy": np.full(len(length), photo[2]),
        "rank": np.log1p(rank),
        "upright": strands.mean(horizontal),
        "skew": skew,
        "outside": np.log(strands.mean(outside) / contrast + 0.02),
        **{f"profile{k}": folded[:, k] for k in (1, 2, 4, 5, 6)},
    }
    NAMES[:] = list(named)
    return np.stack([np.asarray(values, np.float32) for values in named.values()], axis=1)


NAMES = []
