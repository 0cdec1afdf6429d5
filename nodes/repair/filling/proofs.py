"""Proofs: several fills of one photo side by side, small, to choose from."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.pixels.label import write_label
from nodes.pixels.resample import resampled
from nodes.repair.filling.crops import Box, cells_with, pixels_of

LARGEST = 2048
"""Pixels of the sheet's longer side: it fits a large screen."""

GAP = 8
"""Pixels between two proofs."""

AROUND = 0.25
"""Of the damage's longer side: how much of the photo is shown around it."""

LEAST = 256
"""Pixels of the photo that a proof shows at least, where there are as many: a hole alone tells nothing."""


@dataclass(frozen=True)
class Proofs:
    """A sheet of equal proofs, each of all damage with what surrounds it."""

    sheet: Floats
    box: Box
    """What of the photo a proof shows."""
    size: tuple[int, int]
    """Height and width of a proof."""
    columns: int

    @classmethod
    def of(cls, ctx: Context, mask: Floats, count: int) -> Proofs:
        """A sheet, white as yet, for so many fills of what the mask (H, W) marks."""
        box = _shown(mask)
        height, width = (span.stop - span.start for span in box)
        columns = _columns(count, height, width)
        rows = -(-count // columns)
        room = min((LARGEST - GAP * (n - 1)) / n / side for n, side in ((rows, height), (columns, width)))
        size = max(1, int(height * min(1.0, room))), max(1, int(width * min(1.0, room)))
        sheet = ctx.empty((rows * (size[0] + GAP) - GAP, columns * (size[1] + GAP) - GAP, 3))
        sheet[...] = 1
        return cls(sheet, box, size, columns)

    def add(self, ctx: Context, number: int, pixels: Floats, label: str) -> None:
        """Put the fill of that number, from 0 on, on the sheet."""
        quiet = replace(ctx, on_progress=lambda *_: None)
        top, left = ((self.size[side] + GAP) * at for side, at in enumerate(divmod(number, self.columns)))
        proof = self.sheet[top : top + self.size[0], left : left + self.size[1]]
        proof[...] = resampled(quiet, pixels[self.box], *self.size, "area")
        write_label(proof, label, at_right=False)


def _shown(mask: Floats) -> Box:
    """All damage, and around it as much that one sees whether a fill belongs there."""
    some, _ = cells_with(mask)
    down, across = (np.flatnonzero(some.any(axis=axis)) for axis in (1, 0))
    cells = slice(int(down[0]), int(down[-1]) + 1), slice(int(across[0]), int(across[-1]) + 1)
    rows, columns = pixels_of(cells, (mask.shape[0], mask.shape[1]))
    longest = max(rows.stop - rows.start, columns.stop - columns.start)
    by = max(AROUND * longest, (LEAST - longest) / 2)
    top, left = (
        slice(max(0, math.floor(span.start - by)), min(side, math.ceil(span.stop + by)))
        for span, side in zip((rows, columns), mask.shape, strict=True)
    )
    return top, left


def _columns(count: int, height: int, width: int) -> int:
    """As many as let the proofs be largest."""

    def scale(columns: int) -> float:
        return min(1 / (columns * width), 1 / (-(-count // columns) * height))

    return max(range(1, count + 1), key=scale)
