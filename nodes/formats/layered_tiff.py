"""A TIFF whose layers Photoshop, Affinity Photo, Krita and GIMP 3 open; to all others it is the finished picture."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from graph.context import Context, Extent
from graph.errors import StepError
from nodes.formats import psd_layers, tiff_write
from nodes.formats.ifd import UNDEFINED, Tag, Tags
from nodes.formats.replacing import replaced
from nodes.formats.samples import Samples, is_grey
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.profile import to_profile
from nodes.pixels.resample import resampled

IMAGE_SOURCE_DATA = 37724
"""The tag that holds the layers (Adobe Photoshop TIFF Technical Notes, 2002)."""

HEADER = b"Adobe Photoshop Document Data Block\0"


@dataclass(frozen=True)
class Stage:
    """What the photo was at one time of its restoration."""

    name: str
    open: Callable[[], Image]
    """Called when its turn has come, so that not all stages are in memory at once."""
    mask: Callable[[], Mask | None] = lambda: None
    """Where it was to be worked on, if that is known."""


def alike(image: Extent, other: Extent) -> bool:
    """Whether two pictures have one shape, whatever their sizes, but for what rounding makes of it."""
    scale = max(other.height, other.width) / max(image.height, image.width)
    slack = max(1.0, scale)
    return abs(image.height * scale - other.height) <= slack and abs(image.width * scale - other.width) <= slack


def write(path: Path, ctx: Context, stages: Sequence[Stage], result: Image, workflow: str | None = None) -> None:
    """Write the stages, first to last, as layers, lowest first; the result is the picture that everyone sees.

    Bit depth, colour profile and metadata are the result's. A stage in another profile is converted; one of another
    size is resized to the result's, and so is its mask.
    """
    if max(result.height, result.width) > psd_layers.LONGEST_SIDE:
        limit = f"{psd_layers.LONGEST_SIDE:,} pixels"
        raise StepError(f"Layers are at most {limit} a side, this photo has more.", "Make it smaller first.")
    grey = (
        result.origin.mode == "L" and is_grey(result.pixels) and all(is_grey(stage.open().pixels) for stage in stages)
    )
    samples = Samples(result, None, result.origin.bits, grey, ctx.check)

    def add(file: BinaryIO) -> Tags:
        start = file.tell()
        file.write(HEADER)
        layers = [_layer(ctx, stage, samples) for stage in stages]
        psd_layers.write(file, layers, result.height, result.width, samples.bits, samples.channels)
        size = file.tell() - start
        # Too long to stand in the directory, which takes its place alone.
        return {IMAGE_SOURCE_DATA: Tag(UNDEFINED, size, struct.pack(">I", start))}

    with replaced(path) as file:
        tiff_write.write(file, samples, result.origin, workflow, add)


def _layer(ctx: Context, stage: Stage, like: Samples) -> psd_layers.Layer:
    def open() -> Samples:
        image = to_profile(stage.open(), like.image.origin.profile, ctx)
        if image.pixels.shape != like.image.pixels.shape:
            image = replace(image, pixels=resampled(ctx, image.pixels, like.height, like.width))
        return replace(like, image=replace(image, origin=like.image.origin))

    def mask() -> Mask | None:
        found = stage.mask()
        if found is None or found.values.shape == (like.height, like.width):
            return found
        return Mask(resampled(ctx, found.values, like.height, like.width))

    return psd_layers.Layer(stage.name, open, mask)
