"""Runs a network that makes a picture of a picture over one of any size, tile by tile, in bounded memory."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np

from graph.context import Context
from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.cancelling import Check
from nodes.models.footprint import bytes_per_pixel
from nodes.models.grid import Span, join, padded, ramp, span
from nodes.models.network import Network
from nodes.models.tensors import arrays_from_tensor, tensor_from_arrays

if TYPE_CHECKING:
    import torch

Before = Callable[[Floats], Floats]
"""A piece of the picture (h, w, C) as the network is to see it (h, w, C')."""
After = Callable[[Floats, slice], Floats]
"""Finished rows of the result (h, W × scale, C'), and which rows they are, as they are to be kept."""
Work = Callable[[Check, "torch.Tensor"], "torch.Tensor"]
"""What is run: like Network.run."""

OVERLAP = 32
"""Pixels that neighbouring tiles share. Half of it blends; beyond, the tile that sees more counts alone."""

OVERLAPS = {"ESRGAN": 64}
"""The same for networks that see far: its 350 layers one after the other carry what is at a border a long way."""

SIDES = {"cpu": 480, "mps": 512, "cuda": 768}
"""The largest tile. More gains little in speed, and a small one shows progress. On a processor, 64 channels in half
precision stay below 32 MiB: larger tensors the C library takes from the system and gives back at every layer."""

FULL_SIDE = 352
"""The same on a processor in fp32."""

SMALLEST = 64
"""Pixels a side below which a tile is mostly overlap: the processor is tried instead."""

UNPROBED = 128
"""A picture of so few pixels a side fits anywhere."""

BATCH = 8
"""Tiles that a graphics card works on together, at most."""

LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""ITU-R BT.709."""


def _too_large() -> StepError:
    return StepError("There is not enough memory for this network.", "Close other programs, or choose a smaller one.")


def run_tiled(
    ctx: Context,
    network: Network,
    pixels: Floats,
    *,
    before: Before | None = None,
    after: After | None = None,
    work: Work | None = None,
    grey: bool = False,
    overlap: int | None = None,
    most: int | None = None,
) -> Floats:
    """What `network` makes of `pixels` (H, W, C): a new array (H × scale, W × scale, C'), clipped to 0..1.

    `before(piece)` makes what the network sees of a piece (h, w, C) of the picture: another profile, more channels.
    One channel is repeated for a network of three; a network of one channel sees three one after the other.
    `after(rows, where)` gets finished rows (h, W × scale, C') of the whole width, 0..1, from top to bottom, and which
    rows of the result they are; what it returns is kept. It may write into what it gets.
    `work(check, tensor)` stands for `network.run` where more is to be passed to it.
    `grey` makes three channels of the result equal again (their brightness), which networks do not keep by themselves.
    `overlap` is what neighbouring tiles share, and `most` the longest side of a tile, in pixels of the picture; both
    are chosen by the network if they are not given.

    Tiles are as large as `Device.memory` allows. When memory runs out all the same, smaller ones are tried, then the
    processor, and the context is told. A half-precision tile that overflows is computed again in fp32. Progress is
    told by tile, and cancelling works between the layers. StepError where the network's answer is not finite.
    """
    shared = OVERLAPS.get(network.architecture, OVERLAP) if overlap is None else overlap
    job = _Job(ctx, network, pixels, before or _same, after or _kept, work or network.run, grey, shared)
    side = min(most or _longest(network), _affordable(network, pixels, ctx.check))
    while (result := _attempt(job, side)) is None:
        if side <= max(SMALLEST, network.requirements.minimum):
            return _on_processor(job, side)
        side = max(SMALLEST, min(side, max(pixels.shape[:2])) // 2)
        ctx.warn(f"Memory ran out: going on with pieces of {side} × {side} pixels.")
    return result


def _same(piece: Floats) -> Floats:
    return piece


def _kept(rows: Floats, _: slice) -> Floats:
    return rows


def _longest(network: Network) -> int:
    import torch

    kind = network.device.type
    return FULL_SIDE if kind == "cpu" and network.layers is torch.float32 else SIDES[kind]


def _affordable(network: Network, pixels: Floats, check: Check) -> int:
    """The longest side of a square tile whose layers stay within the bound."""
    if max(pixels.shape[:2]) <= UNPROBED:
        return UNPROBED
    return max(SMALLEST, math.isqrt(network.memory // bytes_per_pixel(network, check)))


def _attempt(job: _Job, side: int) -> Floats | None:
    """The result, or None if memory ran out on the way. Leaving this function frees what the attempt held."""
    try:
        return job.run(side)
    except (MemoryError, RuntimeError) as error:
        if not out_of_memory(error):
            raise
    return None


def out_of_memory(error: BaseException) -> bool:
    """Whether it says that there was too little memory: each device, and the C library, has words of its own."""
    import torch

    words = ("out of memory", "can't allocate memory", "not enough memory", "could not allocate")
    known = isinstance(error, (MemoryError, torch.OutOfMemoryError))
    return known or any(word in str(error).lower() for word in words)


def _on_processor(job: _Job, side: int) -> Floats:
    if job.network.device.type == "cpu":
        raise _too_large()
    job.ctx.warn("The graphics card has too little memory for this network: the processor does it, which takes longer.")
    with job.network.full("cpu"):
        result = _attempt(job, min(side, FULL_SIDE))
    if result is None:
        raise _too_large()
    return result


@dataclass
class _Job:
    """One picture through one network."""

    ctx: Context
    network: Network
    pixels: Floats
    before: Before
    after: After
    work: Work
    grey: bool
    overlap: int
    done: int = field(default=0, init=False)

    def run(self, side: int) -> Floats:
        """The whole result, with tiles of at most `side` pixels a side."""
        down, across = self._spans(side)
        scale, width = self.network.scale, self.pixels.shape[1] * self.network.scale
        self.done, out = 0, None
        for first, strip in self._strips(down, across):
            kept = self._finished(strip[:, :width], slice(first, first + strip.shape[0]))
            if out is None:
                out = self.ctx.empty((down.length * scale, width, kept.shape[2]))
            np.clip(kept, 0.0, 1.0, out=out[first : first + strip.shape[0]])
        return cast("Floats", out)

    def _strips(self, down: Span, across: Span) -> Iterator[tuple[int, Floats]]:
        """Finished rows of the result, a row of tiles at a time: the first one's number, and (h, W and more, C')."""
        scale = self.network.scale
        rest = np.empty((0, 0, 0), np.float32)
        for row, start in enumerate(down.starts):
            strip = self._row(down, across, row)
            if shared := down.shared(row) * scale:
                join(rest, strip[:shared], ramp(shared))
                strip[:shared] = rest
            stop = down.starts[row + 1] if row + 1 < len(down.starts) else down.length
            rest = strip[(stop - start) * scale :].copy()
            yield start * scale, strip[: (stop - start) * scale]

    def _spans(self, side: int) -> tuple[Span, Span]:
        needs, lengths = self.network.requirements, self.pixels.shape[:2]
        minimum = max(needs.minimum, min(side, max(lengths))) if needs.square else needs.minimum
        # Where memory allows small tiles only, they share less, or they would be overlap alone.
        overlap = min(self.overlap, side // 3)
        down, across = (span(length, side, overlap, needs.multiple_of, minimum) for length in lengths)
        return down, across

    def _row(self, down: Span, across: Span, row: int) -> Floats:
        """A row of tiles joined: (tile × scale, W × scale and more, C')."""
        tiles = self._tiles(down, across, row)
        first = next(tiles)
        if len(across.starts) == 1:
            return first
        scale = self.network.scale
        strip = self.ctx.empty((first.shape[0], (across.starts[-1] + across.tile) * scale, first.shape[2]))
        strip[:, : first.shape[1]] = first
        for column, tile in enumerate(tiles, 1):
            start, shared = across.starts[column] * scale, across.shared(column) * scale
            join(strip[:, start : start + shared].transpose(1, 0, 2), tile[:, :shared].transpose(1, 0, 2), ramp(shared))
            strip[:, start + shared : start + tile.shape[1]] = tile[:, shared:]
        return strip

    def _tiles(self, down: Span, across: Span, row: int) -> Iterator[Floats]:
        """The results of a row's tiles from left to right, several computed together where that is faster."""
        rows, below = down.read(row)
        together = self._together(down.tile * across.tile)
        total = len(down.starts) * len(across.starts)
        for first in range(0, len(across.starts), together):
            self.ctx.progress(self.done / total)
            group = range(first, min(first + together, len(across.starts)))
            reads = [across.read(column) for column in group]
            pieces = [padded(self.before(self.pixels[rows, columns]), below, right) for columns, right in reads]
            yield from self._computed(np.stack(pieces))
            self.done += len(group)
            self.ctx.progress(self.done / total)

    def _together(self, area: int) -> int:
        if self.network.device.type == "cpu" or self.network.per_pixel is None:
            return 1
        return max(1, min(BATCH, self.network.memory // (self.network.per_pixel * area)))

    def _computed(self, pieces: Floats) -> Floats:
        """Tiles (N, h, w, C) through the network: (N, h × scale, w × scale, C'), finite."""
        result = self._through(pieces)
        if not np.isfinite(result).all():
            with self.network.full():
                result = self._through(pieces)
        if not np.isfinite(result).all():
            raise StepError("The network's answer is no picture.", "Its file may be damaged: fetch it again.")
        return result

    def _through(self, pieces: Floats) -> Floats:
        count, height, width, channels = pieces.shape
        if self.network.inputs == 1 and channels > 1:
            alike = all(np.array_equal(pieces[..., 0], pieces[..., other]) for other in range(1, channels))
            planes = pieces[..., :1] if alike else pieces.transpose(0, 3, 1, 2).reshape(-1, height, width, 1)
            result = self._pass(planes)
            if alike:
                return np.repeat(result, channels, axis=3)
            return np.moveaxis(result[..., 0].reshape(count, channels, *result.shape[1:3]), 1, 3)
        if channels == 1 and self.network.inputs > 1:
            pieces = np.repeat(pieces, self.network.inputs, axis=3)
        return self._pass(pieces)

    def _pass(self, pieces: Floats) -> Floats:
        tensor = tensor_from_arrays(list(pieces), self.network.device, self.network.dtype)
        return arrays_from_tensor(self.work(self.ctx.check, tensor))

    def _finished(self, rows: Floats, where: slice) -> Floats:
        np.clip(rows, 0.0, 1.0, out=rows)
        if self.grey and rows.shape[2] == 3:
            rows = np.repeat((rows @ LUMA)[..., None], 3, axis=2)
        return self.after(rows, where)
