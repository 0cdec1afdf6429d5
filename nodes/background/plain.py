"""Backdrops of one colour and of two."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from graph.context import Tile
from nodes.kinds.arrays import Floats
from nodes.pixels.profile import convert


def colour_of(text: str, profile: bytes | None) -> Floats:
    """A colour (3,) in that profile, written as sRGB #rrggbb."""
    srgb = np.array([[[int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]]], np.float32)
    return convert(srgb, None, profile)[0, 0]


@dataclass(frozen=True)
class Plain:
    """One colour."""

    colour: Floats

    def of(self, tile: Tile) -> Floats:
        rows, columns = tile.write
        return np.broadcast_to(self.colour, (rows.stop - rows.start, columns.stop - columns.start, 3))


@dataclass(frozen=True)
class Gradient:
    """From one colour to another, evenly as the eye sees it."""

    size: tuple[int, int]
    start: Floats
    end: Floats
    angle: float
    """Degrees, clockwise; 0 runs from the top to the bottom."""

    def of(self, tile: Tile) -> Floats:
        turn = math.radians(self.angle)
        down, across = math.cos(turn), -math.sin(turn)
        height, width = self.size
        reach = abs(down) * height + abs(across) * width
        y, x = (np.arange(part.start, part.stop) + 0.5 for part in tile.write)
        along = (down * (y - height / 2))[:, None] + (across * (x - width / 2))[None, :]
        share = np.clip(0.5 + along / reach, 0, 1).astype(np.float32)[..., None]
        return self.start + share * (self.end - self.start)
