"""Tiles in waves: every one once, none beside one that it sees, and each after what it sees in reading order."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graph.context import Tile, tiles
from nodes.repair.filling.waves import waves

SIDE = 8


def sees(tile: Tile, other: Tile) -> bool:
    """Whether a tile reads where another writes."""
    return all(
        max(read.start, written.start) < min(read.stop, written.stop)
        for read, written in zip(tile.read, other.write, strict=True)
    )


@given(st.integers(1, 50), st.integers(1, 50), st.integers(0, SIDE))
def test_group_after_group_is_as_good_as_reading_order(height: int, width: int, overlap: int) -> None:
    all = tiles(height, width, overlap, SIDE)
    groups = waves(all)
    wave = {id(tile): number for number, group in enumerate(groups) for tile in group}
    assert sorted(wave) == sorted(id(tile) for tile in all)
    for earlier, later in combinations(all, 2):
        if sees(later, earlier) or sees(earlier, later):
            assert wave[id(earlier)] < wave[id(later)]


def test_several_of_a_large_picture_are_worked_on_at_once() -> None:
    assert max(len(group) for group in waves(tiles(80, 80, 2, SIDE))) >= 4
