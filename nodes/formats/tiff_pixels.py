"""From a TIFF's stored samples to grey or RGB, with or without alpha."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodes.formats.cmyk import srgb_from_cmyk
from nodes.formats.refusal import unsupported

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, TRANSPARENCY, INKS, YCBCR = range(7)
COLOURS = {WHITE_IS_ZERO: 1, BLACK_IS_ZERO: 1, RGB: 3, PALETTE: 1, TRANSPARENCY: 1, INKS: 4, YCBCR: 3}
"""Samples per pixel of each photometric interpretation (TIFF 6.0), not counting extra ones."""

NAMES = {8: "a Lab picture", 32803: "a raw camera picture", 34892: "a raw camera picture"}

JPEG = (6, 7, 34892)
"""Compressions that come out as RGB whatever they were."""

PREMULTIPLIED, SEPARATE = 1, 2
"""The two kinds of alpha among extra samples; others are spot colours and channels of unknown meaning."""


class Interpretation:
    """What one page's samples mean.

    Responsibilities:
    - refuse what cannot be shown faithfully
    - any depth to 8 or 16 bits, or to floats where neither fits
    - palette, inverted grey, inks and premultiplied colour to grey or RGB
    """

    def __init__(self, page: Any, profile: bytes | None, name: str) -> None:
        self.page, self.profile = page, profile
        self.photometric = int(page.photometric)
        self.colours = COLOURS.get(self.photometric, 0)
        self.extra = [int(kind) for kind in page.extrasamples]
        self._refuse(name)
        # A fraction of every picture with four channels calls its alpha unspecified; only the two named kinds count.
        alpha = next((i for i, kind in enumerate(self.extra) if kind in (PREMULTIPLIED, SEPARATE)), None)
        self.alpha = None if alpha is None else self.colours + alpha
        self.grey = self.photometric in (WHITE_IS_ZERO, BLACK_IS_ZERO, TRANSPARENCY)
        self.bits = 16 if page.bitspersample > 8 else 8

    def _refuse(self, name: str) -> None:
        page = self.page
        if not self.colours:
            raise unsupported(name, NAMES.get(self.photometric, "a TIFF of an unusual colour space"))
        if self.photometric == YCBCR and page.compression not in JPEG:
            raise unsupported(name, "a TIFF in YCbCr colours")
        if page.dtype is None or np.dtype(page.dtype).kind not in "ufb" or page.imagedepth > 1:
            raise unsupported(name, "a TIFF of unusual numbers")
        if page.samplesperpixel < self.colours:
            raise unsupported(name, "a TIFF with too few colour channels")

    def samples(self, stored: NDArray[Any]) -> NDArray[Any]:
        """(h, w, stored samples) as (h, w, 1 to 4) of uint8, uint16 or float32 in 0..1."""
        colour = stored[..., : self.colours]
        alpha = None if self.alpha is None else self._scaled(stored[..., self.alpha : self.alpha + 1])
        if self.photometric == PALETTE:
            colour = self._looked_up(colour)
        elif self.photometric == INKS:
            colour = srgb_from_cmyk(self._inks(self._scaled(colour)), self.profile)
        else:
            colour = self._scaled(colour)
        if self.photometric == WHITE_IS_ZERO:
            colour = (1 - colour) if colour.dtype.kind == "f" else ~colour
        return colour if alpha is None else self._with_alpha(colour, alpha)

    def _scaled(self, values: NDArray[Any]) -> NDArray[Any]:
        """Depths that fill their type as they are, others scaled."""
        if values.dtype.kind == "b":
            return values.astype(np.uint8) * np.uint8(255)
        bits = self.page.bitspersample
        if values.dtype.kind == "f":
            return values.astype(np.float32)
        if bits in (8, 16):
            return values
        if bits in (1, 2, 4):
            # 255 is a multiple of what 1, 2 and 4 bits can count to.
            return values * np.uint8(255 // (2**bits - 1))
        return (values / (2.0**bits - 1)).astype(np.float32)

    def _inks(self, values: NDArray[Any]) -> NDArray[Any]:
        return np.rint(np.clip(values, 0, 1) * 65535).astype(np.uint16) if values.dtype.kind == "f" else values

    def _looked_up(self, indices: NDArray[Any]) -> NDArray[np.uint16]:
        table: NDArray[np.uint16] = np.asarray(self.page.colormap, np.uint16).T
        # Many writers fill only one byte of the 16-bit table: the upper one, or in old times the lower.
        if not (table & 255).any():
            table = table | (table >> np.uint16(8))
        elif table.max() < 256:
            table = table | (table << np.uint16(8))
        return table[indices[..., 0]]

    def _with_alpha(self, colour: NDArray[Any], alpha: NDArray[Any]) -> NDArray[Any]:
        if self.extra[self.alpha - self.colours if self.alpha else 0] == PREMULTIPLIED:
            colour, alpha = _unit(colour), _unit(alpha)
            colour = np.divide(colour, alpha, out=np.zeros_like(colour), where=alpha > 0)
        elif colour.dtype != alpha.dtype:
            colour, alpha = _unit(colour), _unit(alpha)
        return np.concatenate([colour, alpha], axis=2)


def _unit(values: NDArray[Any]) -> NDArray[np.float32]:
    if values.dtype.kind == "f":
        return values
    return np.divide(values, np.float32(np.iinfo(values.dtype).max), dtype=np.float32)
