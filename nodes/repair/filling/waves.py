"""Tiles that are worked on side by side, though each sees what was made of its neighbours before it."""

from __future__ import annotations

from collections.abc import Sequence

from graph.context import Tile


def waves(tiles: Sequence[Tile]) -> list[list[Tile]]:
    """Groups of tiles: those of one can be worked on at once, and group after group gives what reading order gives.

    No tile sees further than its eight neighbours. Where each row is two tiles behind the one above it, the four
    neighbours that come before a tile in reading order are in earlier groups, and the other four in later ones.
    """
    rows = _places([tile.write[0].start for tile in tiles])
    columns = _places([tile.write[1].start for tile in tiles])
    groups: dict[int, list[Tile]] = {}
    for tile in tiles:
        down, across = tile.write
        groups.setdefault(2 * rows[down.start] + columns[across.start], []).append(tile)
    return [groups[number] for number in sorted(groups)]


def _places(starts: Sequence[int]) -> dict[int, int]:
    return {start: place for place, start in enumerate(sorted(set(starts)))}
