from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.formats.contact_sheet import COLUMNS, GAP, GROUND, SIDE, Tile, contact_sheet

shapes = st.tuples(st.integers(1, SIDE), st.integers(1, SIDE))


def _tile(value: float, height: int = 90, width: int = 120, title: str = "1  Load Photo", note: str = "") -> Tile:
    return Tile(title, note, np.full((height, width, 3), value, np.float32))


@settings(deadline=None, max_examples=40)
@given(st.lists(shapes, min_size=1, max_size=9))
def test_every_picture_is_on_the_sheet_whole_and_once(sizes):
    values = [np.float32(0.3 + 0.05 * number) for number in range(len(sizes))]
    tiles = [_tile(float(value), *size, title="") for value, size in zip(values, sizes, strict=True)]
    sheet = contact_sheet(tiles)
    for value, (height, width) in zip(values, sizes, strict=True):
        rows, columns = np.nonzero((sheet == value).all(axis=2))
        assert len(rows) == height * width
        assert (np.ptp(rows) + 1, np.ptp(columns) + 1) == (height, width)


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (4, 2), (5, 3), (10, 4), (40, 4)])
def test_tiles_stand_in_reading_order(count, columns):
    assert columns <= COLUMNS
    sheet = contact_sheet([_tile(0.5) for _ in range(count)])
    assert sheet.shape[1] == columns * (SIDE + GAP) + GAP
    marked = np.pad((sheet == 0.5).all(axis=2), 1)
    starts = np.argwhere(marked[1:, 1:] & ~marked[:-1, 1:] & ~marked[1:, :-1])
    assert len(starts) == count
    assert len({row for row, _ in starts}) == -(-count // columns)


@pytest.mark.parametrize("text", ["Fill Damage", "größer × höher", "写真", "x" * 500, "a\nb", "🙂 " * 40])
def test_any_text_stays_in_its_cell(text):
    sheet = contact_sheet([_tile(0.5, title=text, note=text), _tile(0.5, title="", note="")])
    beside = sheet[:, GAP + SIDE : GAP + SIDE + GAP]
    assert np.all(beside == np.float32(GROUND))
    assert sheet[GAP + 90 :, :SIDE].max() > GROUND + 0.2


def test_without_text_there_is_only_ground_beneath():
    sheet = contact_sheet([_tile(0.5, title="", note="")])
    assert np.all(sheet[GAP + 90 :] == np.float32(GROUND))
