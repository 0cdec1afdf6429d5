"""The pictures that sum up a run, made of the pictures that were kept of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from graph.context import Context
from graph.pictures import Layer, Shown
from nodes.formats import animation, layered_tiff
from nodes.formats.contact_sheet import Tile, contact_sheet
from nodes.formats.layered_tiff import Stage, alike
from nodes.formats.loaded import Allocate
from nodes.formats.read import measure, read, read_bytes
from nodes.formats.write import write
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.profile import srgb_pixels


class StepFiles:
    """See cli.steps.Summary. `allocate` makes the arrays of whole pictures; they lie in memory unless given."""

    def __init__(self, allocate: Allocate | None = None) -> None:
        self._allocate = allocate or _floats

    def sheet(self, path: Path, shown: Sequence[Shown]) -> None:
        """A PNG with all of them, numbered and named."""
        tiles = [Tile(f"{one.number}  {one.title}", one.note, _small(one.picture)) for one in shown]
        write(path, Image(contact_sheet(tiles)))

    def animation(self, path: Path, before: Path, after: Path) -> None:
        """A WebP, or a GIF, that wipes from one photo to the other."""
        side = animation.SIDE[path.suffix]
        animation.write(path, _shrunk(before, side), _shrunk(after, side))

    def layers(self, path: Path, layers: Sequence[Layer], result: Path, workflow: str) -> list[str]:
        """A TIFF with a layer for each; returns the names of those whose shape is not the result's.

        No more than three of the pictures are in memory at once.
        """
        size, finished = measure(result), self._image(result)

        def photo(path: Path) -> Image:
            return finished if path == result else self._image(path)

        fitting = [layer for layer in layers if alike(measure(layer.picture), size)]
        stages = [
            Stage(layer.name, lambda it=layer: photo(it.picture), lambda it=layer: self._mask(it.masks))
            for layer in fitting
        ]
        layered_tiff.write(path, Context(allocate=self._allocate), stages, finished, workflow)
        return [layer.name for layer in layers if layer not in fitting]

    def _image(self, path: Path) -> Image:
        return read(path, self._allocate).image

    def _mask(self, paths: Sequence[Path]) -> Mask | None:
        """All that is marked on any of them; one of another size than the first is of another photo."""
        found: Floats | None = None
        for path in paths:
            values = self._image(path).pixels[..., 0]
            if found is None:
                found = self._allocate(values.shape)
                found[:] = values
            elif values.shape == found.shape:
                np.maximum(found, values, out=found)
        return None if found is None else Mask(found)


def _small(picture: bytes) -> Floats:
    return srgb_pixels(read_bytes(picture, _floats).image)


def _shrunk(path: Path, side: int) -> Floats:
    """At least that many pixels a side where the photo has them; no more of it is ever in memory."""
    size = measure(path)
    shrink = max(1, max(size.height, size.width) // (2 * side))
    return srgb_pixels(read(path, _floats, shrink=shrink).image)


def _floats(shape: tuple[int, ...]) -> Floats:
    return np.empty(shape, np.float32)
