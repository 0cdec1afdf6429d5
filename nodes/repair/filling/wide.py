"""Rebuild wide holes from what surrounds them: first their outlines on small pictures, then ever finer detail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.repair.filling.crops import CELL, Box, cells_of, cells_with, pixels_of, spread
from nodes.repair.filling.diffusion import membrane
from nodes.repair.filling.holes import Marks, widened
from nodes.repair.filling.patches import HALF, Check, Patches

DEEP = 2
"""Cells a side of a block that must be wholly damaged for a hole to be wide: 16 pixels and more."""

CLOSE = 2
"""Cells around such blocks whose damage is of the same hole; a scratch that leads away is not."""

AROUND = 64, 256
"""Pixels around a hole in which pieces are looked for, at least and at most; as many as the hole is wide between."""

LARGEST = 128
"""Cells a side, 1024 pixels, of what is filled at once: a larger hole is filled part after part."""

NARROW = 3.0
"""Pixels: a hole no deeper than that can be filled from its rims, layer by layer."""

FEWEST = 200
"""Sound pieces that a small picture must still have."""

LIMITS = 600, 1200, 2500, 5000, 10_000, 60_000
"""Pixels of a hole at one size below which there is one search more: in a larger one the pieces are known from the
smaller sizes."""

STEP = 0.08
"""Most by which the filling is made lighter or darker to meet its rim."""


class Size(NamedTuple):
    """The picture at one of its sizes."""

    pixels: Floats
    hole: Marks
    sound: Marks


def wide_cells(mask: Floats) -> Marks:
    """The cells of a mask (H, W) in which its wide holes lie."""
    import cv2

    some, whole = cells_with(mask)
    deep = cv2.morphologyEx(whole.astype(np.uint8), cv2.MORPH_OPEN, np.ones((DEEP, DEEP), np.uint8))
    return some & (np.asarray(cv2.dilate(deep, np.ones((2 * CLOSE + 1,) * 2, np.uint8))) > 0)


def fill_wide(ctx: Context, out: Floats, mask: Floats, grown: Floats, cells: Marks, margin: float) -> None:
    """Fill the wide holes of `out` (H, W, 3) in place, one after another; all narrow ones are filled already.

    What lies within `margin` pixels of them is filled too: where that much is missing, its rim is never sound.
    `grown` is the mask with the rims of all damage, narrow too: nothing is copied from there.
    """
    import cv2

    count, labels, found, _ = cv2.connectedComponentsWithStats(cells.astype(np.uint8), connectivity=8)
    left = cells.copy()
    boxes = [(number, box) for number in range(1, count) for box in _parts(*found[number][:4].tolist())]
    for number, box in ctx.track(boxes):
        window = _around(box, mask.shape)
        near = cells_of(window)
        part = np.zeros_like(left)
        part[box] = labels[box] == number
        own = spread(part[near], window)
        marked, damaged = mask[window] > 0, grown[window] > 0
        rim = (widened(marked & own, margin) | (damaged & own)) & ~marked
        # Others of the wide holes thereabouts may not be filled yet.
        hole = rim | (marked & spread(left[near], window))
        sound = ~damaged & ~hole
        made = rebuilt(out[window], hole, sound if sound.any() else ~hole, ctx.check)
        share = np.where(own, mask[window], np.float32(0))
        share = np.where(rim, np.float32(1), share)[..., None]
        before = out[window]
        out[window] = np.where(share > 0, before + share * (made - before), before)
        left &= ~part


def _parts(x: int, y: int, width: int, height: int) -> list[Box]:
    """A hole's cells in boxes that fit into memory with all around them, one for nearly every hole."""
    return [
        (slice(top, min(top + LARGEST, y + height)), slice(start, min(start + LARGEST, x + width)))
        for top in range(y, y + height, LARGEST)
        for start in range(x, x + width, LARGEST)
    ]


def _around(box: Box, shape: tuple[int, ...]) -> Box:
    """The pixels of a box of cells and of whole cells around it, in which its hole's pieces are looked for."""
    core = pixels_of(box, (shape[0], shape[1]))
    least, most = AROUND
    reach = min(max(least, *(span.stop - span.start for span in core)), most) // CELL * CELL
    rows, columns = (
        slice(max(0, span.start - reach), min(side, span.stop + reach)) for span, side in zip(core, shape, strict=True)
    )
    return rows, columns


