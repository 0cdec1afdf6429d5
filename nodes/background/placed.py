"""Another picture, fitted behind the subject."""

from __future__ import annotations

import numpy as np

from graph.context import Context, Tile
from nodes.kinds.arrays import Floats
from nodes.pixels.resample import resampled

FITS = ("cover", "contain", "stretch")


class Placed:
    """A picture in the frame of a photo; beyond its edges lies a colour."""

    def __init__(
        self,
        ctx: Context,
        picture: Floats,
        size: tuple[int, int],
        fit: str,
        place: tuple[float, float],
        scale: float,
        colour: Floats,
    ) -> None:
        """`place` is how far its middle lies below and to the right of the frame's, in percent of that."""
        self.colour = colour
        drawn = drawn_size(picture.shape[:2], size, fit, scale)
        spans = [
            _shown(frame, length, have, shift)
            for frame, length, have, shift in zip(size, drawn, picture.shape[:2], place, strict=True)
        ]
        (self.rows, source_rows), (self.columns, source_columns) = spans
        height, width = (max(0, part.stop - part.start) for part in (self.rows, self.columns))
        part = picture[source_rows, source_columns]
        self.pixels = resampled(ctx, part, height, width) if height and width else None

    def of(self, tile: Tile) -> Floats:
        rows, columns = tile.write
        out = np.empty((rows.stop - rows.start, columns.stop - columns.start, 3), np.float32)
        out[:] = self.colour
        if self.pixels is not None:
            (here_y, there_y), (here_x, there_x) = _common(rows, self.rows), _common(columns, self.columns)
            out[here_y, here_x] = self.pixels[there_y, there_x]
        return out


def drawn_size(picture: tuple[int, ...], frame: tuple[int, int], fit: str, scale: float) -> tuple[float, float]:
    """Height and width that the picture gets: cover fills the frame, contain stays inside it, stretch does both."""
    down, across = frame[0] / picture[0], frame[1] / picture[1]
    if fit != "stretch":
        down = across = max(down, across) if fit == "cover" else min(down, across)
    return picture[0] * down * scale, picture[1] * across * scale


def _shown(frame: int, length: float, have: int, shift: float) -> tuple[slice, slice]:
    """Which pixels of the frame it covers, and which of its own are seen there."""
    start = (frame - length) / 2 + shift / 100 * frame
    first, last = max(0, round(start)), min(frame, round(start + length))
    if last <= first:
        return slice(0, 0), slice(0, 0)
    own = [round(np.clip((place - start) / length, 0, 1) * have) for place in (first, last)]
    begin = min(own[0], have - 1)
    return slice(first, last), slice(begin, max(own[1], begin + 1))


def _common(tile: slice, cover: slice) -> tuple[slice, slice]:
    """The common part of two spans, counted from the start of either."""
    start, stop = max(tile.start, cover.start), min(tile.stop, cover.stop)
    stop = max(start, stop)
    return slice(start - tile.start, stop - tile.start), slice(start - cover.start, stop - cover.start)
