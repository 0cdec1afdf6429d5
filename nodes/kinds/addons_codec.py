"""How add-ons are measured, stored and shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from graph.errors import CacheError, StepError
from graph.kinds import Kind, Meta
from nodes.formats.write import encode
from nodes.kinds.addons import Addons, Control, Lora
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.image_codec import PREVIEW_QUALITY, Box, ImageCodec
from nodes.pixels.lettering import lettered, shortened
from nodes.pixels.profile import srgb_pixels

BYTES = 512
"""What one of them takes as Python objects, roughly, besides its picture."""

PICTURE = ImageCodec()

PLAIN = ("name", "strength", "until", "sees")
"""The fields of a Control that JSON can hold."""

CARD = (768, 1024)
"""Height and width in pixels of the card that shows them, so that it can be looked at like any picture."""

GROUND, INK = 0.13, 0.86
"""Greys of a card, as in the previews of faces."""

LETTERS = 1 / 18
"""Height of the letters, as a share of the card's longer side."""

SHOWN = 0.5
"""The share of the card's height that the picture of a control may take."""


class AddonsCodec:
    """See graph.kinds.Codec. Names and numbers stand in the meta, the pictures of controls are the buffers."""

    def size(self, value: Addons) -> int:
        count = 1 + len(value.loras) + len(value.controls)
        return BYTES * count + sum(PICTURE.size(each.picture) for each in value.controls)

    def encode(self, value: Addons) -> tuple[Meta, Sequence[memoryview]]:
        stored = [PICTURE.encode(each.picture) for each in value.controls]
        meta = {
            "loras": [[each.name, each.strength] for each in value.loras],
            "vae": value.vae,
            "clip_skip": value.clip_skip,
            "controls": [
                {**{name: getattr(each, name) for name in PLAIN}, "picture": picture}
                for each, (picture, _) in zip(value.controls, stored, strict=True)
            ],
        }
        return meta, [buffer for _, buffers in stored for buffer in buffers]

    def decode(self, meta: Meta, buffers: Sequence[memoryview]) -> Addons:
        try:
            loras = tuple(Lora(name, strength) for name, strength in meta["loras"])
            stored = zip(meta["controls"], buffers, strict=True)
            controls = tuple(_control_from_json(fields, buffer) for fields, buffer in stored)
            return Addons(loras, meta["vae"], meta["clip_skip"], controls)
        except (ValueError, TypeError, KeyError) as error:
            raise CacheError(f"Stored add-ons cannot be read: {error}.") from error

    def backing(self, value: Addons) -> Path | None:
        return PICTURE.backing(value.controls[0].picture) if len(value.controls) == 1 else None

    def extent(self, value: Addons) -> tuple[int, int]:
        return CARD

    def shrink(self, value: Addons, scale: float) -> Addons:
        return value.with_pictures(lambda picture: PICTURE.shrink(picture, scale))

    def preview(self, value: Addons, side: int) -> bytes:
        return encode(Image(_card(value, min(side, CARD[1]))), format="webp", quality=PREVIEW_QUALITY)

    def tile(self, value: Addons, box: Box, side: int) -> bytes:
        return PICTURE.tile(Image(_card(value, CARD[1])), box, side)

    def to_bytes(self, value: Addons, suffix: str, workflow: str | None, quality: int | None = None) -> bytes:
        raise StepError("Add-ons for a model cannot be written to a file.", "Save the picture that is drawn with them.")

    def write(self, value: Addons, path: Path, workflow: str | None) -> None:
        path.write_bytes(self.to_bytes(value, path.suffix, workflow))


def _control_from_json(fields: dict[str, Any], buffer: memoryview) -> Control:
    picture = PICTURE.decode(fields["picture"], [buffer])
    return Control(picture=picture, **{name: fields[name] for name in PLAIN})


def _card(addons: Addons, side: int) -> Floats:
    """The picture of the first control, and below it a line for each thing that is added."""
    canvas = np.full((max(1, side * CARD[0] // CARD[1]), side, 3), GROUND, np.float32)
    top = _picture(canvas, addons.controls[0].picture) if addons.controls else 0
    size = max(6, round(side * LETTERS))
    for line in _lines(addons):
        ink = lettered(shortened(line, size, side), size)[:, :side, None]
        if top + ink.shape[0] > canvas.shape[0]:
            break
        here = canvas[top : top + ink.shape[0], : ink.shape[1]]
        here += ink * (INK - here)
        # Half of the margins around two lines would do between them.
        top += ink.shape[0] - size // 2
    return np.clip(canvas, 0.0, 1.0)


def _picture(canvas: Floats, picture: Image) -> int:
    """Draw it into the upper part, in the middle; the row below it."""
    height, width = canvas.shape[:2]
    small = PICTURE.shrink(picture, min(1.0, width / picture.width, SHOWN * height / picture.height))
    pixels = srgb_pixels(small)[:height, :width]
    left = (width - pixels.shape[1]) // 2
    canvas[: pixels.shape[0], left : left + pixels.shape[1]] = pixels
    return pixels.shape[0]


def _lines(addons: Addons) -> Iterator[str]:
    """In the words that are the same in every language."""
    yield from (f"LoRA {each.name} · {each.strength:g}" for each in addons.loras)
    if addons.vae:
        yield f"VAE {addons.vae}"
    if addons.clip_skip:
        yield f"Clip skip {addons.clip_skip}"
    yield from (f"ControlNet {each.name} · {each.strength:g}" for each in addons.controls)


KIND = Kind(name="addons", type=Addons, codec=AddonsCodec(), colour="#7cc4a4")