def rebuilt(pixels: Floats, hole: Marks, sound: Marks, check: Check) -> Floats:
    """The pixels (H, W, 3) with the hole filled from pieces of what is marked as sound.

    What is neither hole nor sound is looked at but not copied. Without any sound piece a smooth surface stays.
    """
    sizes = list(_sizes(Size(membrane(pixels, ~hole), hole, sound)))
    patches: Patches | None = None
    for size in reversed(sizes):
        check()
        patches = _filled(size, patches, size is sizes[0], check)
        if patches is None:
            return sizes[0].pixels
    return _met(pixels, hole, patches) if patches else pixels


def _filled(size: Size, coarse: Patches | None, finest: bool, check: Check) -> Patches | None:
    """The picture at one size with pieces in its hole; None if it has none to give."""
    patches = Patches(size.pixels, size.hole, size.sound)
    if not patches.sources.any():
        return None
    if coarse is None:
        patches.begin(check)
    else:
        patches.start(coarse, check)
    for _ in range(_rounds(patches.hole.size)):
        # Means settle the outlines on the small pictures; at full size they would be a blur.
        patches.put(patches.hole, patches.vote(patches.hole, check, finest))
        if coarse is None:
            patches.compare(check)
        else:
            patches.search(check, max(size.hole.shape) // 4)
    patches.put(patches.hole, patches.vote(patches.hole, check, finest))
    return patches


def _rounds(count: int) -> int:
    """How often a hole of so many pixels is looked at: where it is small more often, as everything else hangs on it."""
    return sum(count < limit for limit in LIMITS)


def _sizes(size: Size) -> Iterator[Size]:
    """The picture, and halves of it until the hole is narrow."""
    import cv2

    yield size
    depth = float(np.asarray(cv2.distanceTransform(size.hole.astype(np.uint8), cv2.DIST_L2, 5)).max())
    if depth <= NARROW or min(size.hole.shape) < 8 * HALF:
        return
    half = _halved(size)
    whole = cv2.erode(half.sound.astype(np.uint8), np.ones((2 * HALF + 1,) * 2))
    if half.hole.any() and np.count_nonzero(whole) >= FEWEST:
        yield from _sizes(half)


def _halved(size: Size) -> Size:
    """Means of what is known in blocks of 2 × 2 pixels."""
    known = np.asarray(~size.hole, np.float32)
    below, beside = (side % 2 for side in known.shape)
    around = ((0, below), (0, beside))
    weight = _means(np.pad(known, around, mode="edge")[..., None])[..., 0]
    total = _means(np.pad(size.pixels * known[..., None], (*around, (0, 0)), mode="edge"))
    sound = _means(np.pad(size.sound.astype(np.float32), around, mode="edge")[..., None])[..., 0]
    mean = total / np.maximum(weight, 0.25)[..., None]
    hole = weight < 0.5
    return Size(membrane(mean.astype(np.float32), ~hole), hole, sound > 0.99)


def _means(values: Floats) -> Floats:
    height, width, channels = values.shape
    return values.reshape(height // 2, 2, width // 2, 2, channels).mean(axis=(1, 3))


def _met(pixels: Floats, hole: Marks, patches: Patches) -> Floats:
    """The filled picture, lighter or darker towards the rims where the pieces differ from what they continue."""
    import cv2

    ring = np.asarray(cv2.dilate(hole.astype(np.uint8), np.ones((2 * HALF + 1,) * 2))) > 0
    ring &= ~hole
    places = np.flatnonzero(np.pad(ring, HALF)).astype(np.int32)
    step = np.zeros_like(pixels)
    step[ring] = pixels[ring] - patches.vote(places)
    weight = np.asarray(cv2.blur(ring.astype(np.float32), (5, 5)))[..., None]
    step = np.asarray(cv2.blur(step, (5, 5))) / np.maximum(weight, 1e-6)
    skin = membrane(np.clip(step, -STEP, STEP).astype(np.float32), ring)
    return np.where(hole[..., None], np.clip(patches.pixels + skin, 0, 1), pixels).astype(np.float32, copy=False)
