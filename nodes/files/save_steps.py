"""A restoration as it went: for the eye, and for the next retoucher."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np

from graph.context import Context
from graph.controls import Choice, Text, Toggle
from graph.spec import node
from nodes.formats import animation as animated
from nodes.formats import layered_tiff
from nodes.formats.contact_sheet import SIDE, Tile, contact_sheet
from nodes.formats.layered_tiff import Stage, alike
from nodes.formats.names import file_name, spare_original
from nodes.formats.write import write
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin
from nodes.kinds.image_codec import ImageCodec, image_from_mask
from nodes.kinds.mask import Mask
from nodes.pixels.profile import srgb_pixels

ANIMATIONS = {"webp": ".webp", "gif": ".gif", "none": ""}


class _Named(NamedTuple):
    """A photo between two steps."""

    name: str
    image: Image
    mask: Mask | None = None


@node(title="Save Steps", effect=True)
def save_steps(
    ctx: Context,
    before: Image,
    after: Image,
    repairs: Image | None = None,
    tone: Image | None = None,
    colour: Image | None = None,
    mask: Mask | None = None,
    *,
    name: Annotated[
        str, Text(200, help="The files' name without its ending; {photo} stands for the name of the photo.")
    ] = "{photo}-steps",
    sheet: Annotated[bool, Toggle(help="Write all steps side by side on one picture.")] = True,
    animation: Annotated[
        str,
        Choice(tuple(ANIMATIONS), help="Write a moving picture that wipes from before to after. WebP looks better."),
    ] = "webp",
    layers: Annotated[bool, Toggle(help="Write a TIFF that holds each step as a layer.")] = True,
) -> None:
    """Write how the photo was restored: a contact sheet, a moving before and after, and a file with layers.

    Wire the photo as it was into before, and the finished one into after. If you like, also wire the photo after the
    repairs, after the work on tone, and after the work on colour, and the mask that the repairs were made with.

    The contact sheet shows the steps side by side. The moving picture wipes from before to after; you can send it to
    anyone. The TIFF holds each step as a layer with a mask, the photo as it was at the bottom. Open it in Photoshop,
    Affinity Photo, Krita or GIMP 3: where you paint black into the mask of the topmost layer, the step before it
    shows. Other programs show the finished photo.

    All layers have the size of the finished photo: a step of another size is enlarged or shrunk to it. One of another
    shape, from before the photo was cropped or turned, cannot be laid over it and is left out. Files of the same name
    are replaced, but never the photo that was loaded.
    """
    middle = [("Repairs", repairs, mask), ("Tone", tone, None), ("Colour", colour, None)]
    stages = [_Named("Before", before), *(_Named(title, image, of) for title, image, of in middle if image)]
    if not _same(ctx, stages[-1].image, after):
        stages.append(_Named("After", after))
    place = _Place(ctx, name, before.origin.sha256)
    if sheet:
        _write_sheet(place.path(".png"), ctx, stages, mask)
    if suffix := ANIMATIONS[animation]:
        path = place.path(suffix)
        side = animated.SIDE[suffix]
        animated.write(path, _small(before, side), _small(after, side))
        ctx.wrote(path)
    if layers:
        _write_layers(place.path(".tif"), ctx, stages, after)


class _Place(NamedTuple):
    """Where the files go."""

    ctx: Context
    name: str
    original: str | None
    """The sha256 of what may not be written over."""

    def path(self, suffix: str) -> Path:
        """The file of that kind, once the run has not been cancelled meanwhile."""
        self.ctx.check()
        path = self.ctx.outputs / file_name(self.name, self.ctx.stem, suffix)
        spare_original(path, self.original)
        return path


def _write_sheet(path: Path, ctx: Context, stages: list[_Named], mask: Mask | None) -> None:
    shown = [(stage.name, stage.image) for stage in stages]
    if mask:
        shown.insert(1, ("Mask", image_from_mask(mask)))
    tiles = [
        Tile(f"{number}  {title}", f"{image.width} × {image.height}", _small(image, SIDE))
        for number, (title, image) in enumerate(shown, 1)
    ]
    write(path, Image(contact_sheet(tiles), Origin()), format="png", workflow=ctx.workflow)
    ctx.wrote(path)


def _write_layers(path: Path, ctx: Context, stages: list[_Named], after: Image) -> None:
    fitting = [stage for stage in stages if alike(stage.image, after)]
    for stage in stages:
        if stage not in fitting:
            ctx.say(f"{stage.name} has another shape than the finished photo and is no layer.")
    layered = [Stage(stage.name, lambda it=stage: it.image, lambda it=stage: it.mask) for stage in fitting]
    layered_tiff.write(path, ctx, layered, after, ctx.workflow)
    ctx.wrote(path)


def _same(ctx: Context, image: Image, other: Image) -> bool:
    if image.pixels.shape != other.pixels.shape or image.origin.profile != other.origin.profile:
        return False
    return all(np.array_equal(image.pixels[tile.write], other.pixels[tile.write]) for tile in ctx.tiles(image))


def _small(image: Image, side: int) -> Floats:
    """In sRGB, the longer side at most that many pixels."""
    return srgb_pixels(ImageCodec().shrink(image, min(1.0, side / max(image.height, image.width))))
