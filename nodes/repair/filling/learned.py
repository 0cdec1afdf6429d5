"""Fill damage with a network, crop after crop, at the photo's full size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.models.inpainting import Inpainter
from nodes.pixels.colour import is_grey, luma
from nodes.pixels.noise import Grain
from nodes.pixels.one_tone import Toning
from nodes.pixels.profile import convert
from nodes.repair.filling.crops import Box, Crop, Plan, spread
from nodes.repair.filling.holes import Marks, widened
from nodes.repair.filling.regrain import measured, regrained

ROWS = 512
"""Rows of a crop that are shrunk or brought back together: a crop around a very large hole can be the whole photo."""

KNOWN = 0.5
"""Share of a shrunken pixel that must be known for it to count."""

Fill = Callable[[Context, Floats, Marks, Crop], Floats]
"""Pixels (H, W, 3) in sRGB, what of them is missing (H, W), and where they lie in the photo, to pixels of the same size
where it is filled; what it gives elsewhere does not count. What lies in the hole is what the photo shows there."""


@dataclass(frozen=True)
class Work:
    """What is filled, and how it is to look."""

    out: Floats
    """A copy of the photo's pixels, which is filled in place."""
    share: Floats
    """How much of what is made is blended in: nothing is changed where it is 0."""
    damage: Floats
    """The mask of what is hidden from the network, and ..."""
    margin: float
    """... pixels around it that are hidden too."""
    profile: bytes | None
    grey: bool
    grain: Grain
    regrain: float
    """The share of the photo's grain that is put back."""
    tone: Toning | None = None
    """The colour of each brightness in what is made; None leaves its colours."""

    @classmethod
    def on(
        cls, image: Image, share: Floats, damage: Floats, out: Floats, margin: float, regrain: float,
        tone: Toning | None = None,
    ) -> Work:  # fmt: skip
        """Measures what the photo looks like."""
        grey, grain = is_grey(image.pixels), measured(image, share)
        return cls(out, share, damage, margin, image.origin.profile, grey, grain, regrain, tone)


def fill(ctx: Context, work: Work, plan: Plan, with_: Fill) -> None:
    """Fill all crops of the plan. Each sees what earlier ones filled."""
    crops = plan.crops()
    for number, crop in enumerate(ctx.track(crops)):
        plan.begin(crop)
        _fill(part_of(ctx, number, len(crops)), work, plan, crop, with_)
        plan.finish(crop)


def part_of(ctx: Context, number: int, count: int) -> Context:
    """The context of one of several parts of a step: what it has done counts as that much of the whole."""
    return replace(ctx, on_progress=lambda done, sketch: ctx.on_progress((number + done) / count, sketch))


def mirrored(network: Inpainter) -> Fill:
    """With a network that takes sides of certain multiples alone: it sees the pixels mirrored beyond their borders."""

    def fill(ctx: Context, pixels: Floats, hole: Marks, _: Crop) -> Floats:
        height, width = hole.shape
        around = ((0, -height % network.multiple), (0, -width % network.multiple))
        pixels = np.pad(np.where(hole[..., None], np.float32(0), pixels), (*around, (0, 0)), mode="symmetric")
        hole = np.pad(hole, around, mode="symmetric")
        return network.fill(ctx.check, pixels, hole)[:height, :width]

    return fill


def _fill(ctx: Context, work: Work, plan: Plan, crop: Crop, with_: Fill) -> None:
    pixels, hole = _seen(ctx, work, plan, crop)
    made = with_(ctx, pixels, hole, crop)
    rows, columns = crop.core
    wanted = spread(crop.cells, crop.core)
    for start in range(rows.start, rows.stop, ROWS):
        ctx.check()
        strip = slice(start, min(start + ROWS, rows.stop)), columns
        part = slice(start - rows.start, strip[0].stop - rows.start)
        _lay(work, strip, wanted[part], _brought_back(made, crop, strip))


def _seen(ctx: Context, work: Work, plan: Plan, crop: Crop) -> tuple[Floats, Marks]:
    """A crop as the network is to see it, in sRGB, and what of it is missing."""
    rows, columns = crop.window
    step = ROWS // crop.factor * crop.factor or crop.factor
    parts: list[tuple[Floats, Marks]] = []
    for start in range(rows.start, rows.stop, step):
        ctx.check()
        box = slice(start, min(start + step, rows.stop)), columns
        parts.append(_shrunk(convert(work.out[box], work.profile, None), _hole(work, plan, box), crop.factor))
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _hole(work: Work, plan: Plan, box: Box) -> Marks:
    """The damage that is still to be filled, and the rim of all damage."""
    marked = work.damage[box] > 0
    rim = widened(marked, work.margin)
    # On a photo of a few pixels the rim can take all there is.
    return (marked if rim.all() else rim) & ~((work.share[box] > 0) & plan.filled(box))


def _shrunk(pixels: Floats, hole: Marks, factor: int) -> tuple[Floats, Marks]:
    """The means of what is known in blocks of factor × factor pixels, and where little is, of all."""
    if factor == 1:
        return pixels, hole
    below, beside = -pixels.shape[0] % factor, -pixels.shape[1] % factor
    known = np.pad(~hole, ((0, below), (0, beside)), mode="edge").astype(np.float32)
    pixels = np.pad(pixels, ((0, below), (0, beside), (0, 0)), mode="edge")
    height, width = known.shape[0] // factor, known.shape[1] // factor

    def mean(values: Floats) -> Floats:
        return values.reshape(height, factor, width, factor, -1).mean(axis=(1, 3))

    weight = mean(known)
    sound = mean(pixels * known[..., None]) / np.maximum(weight, 1e-6)
    shown = np.where(weight < KNOWN, mean(pixels), sound)
    return np.clip(shown, 0, 1).astype(np.float32), weight[..., 0] < KNOWN


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


def _lay(work: Work, box: Box, wanted: Marks, made: Floats) -> None:
    """Blend what was made into the photo, in its own encoding, where it is wanted and as far as the mask says."""
    share = np.where(wanted, work.share[box], np.float32(0))[..., None]
    made = regrained(made, share[..., 0] > 0, work.grain, work.regrain, (box[0].start, box[1].start))
    if work.tone:
        made = work.tone.of(made)
    if work.grey:
        made = np.repeat(luma(made)[..., None], 3, axis=2)
    made = convert(made, None, work.profile)
    if work.grey:
        # A profile's tables need not keep equal channels equal.
        made = np.repeat(made[..., 1:2], 3, axis=2)
    before = work.out[box]
    blended = np.clip(before + share * (made - before), 0, 1)
    work.out[box] = np.where(share > 0, blended, before)
