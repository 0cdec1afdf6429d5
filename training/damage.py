"""Damage on a sound photo, and exactly where it is: drawn as nodes.damage draws it, and photographed artefacts."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.damage.amounts import Amounts
from nodes.damage.mark import VISIBLE, Kind, Kinds, Mark
from nodes.damage.paint import bare_or_dark
from nodes.damage.sheet import Sheet, Window
from nodes.damage.stains import brown
from nodes.damage.way import somewhere
from nodes.kinds.arrays import Floats
from training.artefacts import LINES, SPECKS, STAINS, Artefacts

Bools = NDArray[np.bool_]

SCALES = (0.12, 0.9)
"""Pixels of a training picture for one of the measured scans, all orders of size equally likely: from a snapshot
scanned for the web to a print at 600 dpi."""

SEE_THROUGH = (Kind.STAIN, Kind.TAPE, Kind.FINGERPRINT)
"""Kinds that the picture shines through: where they are is known, but nobody wants them filled in like a hole."""

RIM = 3
"""Pixels a side of what lies around damage that is neither sound nor damaged: one pixel each way."""

GROUPS = {"scratches": 0.65, "creases": 0.45, "dust": 0.6, "hairs": 0.45, "stains": 0.25, "torn": 0.2}
"""How likely a damaged print has some of each."""


BY_AREA = ("scratches", "hairs")

PART, DENSEST = 0.8, 10.0
"""A picture that is less than that share of a measured scan gets as much as that share has, up to tenfold density."""


class Damaged(NamedTuple):
    """A photo after something happened to it."""

    pixels: Floats
    """(H, W, 3), 0..1."""
    kinds: Kinds
    """(H, W): by which kind it was visibly changed, 0 where it was not."""
    drowned: Bools | None = None
    """(H, W): where it was changed by less than the picture changes by itself thereabouts; None if nobody looked."""

    @property
    def mask(self) -> Bools:
        """(H, W): where it was visibly changed."""
        return self.kinds > 0

    @property
    def label(self) -> NDArray[np.uint8]:
        """(H, W): 255 damage, 0 sound, 128 what teaches nothing.

        That is the rim, what the picture shines through, and what nobody could tell from the picture.
        """
        import cv2

        holes = self.mask & ~np.isin(self.kinds, SEE_THROUGH)
        if self.drowned is not None:
            holes &= ~self.drowned
        near = cv2.dilate(self.mask.astype(np.uint8), np.ones((RIM, RIM), np.uint8)) > 0
        return np.where(holes, 255, np.where(near, 128, 0)).astype(np.uint8)


def damage(
    pixels: Floats,
    rng: np.random.Generator,
    artefacts: Artefacts | None = None,
    *,
    sheet: Sheet | None = None,
    window: Window | None = None,
    amounts: Amounts | None = None,
    visible: float = VISIBLE,
) -> Damaged:
    """What may happen to one print, from a single speck to ruin. Without `amounts` chance decides how much of what.

    The pixels may be a window of a larger sheet; what is damaged beyond it is not drawn. Damage that changes them by
    no more than is `visible` is not marked.
    """
    sheet = any_sheet(pixels.shape[0], pixels.shape[1], rng) if sheet is None else sheet
    window = sheet.whole if window is None else window
    amounts = any_amounts(sheet, rng) if amounts is None else amounts
    marks = amounts.marks(sheet, rng)
    if artefacts is not None:
        marks += overlays(sheet, rng, artefacts, amounts)
    return drawn(pixels, marks, window, visible)


def drawn(pixels: Floats, marks: list[Mark], window: Window, visible: float = VISIBLE) -> Damaged:
    """The pixels of that window with the marks on them."""
    after, kinds = pixels.copy(), np.zeros(pixels.shape[:2], np.uint8)
    for mark in marks:
        mark.lay(after, kinds, window, visible)
    return Damaged(after, kinds)


def any_sheet(height: int, width: int, rng: np.random.Generator) -> Sheet:
    scale = float(np.exp(rng.uniform(*np.log(SCALES))))
    return Sheet(height, width, scale, light=float(rng.choice([0.95, 0.8, 0.3])))


def any_amounts(sheet: Sheet, rng: np.random.Generator) -> Amounts:
    """Some groups of damage and not others, mostly little of each.

    A picture for training is a small part of a print, and one where something has happened: what is counted by area
    is denser there.
    """
    denser = float(np.clip(PART / sheet.share, 1, DENSEST))
    while True:
        strengths = {
            name: float(rng.beta(1.1, 2.5)) * (denser if name in BY_AREA else 1) if rng.random() < likely else 0.0
            for name, likely in GROUPS.items()
        }
        if any(strengths.values()):
            return Amounts(**strengths)


def overlays(sheet: Sheet, rng: np.random.Generator, artefacts: Artefacts, amounts: Amounts) -> list[Mark]:
    """Photographed artefacts, a few of each group that the print has any of."""
    wanted = {
        LINES: max(amounts.scratches, amounts.hairs),
        SPECKS: amounts.dust,
        STAINS: amounts.stains,
    }
    return [
        overlay(sheet, rng, *artefacts.any(kinds, rng))
        for kinds, strength in wanted.items()
        if strength
        for _ in range(rng.integers(0, 4))
    ]


def overlay(sheet: Sheet, rng: np.random.Generator, kind: Kind, cover: NDArray[np.uint8]) -> Mark:
    """One of them at a random place, angle and size: a sixth up to all of its 400 pixels, by the print's scale."""
    scale = float(np.clip(sheet.scale * rng.uniform(0.7, 1.8), 0.15, 1))
    small = _turned(cover, scale, float(rng.uniform(0, 360))).astype(np.float32) / np.float32(255)
    small *= np.float32(rng.uniform(0.4, 1))
    x, y = somewhere(sheet, rng) - np.array(small.shape[::-1]) / 2
    box = Window(int(y), int(x), *small.shape)
    stain = kind == Kind.STAIN
    tone = brown(rng) if stain else bare_or_dark(sheet, rng)
    return Mark(kind, box, partial(_part, small, box), tone, "stain" if stain else "paint")


def _part(cover: Floats, box: Window, window: Window) -> Floats:
    return cover[window.within(box)]


def _turned(cover: NDArray[np.uint8], scale: float, degrees: float) -> NDArray[np.uint8]:
    import cv2

    height, width = (max(1, round(scale * side)) for side in cover.shape)
    small = cv2.resize(cover, (width, height), interpolation=cv2.INTER_AREA)
    side = int(np.ceil(np.hypot(height, width))) + 2
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    matrix[:, 2] += ((side - width) / 2, (side - height) / 2)
    return np.asarray(cv2.warpAffine(small, matrix, (side, side), flags=cv2.INTER_LINEAR), np.uint8)
