"""Damage comes in company: what the first look found elsewhere in the photo, and near by."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.repair.finding.groups import Groups, Indices, Values

CELL = 24
"""Pixels of the full-size photo a side; a group's company is looked for in its own cells and those that touch them."""

HEARD = 0.05
"""Probability from which a group counts as company."""


class FirstLook(NamedTuple):
    """The groups of one kind at one level and how likely each is damage by itself."""

    level: int
    groups: Groups
    light: NDArray[np.bool_]
    probability: Floats


def company(looks: list[FirstLook], shape: tuple[int, int]) -> list[dict[str, Values]]:
    """By name, one value a group, for each look in turn; `shape` is the photo's."""
    if not looks:
        return []
    cells = [_cells(look, shape) for look in looks]
    starts = np.cumsum([0, *(len(look.probability) for look in looks)])
    near = _near(looks, cells, starts, shape)
    megapixels = max(shape[0] * shape[1] / 2**20, 0.1)
    totals = [_total(looks, light) / megapixels for light in (False, True)]
    results: list[dict[str, Values]] = []
    for index, look in enumerate(looks):
        alike = np.where(look.light, totals[1], totals[0]) - _extent(look) / megapixels
        results.append(
            {
                "odds": np.log(look.probability + 1e-4) - np.log1p(1e-4 - look.probability),
                "near": near[starts[index] : starts[index + 1]],
                "alike": np.log(np.maximum(alike, 0) + 1),
                "unlike": np.log(np.where(look.light, totals[0], totals[1]) + 1),
            }
        )
    return results


def _extent(look: FirstLook) -> Values:
    """Length times probability, in pixels of the full-size photo."""
    return look.groups.axes()[0] * 2**look.level * np.where(look.probability > HEARD, look.probability, 0)


def _total(looks: list[FirstLook], light: bool) -> float:
    return sum(float(_extent(look)[look.light == light].sum()) for look in looks)


def _columns(shape: tuple[int, int]) -> int:
    """Cells in a row, with one to spare on each side."""
    return shape[1] // CELL + 3


def _cells(look: FirstLook, shape: tuple[int, int]) -> tuple[Indices, Indices]:
    """All pairs of a cell and a group in it, once each."""
    side = CELL // 2**look.level
    cell = (look.groups.y // side + 1).astype(np.int64) * _columns(shape) + look.groups.x // side + 1
    pairs = np.unique(look.groups.group.astype(np.int64) * 2**32 + cell)
    return (pairs % 2**32).astype(np.intp), (pairs // 2**32).astype(np.intp)


def _near(
    looks: list[FirstLook], cells: list[tuple[Indices, Indices]], starts: NDArray[np.intp], shape: tuple[int, int]
) -> Floats:
    """The mean over each group's cells of the likeliest other group in and around the cell."""
    cell = np.concatenate([at for at, _ in cells])
    owner = np.concatenate([group + start for (_, group), start in zip(cells, starts[:-1], strict=True)])
    probability = np.concatenate([look.probability for look in looks])
    light = np.concatenate([look.light for look in looks])
    total = np.zeros(len(probability), np.float64)
    for polarity in (False, True):
        mine = light[owner] == polarity
        at, who = cell[mine], owner[mine]
        best, second, whose = _two_best(at, who, probability, shape)
        heard = np.where(whose[at] == who, second[at], best[at])
        total += np.bincount(who, heard, minlength=len(total))
    return (total / np.maximum(np.bincount(owner, minlength=len(total)), 1)).astype(np.float32)


def _two_best(
    cell: Indices, owner: Indices, probability: Floats, shape: tuple[int, int]
) -> tuple[Floats, Floats, Indices]:
    """For each cell the highest probability in and around it, the highest of another group, and whose the first is."""
    columns = _columns(shape)
    size = (shape[0] // CELL + 3) * columns
    loud = probability[owner] > HEARD
    around = np.array([dy * columns + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1)])
    at, who = (cell[loud][:, None] + around).ravel(), np.repeat(owner[loud], len(around))
    order = np.argsort(probability[who], kind="stable")
    at, who = at[order], who[order]
    best, second = np.zeros(size, np.float32), np.zeros(size, np.float32)
    whose = np.full(size, -1, np.intp)
    # Written in rising order, so the last one stays.
    whose[at] = who
    best[at] = probability[who]
    rest = whose[at] != who
    second[at[rest]] = probability[who[rest]]
    return best, second, whose
