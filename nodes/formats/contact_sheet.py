"""A contact sheet: small pictures in rows, each with its name and a word about it underneath."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.pixels.lettering import lettered, shortened

SIDE = 360
"""Pixels of a tile's longer side: four fill the width of a usual screen."""

COLUMNS = 4
GAP = 24
"""Pixels between tiles and around them."""

GROUND, INK, QUIET = 0.18, 0.95, 0.62
"""Shades in sRGB: a dark neutral ground leaves colours and tones of the pictures alone; names, and words about them."""

LETTERS, SMALL = 17, 13
"""Heights of the letters in pixels."""


class Tile(NamedTuple):
    """One picture of a sheet."""

    title: str
    note: str
    pixels: Floats
    """(H, W, 3) in sRGB, at most SIDE pixels a side."""


def contact_sheet(tiles: Sequence[Tile]) -> Floats:
    """The sheet as (H, W, 3) in sRGB, tiles in reading order."""
    columns = max(1, min(COLUMNS, math.ceil(math.sqrt(len(tiles)))))
    rows = [tiles[start : start + columns] for start in range(0, len(tiles), columns)]
    text = lettered("", LETTERS).shape[0] + lettered("", SMALL).shape[0]
    heights = [max(tile.pixels.shape[0] for tile in row) + text + GAP for row in rows]
    sheet = np.full((sum(heights) + GAP, columns * (SIDE + GAP) + GAP, 3), GROUND, np.float32)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for column, tile in enumerate(row):
            _put(sheet[top : top + height, GAP + column * (SIDE + GAP) :][:, :SIDE], tile, height - text - GAP)
        top += height
    return sheet


def _put(cell: Floats, tile: Tile, room: int) -> None:
    """Fill a cell: the picture on the line that its row's pictures stand on, its name and note beneath."""
    height, width = tile.pixels.shape[:2]
    left = (SIDE - width) // 2
    cell[room - height : room, left : left + width] = tile.pixels
    at = room
    for text, size, shade in ((tile.title, LETTERS, INK), (tile.note, SMALL, QUIET)):
        ink = lettered(shortened(text, size, SIDE), size)
        start = (SIDE - ink.shape[1]) // 2
        line = cell[at : at + ink.shape[0], start : start + ink.shape[1]]
        line += (shade - line) * ink[..., None]
        at += ink.shape[0]
