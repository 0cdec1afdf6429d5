"""Crops filled by a diffusion model, as its prompt says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.models.diffusion.wish import Wish
from nodes.pixels.profile import srgb_pixels
from nodes.repair.filling.crops import Box, Crop, Manner
from nodes.repair.filling.diffusion import membrane
from nodes.repair.filling.holes import Marks
from nodes.repair.filling.seam import evened

DRAWING = Manner(wide=1 / 4, core=0.75, apart=True, again=True)
"""For models that invent: half a crop may be missing, and a hole is best drawn in one go."""

CLOSER = 0.4
"""Strength with which a wide hole, once drawn from afar, is drawn again: its shapes stay, and texture comes in
(C. Meng et al., "SDEdit", 2022, who find 0.3 to 0.6 to balance the two)."""

LEAST = 0.5
"""Of the model's native side: narrower strips are mirrored up to it, as pictures much smaller than what a model was
trained on fall apart."""

STARTS = ("surroundings", "photo")
"""What lies in a hole before it is drawn: the colours around it, or what the photo shows there."""


class Model(Protocol):
    """See nodes.models.diffusion.diffuser.Diffuser."""

    side: int
    multiple: int

    def fill(self, ctx: Context, wish: Wish, pixels: Floats, hole: Marks) -> Floats: ...


@dataclass(frozen=True)
class Prompted:
    """See learned.Fill."""

    model: Model
    wish: Wish
    start: str
    size: tuple[int, int]
    """Height and width of the photo."""

    def __call__(self, ctx: Context, pixels: Floats, hole: Marks, crop: Crop) -> Floats:
        frame = Frame.around(hole.shape, self.model)
        smooth = self.start == STARTS[0] and not crop.again and not hole.all()
        begun = membrane(pixels, ~hole) if smooth else pixels
        missing = _in_blocks(frame.fitted(hole.astype(np.float32)) > 0, self.model.multiple)
        made = self.model.fill(ctx, self._wish(crop, frame), frame.fitted(begun), missing)
        return evened(frame.taken_back(made), pixels, frame.taken_back(missing.astype(np.float32)) > 0)

    def _wish(self, crop: Crop, frame: Frame) -> Wish:
        """Another seed for every place, so that no two holes get the same; the control pictures cut to the crop."""

        def cut(picture: Image) -> Image:
            return Image(srgb_pixels(picture.like(frame.fitted(_part(picture, crop.window, self.size)))))

        wish = replace(self.wish, strength=min(CLOSER, self.wish.strength)) if crop.again else self.wish
        return replace(wish, seed=seed_at(wish.seed, crop), addons=wish.addons.with_pictures(cut))


def seed_at(seed: int, crop: Crop) -> int:
    """The same for the same place in the photo, whatever is damaged elsewhere."""
    rows, columns = crop.core
    place = np.random.SeedSequence((seed, rows.start, columns.start, crop.factor, crop.again))
    return int(place.generate_state(1, np.uint32)[0])


def _in_blocks(hole: Marks, side: int) -> Marks:
    """The hole, grown to whole blocks of `side` pixels: what one latent stands for is either known or missing."""
    height, width = hole.shape
    blocks = hole.reshape(height // side, side, width // side, side).any(axis=(1, 3))
    return np.asarray(blocks).repeat(side, axis=0).repeat(side, axis=1)


@dataclass(frozen=True)
class Frame:
    """A crop as large as the model likes it, mirrored beyond its borders where it is too narrow."""

    shape: tuple[int, int]
    """Of the crop."""
    inner: tuple[int, int]
    """Of the crop enlarged: a photo smaller than what the model draws best."""
    outer: tuple[int, int]
    """Of all that is drawn."""

    @classmethod
    def around(cls, shape: tuple[int, int], model: Model) -> Frame:
        scale = max(1.0, model.side / max(shape))
        height, width = (max(1, round(side * scale)) for side in shape)
        least, step = round(model.side * LEAST), model.multiple
        down, across = (-(-max(side, least) // step) * step for side in (height, width))
        return cls(shape, (height, width), (down, across))

    def fitted(self, values: Floats) -> Floats:
        """(H, W) or (H, W, C) of any size as the model is to see it."""
        import cv2

        height, width = self.inner
        shrinks = values.shape[0] > height or values.shape[1] > width
        way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        resized = np.asarray(cv2.resize(values, (width, height), interpolation=way), np.float32)
        around = [(0, self.outer[0] - height), (0, self.outer[1] - width)] + [(0, 0)] * (values.ndim - 2)
        return np.pad(resized, around, mode="symmetric")

    def taken_back(self, made: Floats) -> Floats:
        """What of (H, W) or (H, W, C) as the model sees it belongs to the crop, at the crop's size."""
        import cv2

        height, width = self.shape
        inner = made[: self.inner[0], : self.inner[1]]
        back = cv2.resize(inner, (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(back, np.float32).reshape(height, width, *made.shape[2:])


def _part(picture: Image, window: Box, size: tuple[int, int]) -> Floats:
    """What of a picture, of any size, lies over the window of a photo."""
    rows, columns = (
        slice(span.start * have // side, max(span.start * have // side + 1, span.stop * have // side))
        for span, have, side in zip(window, picture.pixels.shape[:2], size, strict=True)
    )
    return picture.pixels[rows, columns]
