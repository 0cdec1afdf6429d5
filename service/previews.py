"""Pictures of cached results: whole and small, or tile by tile."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi.requests import HTTPConnection

from graph.cache import Cache
from graph.errors import nearest
from graph.kinds import Codec
from service.kept import Kept
from service.limits import MIB
from service.refusals import Refusal

T = TypeVar("T")

DRAWERS = max(2, os.cpu_count() or 1)
"""Pictures drawn at once; others wait without holding a thread, so that all else is answered meanwhile."""

KEPT = 64 * MIB
"""Bytes of encoded pictures that are kept."""

TILE, OVERLAP = 512, 1
"""Pixels of a tile's side, and of what it shows of its neighbours, as in the Deep Zoom format."""

BASE = 10
"""The level that itself and the smaller ones are cut from, made once and at most 1024 pixels a side: they would each
read the whole large picture."""

BASES = 64 * MIB
"""Bytes of these that are kept: five of them."""


class Shown(NamedTuple):
    """An output of a cached result."""

    value: Any
    codec: Codec


class Levels(NamedTuple):
    """A picture as a pyramid of tiles: level `top` has its full size, each below it half, level 0 is one pixel.

    After "Deep Zoom File Format Overview" (Microsoft, 2011).
    """

    width: int
    height: int

    @property
    def top(self) -> int:
        return (max(self.width, self.height) - 1).bit_length()

    def size(self, level: int) -> tuple[int, int]:
        """Width and height of a level, rounded up."""
        step = 1 << (self.top - level)
        return -(-self.width // step), -(-self.height // step)

    def box(self, level: int, x: int, y: int) -> tuple[int, int, int, int] | None:
        """Left, top, right, bottom of a tile in the level's pixels. None where there is no such tile."""
        if not 0 <= level <= self.top:
            return None
        width, height = self.size(level)
        if not (0 <= x * TILE < width and 0 <= y * TILE < height):
            return None
        left, top = max(0, x * TILE - OVERLAP), max(0, y * TILE - OVERLAP)
        return left, top, min(width, (x + 1) * TILE + OVERLAP), min(height, (y + 1) * TILE + OVERLAP)


class Previews:
    """Draws what the cache holds, and keeps the drawings for the next who asks.

    Keys name content, so whatever was drawn of one stays right for ever.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._drawn: Kept[bytes] = Kept(KEPT, len)
        self._bases: Kept[Shown] = Kept(BASES, lambda base: base.codec.size(base.value))

    def whole(self, key: str, output: str, side: int) -> bytes:
        """A WebP picture of an output, its longer side at most `side`. Refusal where the result is not kept."""

        def draw() -> bytes:
            value, codec = self._shown(key, output)
            return codec.preview(value, side)

        return self._drawn.get((key, output, side), draw)

    def file(self, key: str, output: str, suffix: str, quality: int | None) -> bytes:
        """An output at its full size as a file of a format. Refusal where the result is not kept."""
        value, codec = self._shown(key, output)
        return codec.to_bytes(value, suffix, None, quality)

    def levels(self, key: str, output: str) -> Levels:
        """The pyramid of an output."""
        return _levels(self._shown(key, output))

    def tile(self, key: str, output: str, level: int, x: int, y: int) -> bytes:
        """A WebP picture of one tile. Refusal where there is none."""

        def draw() -> bytes:
            shown = self._shown(key, output)
            levels = _levels(shown)
            box = levels.box(level, x, y)
            if box is None:
                raise Refusal(404, "The picture has no such tile.")
            from_base = level <= BASE < levels.top
            if from_base:
                shown = self._bases.get((key, output), lambda: _base(shown, levels))
            return _cut(shown, box, 1 << ((BASE if from_base else levels.top) - level))

        return self._drawn.get((key, output, level, x, y), draw)

    def _shown(self, key: str, output: str) -> Shown:
        result = self._cache.get(key)
        if result is None or not result.outputs:
            raise Refusal(404, "This result is not kept any more.", "Run the workflow again.")
        output = output or next(iter(result.outputs))
        if output not in result.outputs:
            raise Refusal(404, f"The step has no output {output[:40]!r}.", nearest(output, result.outputs))
        return Shown(result.outputs[output], self._cache.kinds[result.kinds[output]].codec)


def _levels(shown: Shown) -> Levels:
    extent = shown.codec.extent(shown.value)
    if extent is None:
        raise Refusal(404, "This result is no picture.")
    return Levels(width=extent[1], height=extent[0])


def _base(shown: Shown, levels: Levels) -> Shown:
    return Shown(shown.codec.shrink(shown.value, 1 / (1 << (levels.top - BASE))), shown.codec)


def _cut(shown: Shown, box: tuple[int, int, int, int], step: int) -> bytes:
    """A box out of a picture of which `step` pixels make one of the box's."""
    width, height, *_ = _levels(shown)
    left, top = min(box[0] * step, width - 1), min(box[1] * step, height - 1)
    right, bottom = min(max(box[2] * step, left + 1), width), min(max(box[3] * step, top + 1), height)
    side = -(-max(right - left, bottom - top) // step)
    return shown.codec.tile(shown.value, (left, top, right - left, bottom - top), side)


async def drawn(connection: HTTPConnection, make: Callable[[], T]) -> T:
    """What `make` draws, in one of the few threads that draw."""
    state = connection.app.state
    if not hasattr(state, "drawers"):
        state.drawers = CapacityLimiter(DRAWERS)
    return await to_thread.run_sync(make, limiter=state.drawers)
