"""Follows a faint line by adding up its contrast along the way: between two points, or from one until it ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.colour import luma
from nodes.pixels.strokes.ways import Way, best_way, contrast, free_way, stiff_way

MISSED = 2
"""Pixels by which a click may lie beside the line."""

FADES = 0.4
"""Share of its own strength below which a line has ended: another thing nearby may stand out less, or more softly."""

REACH = 8
"""Pixels to each side that a stretch going on from a click may leave its direction."""

Point = tuple[float, float]


class Manner(NamedTuple):
    """How a line is looked for that runs through a click. All strengths are deviations of the grain per pixel."""

    look: int
    """Pixels that are added up to decide which way it runs, and whether it goes on."""
    turns: int
    """Directions that are tried."""
    stiff: bool
    """Whether it may only bend gently."""
    sure: float
    """How much the best stretch through the click must stand out."""
    goes_on: float
    """The same for a stretch that goes on from a sure one."""
    span: int
    """Pixels over which that is averaged."""


MANNERS = (
    Manner(48, 48, stiff=False, sure=1.0, goes_on=0.85, span=12),
    Manner(192, 160, stiff=True, sure=0.42, goes_on=0.36, span=64),
)
"""First a clear line, however it runs; then a faint one, which must be long and smooth."""


class Trace(NamedTuple):
    """A line that was followed."""

    points: Floats
    """(N, 2) as x, y, about a pixel apart."""
    gains: Floats
    """(N,), by how many deviations of the grain each place stands out."""

    @property
    def strength(self) -> float:
        """Of the whole line, in deviations of the grain per pixel."""
        return float(self.gains.mean())

    @property
    def length(self) -> float:
        """In pixels."""
        return float(np.hypot(*np.diff(self.points, axis=0).T).sum())


def grey_from_image(ctx: Context, image: Image) -> Floats:
    """What lines are looked for in: the photo's luma, (H, W), four bytes a pixel."""
    out = ctx.empty((image.height, image.width))
    for tile in ctx.tiles(image):
        out[tile.write] = luma(image.pixels[tile.write])
    return out


def along(ctx: Context, grey: Floats, clicks: Sequence[Point], width: float, sign: int, corridor: float) -> list[Trace]:
    """The line through one click, or those from each of several to the next; none where nothing stands out."""
    if len(clicks) > 1:
        pairs = list(pairwise(clicks))
        return [between(ctx, grey, start, end, width, sign, corridor) for start, end in ctx.track(pairs)]
    found = onwards(ctx, grey, clicks[0], width, sign, 2.0 * sum(grey.shape))
    return [found] if found else []


def between(ctx: Context, grey: Floats, start: Point, end: Point, width: float, sign: int, corridor: float) -> Trace:
    """The line from one point to another, leaving the straight way by at most `corridor` pixels.

    `grey` is (H, W) in 0..1; `sign` is 1 for a light line, -1 for a dark one, 0 for either.
    """
    if math.dist(start, end) < 1:
        return Trace(np.array([start, end], np.float32), np.zeros(2, np.float32))
    seen = contrast(grey, start, end, width, corridor)
    ways: list[Way] = []
    for side in _sides(sign):
        ctx.check()
        ways.append(best_way(side * seen.gain, MISSED, MISSED))
    columns, gains = max(ways, key=lambda way: float(way[1].sum()))
    return Trace(seen.places(columns), gains)


def onwards(ctx: Context, grey: Floats, click: Point, width: float, sign: int, longest: float) -> Trace | None:
    """The line that runs through a clicked point, both ways until it ends; None if none stands out there."""
    manners = [MANNERS[number:] for number in range(len(MANNERS))]
    return next((found for each in manners if (found := _onwards(ctx, grey, click, width, sign, longest, each))), None)


