"""Fills side by side."""

from __future__ import annotations

import numpy as np
import pytest

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.repair.filling.proofs import GAP, LARGEST, LEAST, Proofs


def mask(height: int, width: int, place: tuple[slice, slice]) -> Floats:
    values = np.zeros((height, width), np.float32)
    values[place] = 1
    return values


def made(ctx: Context, values: Floats, count: int) -> Proofs:
    proofs = Proofs.of(ctx, values, count)
    for number in range(count):
        level = (number + 1) / (count + 1)
        proofs.add(ctx, number, np.full((*values.shape, 3), level, np.float32), f"{number + 1}: seed {number}")
    return proofs


@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("shape", [(1, 2), (30, 40), (300, 4000), (3000, 2000)], ids=str)
def test_each_is_there_and_the_sheet_fits_a_screen(ctx: Context, count: int, shape: tuple[int, int]):
    proofs = made(ctx, mask(*shape, (slice(0, shape[0]), slice(shape[1] // 2, shape[1]))), count)
    assert max(proofs.sheet.shape) <= LARGEST
    assert proofs.sheet.min() >= 0
    levels = {round(float(value), 3) for value in np.unique(proofs.sheet)}
    assert {round((number + 1) / (count + 1), 3) for number in range(count)} <= levels


def test_they_show_the_damage_with_what_surrounds_it(ctx: Context):
    """Of a large photo, at full size."""
    proofs = Proofs.of(ctx, mask(4000, 3000, (slice(1000, 1040), slice(2000, 2300))), 2)
    rows, columns = proofs.box
    assert rows.start < 1000
    assert rows.stop > 1040
    assert columns.start < 2000
    assert columns.stop > 2300
    assert rows.stop - rows.start >= LEAST / 2
    assert proofs.size == (rows.stop - rows.start, columns.stop - columns.start)


def test_a_label_tells_them_apart(ctx: Context):
    proofs = made(ctx, mask(400, 400, (slice(100, 300), slice(100, 300))), 2)
    first = proofs.sheet[: proofs.size[0], : proofs.size[1]]
    assert len(np.unique(first[-30:])) > 10
    assert np.ptp(first[: proofs.size[0] // 2]) < 1e-6


def test_between_them_is_a_gap(ctx: Context):
    proofs = made(ctx, mask(400, 400, (slice(100, 300), slice(100, 300))), 4)
    height, width = proofs.size
    assert proofs.sheet.shape == (2 * height + GAP, 2 * width + GAP, 3)
    assert (proofs.sheet[height : height + GAP] == 1).all()
