"""Pixels at other places: turned, straightened, seen from the front."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.context import Context, Tile
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask

Numbers = NDArray[np.float64]

LOBES = 4
"""Pixels that OpenCV's Lanczos kernel reaches each way."""

FILLS = ("paper", "white", "black")
"""What stands where the photo has nothing."""

RIM = 0.01
"""Width, in parts of the longer side, of what is taken for the colour of the paper."""


@dataclass(frozen=True, slots=True)
class Warp:
    """Where each pixel of a result comes from."""

    back: Numbers
    """(3, 3): x, y, 1 on the result to x, y, 1 on the photo; pixel centres lie at whole numbers."""
    height: int
    width: int

    def source(self, tile: Tile) -> tuple[Numbers, Numbers]:
        """Where on the photo all pixels of `tile.write` come from, across and down."""
        rows, columns = tile.write
        down, across = np.mgrid[rows, columns].astype(np.float64)
        parts = [row[0] * across + row[1] * down + row[2] for row in self.back]
        return parts[0] / parts[2], parts[1] / parts[2]

    def mirrored(self, height: int, width: int, *, across: bool, down: bool) -> Warp:
        """The same of a photo of that size that is mirrored first."""
        flip = np.array([[-1 if across else 1, 0, width - 1 if across else 0],
                         [0, -1 if down else 1, height - 1 if down else 0],
                         [0, 0, 1]], np.float64)  # fmt: skip
        return replace(self, back=flip @ self.back)


def warped(ctx: Context, image: Image, warp: Warp, fill: Floats) -> Image:
    """The photo's pixels at their new places, by Lanczos; `fill` (3,) where it has none.

    The values are resampled as they are encoded: in linear light the kernel's overshoot blackens what lies beside
    highlights.
    """
    import cv2

    return image.like(_moved(ctx, image.pixels, warp, fill, cv2.INTER_LANCZOS4))


def warped_mask(ctx: Context, mask: Mask, warp: Warp) -> Mask:
    """A mask that belongs to the photo, moved the same way; nothing where there was no photo."""
    import cv2

    return Mask(_moved(ctx, mask.values, warp, np.zeros((), np.float32), cv2.INTER_LINEAR))


def uncovered(ctx: Context, height: int, width: int, warp: Warp) -> Mask:
    """Where a photo of that size has nothing to show after it was moved."""
    out = ctx.empty((warp.height, warp.width))
    for tile in ctx.tiles(warp):
        out[tile.write] = 1 - _cover(*warp.source(tile), height, width)
    return Mask(out)


def nothing(height: int, width: int) -> Mask:
    """An empty mask."""
    return Mask(np.broadcast_to(np.float32(0), (height, width)))


def fill_colour(image: Image, fill: str) -> Floats:
    """(3,): white, black, or the colour that most of the photo's edge has."""
    if fill != "paper":
        return np.full(3, fill == "white", np.float32)
    wide = max(1, round(RIM * max(image.height, image.width)))
    pixels = image.pixels
    sides = (pixels[:wide], pixels[-wide:], pixels[:, :wide], pixels[:, -wide:])
    steps = [max(1, side.shape[0] * side.shape[1] // 50_000) for side in sides]
    rim = np.concatenate([side.reshape(-1, 3)[::step] for side, step in zip(sides, steps, strict=True)])
    return np.asarray(np.median(rim, axis=0), np.float32)


def _moved(ctx: Context, values: Floats, warp: Warp, fill: Floats, kernel: int) -> Floats:
    out = ctx.empty((warp.height, warp.width, *values.shape[2:]))
    for tile in ctx.tiles(warp):
        x, y = warp.source(tile)
        cover = _cover(x, y, *values.shape[:2]).reshape(*x.shape, *(1,) * (values.ndim - 2))
        if not cover.any():
            out[tile.write] = fill
            continue
        sampled = _sampled(values, x, y, kernel)
        np.clip(fill + cover * (sampled - fill) if (cover < 1).any() else sampled, 0.0, 1.0, out=out[tile.write])
    return out


def _cover(x: Numbers, y: Numbers, height: int, width: int) -> Floats:
    """How much of each pixel lies on a photo of that size: its edge is as smooth as all else."""
    inside = np.minimum(np.minimum(x + 0.5, width - 0.5 - x), np.minimum(y + 0.5, height - 0.5 - y))
    return (inside + 0.5).clip(0.0, 1.0).astype(np.float32)


def _sampled(values: Floats, x: Numbers, y: Numbers, kernel: int) -> Floats:
    """The values at those places; beyond the photo those of its edge."""
    import cv2

    left, right = _span(x, values.shape[1])
    top, bottom = _span(y, values.shape[0])
    # OpenCV counts in 16 bits and in float32: only the part that is needed, and places counted within it.
    part = np.ascontiguousarray(values[top:bottom, left:right])
    places = (x - left).astype(np.float32), (y - top).astype(np.float32)
    return np.asarray(cv2.remap(part, *places, kernel, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _span(places: Numbers, length: int) -> tuple[int, int]:
    first = int(np.clip(np.floor(places.min()) - LOBES, 0, length - 1))
    return first, int(np.clip(np.ceil(places.max()) + LOBES + 1, first + 1, length))
