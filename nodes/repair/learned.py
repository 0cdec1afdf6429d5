"""Fill damage with a network, crop after crop, at the photo's full size."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.inpainting import Inpainter, InpaintModel
from nodes.pixels.colour import is_grey, luma
from nodes.pixels.noise import Grain
from nodes.pixels.profile import convert
from nodes.repair.crops import Box, Crop, Plan, spread
from nodes.repair.holes import Marks, widened
from nodes.repair.regrain import measured, regrained

ROWS = 512
"""Rows of a crop that are shrunk or brought back together: a crop around a very large hole can be the whole photo."""

KNOWN = 0.5
"""Share of a shrunken pixel that must be known for it to count."""


class _Photo(NamedTuple):
    """What is filled, and how it is to look."""

    out: Floats
    mask: Floats
    profile: bytes | None
    grey: bool
    margin: float
    grain: Grain
    share: float


def fill(ctx: Context, image: Image, mask: Mask, out: Floats, model: str, margin: float, share: float) -> None:
    """Fill `out`, a copy of the image's pixels, in place. Each crop sees what earlier ones filled.

    `margin` pixels around the damage are hidden from the network too; `share` of the photo's grain is put back.
    """
    grain = measured(image, mask.values)
    photo = _Photo(out, mask.values, image.origin.profile, is_grey(image.pixels), margin, grain, share)
    with ctx.borrow(InpaintModel(model)) as network:
        plan = Plan(mask.values, network.side)
        for crop in ctx.track(plan.crops()):
            _fill(ctx, photo, plan, crop, network)
            plan.finish(crop)


def _fill(ctx: Context, photo: _Photo, plan: Plan, crop: Crop, network: Inpainter) -> None:
    pixels, hole = _seen(ctx, photo, plan, crop)
    made = _filled(ctx, network, pixels, hole)
    rows, columns = crop.core
    wanted = spread(crop.cells, crop.core)
    for start in range(rows.start, rows.stop, ROWS):
        ctx.check()
        strip = slice(start, min(start + ROWS, rows.stop)), columns
        part = slice(start - rows.start, strip[0].stop - rows.start)
        _lay(photo, strip, wanted[part], _brought_back(made, crop, strip))


def _filled(ctx: Context, network: Inpainter, pixels: Floats, hole: Marks) -> Floats:
    """What the network makes of pixels of any size, which it sees mirrored beyond their borders."""
    height, width = hole.shape
    below, beside = -height % network.multiple, -width % network.multiple
    around = ((0, below), (0, beside))
    pixels = np.pad(np.where(hole[..., None], np.float32(0), pixels), (*around, (0, 0)), mode="symmetric")
    hole = np.pad(hole, around, mode="symmetric")
    return network.fill(ctx.check, pixels, hole)[:height, :width]


def _seen(ctx: Context, photo: _Photo, plan: Plan, crop: Crop) -> tuple[Floats, Marks]:
    """A crop as the network is to see it, in sRGB, and what of it is missing."""
    rows, columns = crop.window
    step = ROWS // crop.factor * crop.factor or crop.factor
    parts: list[tuple[Floats, Marks]] = []
    for start in range(rows.start, rows.stop, step):
        ctx.check()
        box = slice(start, min(start + step, rows.stop)), columns
        parts.append(_shrunk(convert(photo.out[box], photo.profile, None), _hole(photo, plan, box), crop.factor))
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _hole(photo: _Photo, plan: Plan, box: Box) -> Marks:
    """The damage that is still to be filled, and the rim of all damage."""
    marked = photo.mask[box] > 0
    rim = widened(marked, photo.margin)
    # On a photo of a few pixels the rim can take all there is.
    return (marked if rim.all() else rim) & ~(marked & plan.filled(box))


def _shrunk(pixels: Floats, hole: Marks, factor: int) -> tuple[Floats, Marks]:
    """The means of what is known in blocks of factor × factor pixels."""
    if factor == 1:
        return pixels, hole
    below, beside = -pixels.shape[0] % factor, -pixels.shape[1] % factor
    known = np.pad(~hole, ((0, below), (0, beside)), mode="edge").astype(np.float32)
    pixels = np.pad(pixels, ((0, below), (0, beside), (0, 0)), mode="edge") * known[..., None]
    height, width = known.shape[0] // factor, known.shape[1] // factor
    weight = known.reshape(height, factor, width, factor).mean(axis=(1, 3))
    mean = pixels.reshape(height, factor, width, factor, 3).mean(axis=(1, 3))
    return np.clip(mean / np.maximum(weight, 1e-6)[..., None], 0, 1).astype(np.float32), weight < KNOWN


def _brought_back(made: Floats, crop: Crop, box: Box) -> Floats:
    """What was made for a box of the photo, at full size."""
    import cv2

    top, left = crop.window[0].start, crop.window[1].start
    if crop.factor == 1:
        return made[box[0].start - top : box[0].stop - top, box[1].start - left : box[1].stop - left]
    down = (np.arange(box[0].start - top, box[0].stop - top, dtype=np.float32) + 0.5) / crop.factor - 0.5
    across = (np.arange(box[1].start - left, box[1].stop - left, dtype=np.float32) + 0.5) / crop.factor - 0.5
    y, x = np.meshgrid(down, across, indexing="ij")
    return np.asarray(cv2.remap(made, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.float32).clip(0, 1)


def _lay(photo: _Photo, box: Box, wanted: Marks, made: Floats) -> None:
    """Blend what was made into the photo, in its own encoding, where it is wanted and as far as the mask says."""
    share = np.where(wanted, photo.mask[box], np.float32(0))[..., None]
    made = regrained(made, share[..., 0] > 0, photo.grain, photo.share, (box[0].start, box[1].start))
    if photo.grey:
        made = np.repeat(luma(made)[..., None], 3, axis=2)
    made = convert(made, None, photo.profile)
    if photo.grey:
        # A profile's tables need not keep equal channels equal.
        made = np.repeat(made[..., 1:2], 3, axis=2)
    before = photo.out[box]
    blended = np.clip(before + share * (made - before), 0, 1)
    photo.out[box] = np.where(share > 0, blended, before)
