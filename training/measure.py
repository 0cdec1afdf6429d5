"""What the search for scratches sees in a picture, measured, and how much of it really is damage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.context import Context, tiles
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.repair.finding.candidates import Candidates, Level
from nodes.repair.finding.company import FirstLook, company
from nodes.repair.finding.groups import Values
from nodes.repair.finding.pyramid import pyramid
from nodes.repair.finding.trees import Trees
from training.damage import Damaged

KINDS = ("lines", "specks")

NEAR = 5
"""Pixels a side: a line's middle counts as damaged up to two pixels beside the damage."""


@dataclass(frozen=True)
class Table:
    """Candidates of one kind, one a row."""

    names: tuple[str, ...]
    """Of the measures."""
    values: Floats
    """(rows, measures)."""
    share: Floats
    """How much of each candidate is damage, 0..1."""
    extent: Floats
    """Pixels of the full-size photo: a line's length, a patch's area."""

    def probability(self, trees: Trees) -> Floats:
        """What trees say to each row."""
        return trees.probability(dict(zip(self.names, self.values.T, strict=True)))


def tables(specimens: Iterable[Damaged], first: Mapping[str, Trees] | None = None) -> dict[str, Table]:
    """By kind, all candidates of all the pictures.

    Given the trees of the first look, by kind, the measures are those of the second: they tell also what else the
    first look found in the same picture. ValueError where a kind was never found.
    """
    parts: dict[str, list[Table]] = {kind: [] for kind in KINDS}
    for each in specimens:
        for kind, part in _measured(each, first):
            parts[kind].append(part)
    return {kind: _joined(kind, found) for kind, found in parts.items()}


def candidates(pixels: Floats) -> list[Candidates]:
    """All lines and patches that nodes.repair.find_scratches would judge at its usual settings."""
    ctx = Context(allocate=lambda shape: np.empty(shape, np.float32))
    levels = [Level(luma, number) for number, luma in enumerate(pyramid(ctx, Image(np.ascontiguousarray(pixels))))]
    for level in levels:
        for tile in tiles(*level.luma.shape):
            level.look(tile, True, ctx.check)
    return [each for level in levels for each in level.candidates()]


def _measured(picture: Damaged, first: Mapping[str, Trees] | None) -> list[tuple[str, Table]]:
    import cv2

    found = candidates(picture.pixels)
    if not found:
        return []
    near = cv2.dilate(picture.mask.astype(np.uint8), np.ones((NEAR, NEAR), np.uint8)) > 0
    others: list[dict[str, Values]] = [{} for _ in found]
    if first is not None:
        looks = [FirstLook(each.level, each.groups, each.light, _probability(each, first)) for each in found]
        others = company(looks, picture.mask.shape)
    return [
        (each.kind, _table(each, each.measures | more, near if each.kind == "lines" else picture.mask))
        for each, more in zip(found, others, strict=True)
    ]


def _probability(found: Candidates, first: Mapping[str, Trees]) -> Floats:
    return first[found.kind].probability(found.measures)


def _table(found: Candidates, measures: Mapping[str, Values], mask: NDArray[np.bool_]) -> Table:
    scale, groups = 2**found.level, found.groups
    y, x = (
        np.minimum(at * scale + scale // 2, length - 1)
        for at, length in zip((groups.y, groups.x), mask.shape, strict=True)
    )
    values = np.stack(list(measures.values()), axis=1).astype(np.float32)
    extent = groups.count * (scale if found.kind == "lines" else scale**2)
    return Table(tuple(measures), values, groups.mean(mask[y, x]), extent)


def _joined(kind: str, parts: list[Table]) -> Table:
    if not parts:
        raise ValueError(f"no {kind} were found in any of the pictures")
    return Table(
        parts[0].names,
        np.concatenate([each.values for each in parts]),
        np.concatenate([each.share for each in parts]),
        np.concatenate([each.extent for each in parts]),
    )
