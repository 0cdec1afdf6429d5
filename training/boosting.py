"""Gradient boosted trees of one depth, on binned measures.

Method: J. H. Friedman, "Greedy function approximation: a gradient boosting machine" (2001), with the second-order gain
and leaf values of T. Chen & C. Guestrin, "XGBoost: a scalable tree boosting system" (2016), equations 5 to 7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.repair.finding.trees import Trees

Bins = NDArray[np.uint8]
"""(measures, rows): which of the measure's bins a row falls in."""
Numbers = NDArray[np.float64]
Whole = NDArray[np.intp]

LEAST_GAIN = 1e-6
"""A node whose best question gains no more than that asks none."""

NEVER = np.float32(3e38)
"""The threshold of such a node: all go left."""


@dataclass(frozen=True)
class Boosting:
    """How the trees are grown; the values are those of the trees that are shipped."""

    rounds: int = 130
    """Trees."""
    depth: int = 5
    """Questions on the way to a leaf."""
    rate: float = 0.12
    """The share of its best value that a leaf adds."""
    bins: int = 64
    """Thresholds tried for a measure, at its quantiles; at most 256."""
    penalty: float = 5.0
    """On the square of a leaf's value: lambda in Chen & Guestrin."""
    least: float = 1.5
    """The sum of second derivatives that each side of a question needs."""
    rows: float = 0.6
    """The share of the rows that each tree sees."""
    measures: float = 0.6
    """The share of the measures that each tree may ask about."""
    seed: int = 0


@dataclass(frozen=True)
class _Slopes:
    """First and second derivative of the loss, one a row, for the rows that a tree sees."""

    rows: Whole
    first: Numbers
    second: Numbers

    def sums(self, places: Whole, count: int) -> tuple[Numbers, Numbers]:
        """Of both over the rows of each place, 0 to `count`."""
        first, second = (
            np.bincount(places, slope[self.rows], minlength=count).astype(np.float64, copy=False)
            for slope in (self.first, self.second)
        )
        return first, second


def fit(
    names: Sequence[str],
    table: Floats,
    truth: NDArray[np.bool_],
    weights: Floats,
    boosting: Boosting,
    grown: Callable[[], None] = lambda: None,
) -> Trees:
    """Trees that tell the rows of `table` (rows, measures) for which `truth` holds from the others.

    `grown` is called after each tree. ValueError where all rows are alike.
    """
    if truth.all() or not truth.any():
        raise ValueError("there is nothing to tell apart: the rows are all sound or all damaged")
    rng = np.random.default_rng(boosting.seed)
    edges = [_edges(column, boosting.bins) for column in table.T]
    bins = np.stack([np.searchsorted(at, column) for at, column in zip(edges, table.T, strict=True)]).astype(np.uint8)
    base = float(np.log(weights[truth].sum() / weights[~truth].sum()))
    odds = np.full(len(table), base)
    trees: list[tuple[Whole, Floats, Floats]] = []
    for _ in range(boosting.rounds):
        likely = 1 / (1 + np.exp(-odds))
        seen = np.flatnonzero(rng.random(len(table)) < boosting.rows)
        slopes = _Slopes(seen, weights * (likely - truth), weights * likely * (1 - likely))
        asked = rng.choice(len(names), max(1, int(len(names) * boosting.measures)), replace=False)
        feature, threshold, place = _grow(bins, edges, slopes, asked, boosting)
        first, second = slopes.sums(place[seen], 2**boosting.depth)
        leaf = (-boosting.rate * first / (second + boosting.penalty)).astype(np.float32)
        odds += leaf[place]
        trees.append((feature, threshold, leaf))
        grown()
    features, thresholds, leaves = (np.stack(part) for part in zip(*trees, strict=True))
    return Trees(tuple(names), base, features.astype(np.int16), thresholds, leaves)


def save(trees: Trees, path: Path) -> None:
    """In the form that nodes.repair.finding.trees reads."""
    np.savez_compressed(
        path,
        names=np.array(trees.names),
        base=np.float32(trees.base),
        feature=trees.feature,
        threshold=trees.threshold,
        leaf=trees.leaf,
    )


def _edges(column: Floats, bins: int) -> Floats:
    """Upper edges of all bins but the last: value <= edges[k] exactly where its bin <= k."""
    return np.unique(np.quantile(column, np.linspace(0, 1, bins + 1)[1:-1]).astype(np.float32))


def _grow(
    bins: Bins, edges: list[Floats], slopes: _Slopes, asked: Whole, boosting: Boosting
) -> tuple[Whole, Floats, Whole]:
    """One tree, in breadth-first order: measures, thresholds, and the leaf that each row falls in."""
    every = np.arange(bins.shape[1])
    place = np.zeros(bins.shape[1], np.intp)
    features: list[Whole] = []
    thresholds: list[Floats] = []
    for level in range(boosting.depth):
        feature, highest = _questions(bins, edges, slopes, asked, place, 2**level, boosting)
        features.append(feature)
        thresholds.append(
            np.array(
                [edges[f][k] if k < len(edges[f]) else NEVER for f, k in zip(feature, highest, strict=True)], np.float32
            )
        )
        place = 2 * place + (bins[feature[place], every] > highest[place])
    return np.concatenate(features), np.concatenate(thresholds), place


def _questions(
    bins: Bins, edges: list[Floats], slopes: _Slopes, asked: Whole, place: Whole, count: int, boosting: Boosting
) -> tuple[Whole, Whole]:
    """For each of `count` nodes the measure to ask about and the highest bin that goes left."""
    best = np.full(count, LEAST_GAIN)
    feature = np.zeros(count, np.intp)
    highest = np.full(count, boosting.bins, np.intp)
    start = place[slopes.rows] * boosting.bins
    for each in asked:
        sums = slopes.sums(start + bins[each, slopes.rows], count * boosting.bins)
        first, second = (part.reshape(count, boosting.bins).cumsum(axis=1) for part in sums)
        gain = _gain(first, second, boosting)[:, : len(edges[each])]
        at = gain.argmax(axis=1)
        gained = gain[np.arange(count), at]
        better = gained > best
        best[better], feature[better], highest[better] = gained[better], each, at[better]
    return feature, highest


def _gain(first: Numbers, second: Numbers, boosting: Boosting) -> Numbers:
    """(nodes, bins) of a question after each bin, from the running sums of both derivatives."""
    all_first, all_second = first[:, -1:], second[:, -1:]
    right_first, right_second = all_first - first, all_second - second
    gain = (
        first**2 / (second + boosting.penalty)
        + right_first**2 / (right_second + boosting.penalty)
        - all_first**2 / (all_second + boosting.penalty)
    )
    return np.where(np.minimum(second, right_second) < boosting.least, 0, gain)
