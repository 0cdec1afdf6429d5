"""One piece of damage: where it is, how much it covers, and what it does there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nodes.damage.coverage import threefold
from nodes.damage.sheet import Window
from nodes.kinds.arrays import Floats

VISIBLE = 0.03
"""Change, mean over R, G and B, up to which nobody would see the damage: 8 steps of 255."""

COVERED = 0.08
"""Coverage from which a pixel counts as damaged: faint scratches do, the last of a soft rim does not."""

SMALL = 900
"""Pixels, of a speck of dust: so few that calling OpenCV costs more than it saves."""

SPARSE = 0.3
"""The share of a window below which what is covered is picked out and worked on alone: most damage is thin lines."""

Kinds = NDArray[np.uint8]
"""(H, W): the number of the kind that damaged a pixel last, 0 where it is sound."""

Tone = tuple[float, float, float]
"""RGB, 0..1."""


class Kind(IntEnum):
    """What damage there is. The numbers are those in an array of kinds."""

    SCRATCH = 1
    CRACK = 2
    CREASE = 3
    DUST = 4
    DIRT = 5
    HAIR = 6
    FIBRE = 7
    STAIN = 8
    FOXING = 9
    SPOT = 10
    TAPE = 11
    FINGERPRINT = 12
    TORN = 13


@dataclass(frozen=True, slots=True)
class Mark:
    """Damage that is drawn window by window, so that a large print needs no large drawing."""

    kind: Kind
    box: Window
    """Beyond it nothing is covered."""
    cover: Callable[[Window], Floats]
    """How much of each pixel of a window is covered, 0..1."""
    tone: Tone
    """Of the paint; or what is left of the light through a stain; or what light is added (negative: taken away)."""
    way: Literal["paint", "stain", "light"] = "paint"
    marked: bool = True
    """Whether it counts as damage; the shadow beside a fold does not."""

    def lay(self, pixels: Floats, kinds: Kinds, window: Window, visible: float = VISIBLE) -> None:
        """Change the pixels (H, W, 3) of that window, and note where they changed by more than is `visible`."""
        part = self.box.common(window)
        if part.height <= 0 or part.width <= 0:
            return
        place, cover = part.within(window), self.cover(part)
        if spots := _few(cover):
            found, here = pixels[place], kinds[place]
            # In one column, which is a picture, too.
            before, names = found[spots][:, None], here[spots][:, None]
            found[spots] = self._laid(before, names, cover[spots][:, None], visible)[:, 0]
            here[spots] = names[:, 0]
        else:
            pixels[place] = self._laid(pixels[place], kinds[place], cover, visible)

    def _laid(self, before: Floats, kinds: Kinds, cover: Floats, visible: float) -> Floats:
        """What becomes of these pixels; the kinds are noted in place."""
        after = self._changed(before, cover)
        np.minimum(np.maximum(after, 0, out=after), 1, out=after)
        if self.marked:
            changed = np.abs(after - before)
            total = changed[..., 0] + changed[..., 1] + changed[..., 2]
            kinds[(total > 3 * visible) & (cover > COVERED)] = self.kind
        return after

    def _changed(self, before: Floats, cover: Floats) -> Floats:
        if self.way == "stain":
            return before * _toned(1, cover, [tone - 1 for tone in self.tone])
        if self.way == "light":
            return before + _toned(0, cover, self.tone)
        return before * _stretched(1 - cover) + _toned(0, cover, self.tone)


def _few(cover: Floats) -> tuple[NDArray[np.intp], ...] | None:
    """Where anything is covered at all; None where that is much, or the window small."""
    import cv2

    if cover.size < SMALL or cv2.countNonZero(cover) > SPARSE * cover.size:
        return None
    return np.nonzero(cover)


def _stretched(plane: Floats) -> Floats:
    """(H, W) as what can be multiplied with (H, W, 3), whichever way is quicker."""
    return plane[..., None] if plane.size < SMALL else threefold(plane)


def _toned(base: float, cover: Floats, tones: Sequence[float]) -> Floats:
    """`base` and the coverage times each tone, as (H, W, 3)."""
    import cv2

    if cover.size < SMALL:
        return base + cover[..., None] * np.array(tones, np.float32)
    return np.asarray(cv2.merge([base + cover * np.float32(tone) for tone in tones]), np.float32)