def _onwards(
    ctx: Context, grey: Floats, click: Point, width: float, sign: int, longest: float, manners: Sequence[Manner]
) -> Trace | None:
    """Found in the first of the manners; where it is lost, it is followed in the next."""
    manner = manners[0]
    turns = np.linspace(0, math.pi, manner.turns, endpoint=False)
    ways: list[Trace] = []
    for turn in turns.tolist():
        ctx.check()
        ways.append(_through(grey, click, turn, width, sign, manner))
    best = max(ways, key=lambda way: way.strength)
    if best.strength < manner.sure:
        return None
    core = slice(manner.look // 4, len(best.points) - manner.look // 4)
    points, fades = best.points[core], FADES * float(best.gains[core].mean())
    for each in manners:
        forth = _followed(ctx, grey, points, width, sign, longest, max(each.goes_on, fades), each)
        back = _followed(ctx, grey, points[::-1], width, sign, longest, max(each.goes_on, fades), each)
        points = np.concatenate([back[::-1], points, forth])
    return Trace(points, np.full(len(points), best.strength, np.float32))


def _through(grey: Floats, click: Point, turn: float, width: float, sign: int, manner: Manner) -> Trace:
    dx, dy = manner.look / 2 * math.cos(turn), manner.look / 2 * math.sin(turn)
    start, end = (click[0] - dx, click[1] - dy), (click[0] + dx, click[1] + dy)
    return _stretch(grey, start, end, width, sign, 3, manner, 3 if manner.stiff else 0)


def _stretch(
    grey: Floats, start: Point, end: Point, width: float, sign: int, corridor: float, manner: Manner, missed: int
) -> Trace:
    """As `between`, in a manner; where it ends is free."""
    seen = contrast(grey, start, end, width, corridor)
    way = stiff_way if manner.stiff else free_way
    ways = [way(side * seen.gain, missed, None) for side in _sides(sign)]
    columns, gains = max(ways, key=lambda way: float(way[1].sum()))
    return Trace(seen.places(columns), gains)


def _sides(sign: int) -> tuple[int, ...]:
    return (sign,) if sign else (1, -1)


def _followed(
    ctx: Context, grey: Floats, points: Floats, width: float, sign: int, longest: float, least: float, manner: Manner
) -> Floats:
    """What comes after the last point, as long as each stretch stands out by itself.

    Only the first half of a stretch is kept: its end may have strayed where the line bends.
    """
    height, breadth = grey.shape
    gone: list[Floats] = []
    tail, half = points, manner.look // 2
    for _ in range(math.ceil(longest / half)):
        ctx.check()
        way = tail[-1] - tail[-min(len(tail), half)]
        size = float(np.hypot(*way))
        if size == 0:
            break
        end = tail[-1] + way / size * _room(tail[-1], way / size, breadth, height, manner.look)
        if math.dist(tail[-1], end) < 1:
            break
        stretch = _stretch(grey, _point(tail[-1]), _point(end), width, sign, REACH, manner, 0)
        near_end = len(stretch.points) <= half + 8
        kept = stretch.points if near_end else stretch.points[: half + 1]
        lasts = _lasting(stretch.gains[: len(kept)], least, manner.span)
        gone.append(kept[1:lasts])
        if near_end or lasts < len(kept):
            break
        tail = np.concatenate([tail[-half:], kept[1:]])
    return np.concatenate(gone) if gone else np.empty((0, 2), np.float32)


def _lasting(gains: Floats, least: float, span: int) -> int:
    """How many places pass before the mean of the next `span` falls below `least`."""
    sums = np.cumsum(np.concatenate([[0.0], gains]))
    starts = np.arange(max(1, len(gains) - span + 1))
    means = (sums[np.minimum(starts + span, len(gains))] - sums[starts]) / min(span, len(gains))
    below = np.flatnonzero(means < least)
    return int(below[0]) if below.size else len(gains)


def _room(start: Floats, way: Floats, width: int, height: int, look: int) -> float:
    """How far one can go from a point along a unit vector within the photo, `look` at most."""
    room = float(look)
    for at, step, end in zip(start, way, (width, height), strict=True):
        if step:
            room = min(room, float(((end if step > 0 else 0) - at) / step))
    return max(0.0, room)


def _point(values: Floats) -> Point:
    return float(values[0]), float(values[1])
