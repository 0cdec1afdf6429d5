"""Boosted decision trees that turn measures into a probability."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.repair.finding.groups import Values


@dataclass(frozen=True)
class Trees:
    """Complete binary trees of one depth, in breadth-first order.

    Method: J. H. Friedman, "Greedy function approximation: a gradient boosting machine" (2001).
    """

    names: tuple[str, ...]
    """Of the measures, in the order that `feature` counts them."""
    base: float
    """The log odds before any tree."""
    feature: NDArray[np.int16]
    """(trees, nodes) the measure a node asks about."""
    threshold: Floats
    """(trees, nodes): above it one goes right."""
    leaf: Floats
    """(trees, leaves): what a tree adds to the log odds."""

    def probability(self, measures: dict[str, Values]) -> Floats:
        """One for each row of the measures."""
        table = np.stack([measures[name] for name in self.names], axis=1)
        rows = np.arange(len(table))
        odds = np.full(len(table), self.base, np.float32)
        depth = self.leaf.shape[1].bit_length() - 1
        for feature, threshold, leaf in zip(self.feature, self.threshold, self.leaf, strict=True):
            place = np.zeros(len(table), np.intp)
            for _ in range(depth):
                place = 2 * place + 1 + (table[rows, feature[place]] > threshold[place])
            odds += leaf[place - (2**depth - 1)]
        return (1 / (1 + np.exp(-odds))).astype(np.float32)


@cache
def trees(name: str) -> Trees:
    """Those shipped beside this file, as `name`.npz."""
    with np.load(Path(__file__).with_name(f"{name}.npz"), allow_pickle=False) as data:
        return Trees(
            tuple(str(each) for each in data["names"]),
            float(data["base"]),
            data["feature"],
            data["threshold"],
            data["leaf"],
        )
