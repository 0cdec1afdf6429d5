"""Local equalisation of brightness: a grid of tone curves, each made from its own part of the picture.

K. Zuiderveld, "Contrast Limited Adaptive Histogram Equalization" (Graphics Gems IV, 1994), with three changes: the
histograms are those of a small copy, each curve keeps the mean of its part, and flat parts keep a straight curve.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.tone.curve import mixed, through

BINS = 128
"""Of a histogram. A curve is straight between them; a part of the small copy has some thousands of pixels."""

FLAT, LIVELY = 0.025, 0.08
"""Standard deviations of brightness in a part, grain averaged away: skies lie below the first and keep their curve,
faces and clothes lie above the second."""

MOST_BENT = 2.0
"""The largest power that takes the mean of a part back to where it was."""


class Span(NamedTuple):
    """Neighbouring pixels of a piece that lie between the same two parts."""

    pixels: slice
    before: int
    after: int
    way: Floats
    """How far each lies on the way, 0..1."""


class Equaliser:
    """The curves of one picture, (rows, columns, BINS + 1), and the brightness that they make."""

    def __init__(self, ctx: Context, small: Floats, cell: float, limit: float) -> None:
        """From brightness (h, w) of a small copy. `cell` is the side of a part in its pixels, `limit` the slope."""
        rows, columns = (_parts(length, cell) for length in small.shape)
        self.curves = np.empty((len(rows), len(columns), BINS + 1), np.float32)
        for row, down in enumerate(rows):
            ctx.check()
            for column, across in enumerate(columns):
                self.curves[row, column] = equalising(small[down, across], limit)

    def of(self, light: Floats, place: tuple[slice, slice], size: tuple[int, int]) -> Floats:
        """The new brightness of a piece (h, w) that lies at `place` in a picture of `size` (H, W)."""
        result = np.empty_like(light)
        for down in _spans(place[0], size[0], self.curves.shape[0]):
            for across in _spans(place[1], size[1], self.curves.shape[1]):
                piece = light[down.pixels, across.pixels]
                above, below = (
                    _between(piece, self.curves[row, across.before], self.curves[row, across.after], across.way)
                    for row in (down.before, down.after)
                )
                result[down.pixels, across.pixels] = above + down.way[:, None] * (below - above)
        return result


def equalising(light: Floats, limit: float) -> Floats:
    """The curve (BINS + 1,) from 0 to 1 that spreads these values, nowhere much steeper than `limit`."""
    from scipy.optimize import root_scalar

    counts = np.histogram(light, BINS, (0.0, 1.0))[0]
    share = counts * (BINS / counts.sum())
    # What is cut off a peak is laid under all of it, and together that may be as steep as the limit.
    cut = root_scalar(lambda level: level + 1 - np.minimum(share, level).mean() - limit, bracket=(0.0, limit)).root
    slopes = np.minimum(share, cut)
    curve = np.asarray(np.concatenate([[0.0], np.cumsum(slopes + 1 - slopes.mean())]) / BINS, np.float32)
    lively = (float(light.std()) - FLAT) / (LIVELY - FLAT)
    return mixed(_with_mean(curve, float(light.mean())), min(max(lively, 0.0), 1.0))


def _with_mean(curve: Floats, mean: float) -> Floats:
    """The curve to the power that sends `mean` to itself: dark parts stay dark."""
    mean = min(max(mean, 0.02), 0.98)
    now = float(np.interp(mean, np.linspace(0.0, 1.0, BINS + 1), curve))
    power = math.log(mean) / math.log(min(max(now, 0.01), 0.99))
    return np.asarray(np.clip(curve, 0.0, 1.0) ** min(max(power, 1 / MOST_BENT), MOST_BENT), np.float32)


def _between(piece: Floats, before: Floats, after: Floats, way: Floats) -> Floats:
    left = through(before, piece)
    return np.asarray(left + way * (through(after, piece) - left), np.float32)


def _parts(length: int, cell: float) -> list[slice]:
    """Where each part takes its histogram from: half a part further than it reaches, so that curves change slowly."""
    count = max(1, round(length / cell))
    ends = np.linspace(0, length, count + 1)
    more = length / count / 2
    return [slice(max(0, math.floor(start - more)), math.ceil(stop + more)) for start, stop in pairwise(ends)]


def _spans(place: slice, length: int, count: int) -> list[Span]:
    """The pixels of one side of a piece, by the two parts whose middles they lie between."""
    at = ((np.arange(place.start, place.stop) + 0.5) * (count / length) - 0.5).clip(0, count - 1)
    before = np.floor(at).astype(int)
    ends = [0, *(np.flatnonzero(np.diff(before)) + 1), len(before)]
    return [
        Span(slice(start, stop), part, min(part + 1, count - 1), (at[start:stop] - part).astype(np.float32))
        for start, stop in pairwise(ends)
        if (part := int(before[start])) >= 0
    ]


def liveliness(light: Floats) -> float:
    """The deviation of brightness (h, w) within the parts of a picture, an eighth of its longer side each."""
    rows, columns = (_parts(length, max(light.shape) / 8) for length in light.shape)
    return float(np.median([light[down, across].std() for down in rows for across in columns]))
