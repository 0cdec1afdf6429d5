"""Fill narrow holes with small pieces of the picture around them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma
from nodes.repair.filling.holes import Holes
from nodes.repair.filling.rays import Idea

SIDE = 9
"""Pixels a side of a piece: large enough to tell texture, small enough to find its like nearby."""

HALF = SIDE // 2

STRIDE = 4
"""Pixels a side of the block that one piece settles."""

REACH = 24
"""Pixels around a hole in which pieces are looked for: grain and light are the same there."""

NEARER = 1e-4
"""Mean squared error in brightness by which a piece at the rim of the search must beat one at hand."""

RELIGHT = 0.08
"""Most by which a piece is made lighter or darker to sit in its place."""

GUESS = 0.02
"""How much an unknown pixel's first idea counts at least when pieces are compared; a known pixel counts 1."""

COLOURFUL = 0.03
"""Spread of the colour around its mean above which pieces are compared in colour, not only in brightness."""

CHECK_EVERY = 64
"""Pieces placed between two looks at the cancel flag: about 30 ms."""


def exemplar(pixels: Floats, holes: Holes, idea: Idea, check: Callable[[], None]) -> Floats:
    """The pixels (H, W, 3) with everything wanted made from pieces around it.

    After A. Criminisi, P. Pérez and K. Toyama, "Region filling and object removal by exemplar-based image inpainting"
    (2004), ordered by depth: each piece is the best match, by what is known of its place, among pieces without any
    hole; it is relit to its place and blended over its neighbours. What was filled before is known but not copied.
    `idea` is what the unknown may be: pieces are compared with it too, as far as it is trusted, and where no piece
    can be found it stays.
    """
    return _Filling(pixels, holes, idea).done(check)


class _Filling:
    """One picture under repair, padded so that no piece and no search leaves it."""

    def __init__(self, pixels: Floats, holes: Holes, idea: Idea) -> None:
        import cv2

        self.pad = HALF + REACH
        self.pixels = self._padded(pixels)
        self.seen = _seen(self.pixels)
        self.energy = (self.seen * self.seen).sum(axis=0)
        unsound = self._padded(holes.hole.astype(np.uint8)) > 0
        self.known = self._padded(holes.known.astype(np.uint8)) > 0
        self.now = np.where(self.known[..., None], self.pixels, self._padded(idea.pixels))
        self.trust = np.maximum(self._padded(idea.trust), np.float32(GUESS))
        self.source = np.asarray(cv2.erode((~unsound).astype(np.uint8), np.ones((SIDE, SIDE), np.uint8))) > 0
        self.depth = np.asarray(cv2.distanceTransform((~self.known).astype(np.uint8), cv2.DIST_L2, 3))
        self.wanted = np.zeros_like(unsound)
        self.wanted[self.pad : -self.pad, self.pad : -self.pad] = holes.wanted
        self.settled = self.known.copy()
        self.total = np.zeros_like(self.pixels)
        self.weight = np.zeros(unsound.shape, np.float32)
        # Steep, so that one piece decides nearly everywhere: an average of several would lose their grain.
        hill = np.hanning(SIDE + 2)[1:-1].astype(np.float32) ** 4
        self.window = np.outer(hill, hill)
        steps = np.arange(-REACH, REACH + 1, dtype=np.float32) / REACH
        self.distance = NEARER * np.hypot(steps[:, None], steps)

    def _padded(self, values: NDArray) -> NDArray:
        import cv2

        pad = self.pad
        return np.asarray(cv2.copyMakeBorder(values, pad, pad, pad, pad, cv2.BORDER_REFLECT))

    def done(self, check: Callable[[], None]) -> Floats:
        rows, columns = np.nonzero(self.wanted)
        order = np.argsort(self.depth[rows, columns], kind="stable")
        placed = 0
        for y, x in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
            if self.wanted[y, x]:
                if placed % CHECK_EVERY == 0:
                    check()
                placed += 1
                self._settle(y, x)
        return self.now[self.pad : -self.pad, self.pad : -self.pad]

    def _settle(self, y: int, x: int) -> None:
        """Find a piece for the place around (y, x), lay it in, and mark its middle as done."""
        place = (slice(y - HALF, y + HALF + 1), slice(x - HALF, x + HALF + 1))
        weight = np.where(self.settled[place], np.float32(1), self.trust[place])
        block = slice(y - STRIDE // 2, y + STRIDE // 2 + 1), slice(x - STRIDE // 2, x + STRIDE // 2 + 1)
        self.wanted[block] = False
        found = self._best(y, x, place, weight)
        if found is not None:
            self._lay(place, self._relit(found, place, weight))
        self.settled[block] = True

    def _best(self, y: int, x: int, place: tuple[slice, slice], weight: Floats) -> tuple[slice, slice] | None:
        import cv2

        sound = self.source[y - REACH : y + REACH + 1, x - REACH : x + REACH + 1]
        if not sound.any():
            return None
        far = HALF + REACH
        around = slice(y - far, y + far + 1), slice(x - far, x + far + 1)
        # The weighted squared difference, multiplied out, less what is the same for every piece.
        errors = np.asarray(cv2.matchTemplate(self.energy[around], weight, cv2.TM_CCORR))
        for plane, now in zip(self.seen, _planes(self.now[place], self.seen.shape[0]), strict=True):
            errors -= 2 * np.asarray(cv2.matchTemplate(plane[around], weight * now, cv2.TM_CCORR))
        costs = errors / float(weight.sum() * self.seen.shape[0]) + self.distance
        dy, dx = divmod(int(np.where(sound, costs, np.inf).argmin()), 2 * REACH + 1)
        top, left = y - REACH + dy - HALF, x - REACH + dx - HALF
        return slice(top, top + SIDE), slice(left, left + SIDE)

    def _relit(self, found: tuple[slice, slice], place: tuple[slice, slice], weight: Floats) -> Floats:
        piece = self.pixels[found]
        share = weight[..., None] / weight.sum()
        light = ((self.now[place] - piece) * share).sum(axis=(0, 1))
        return piece + np.clip(light, -RELIGHT, RELIGHT)

    def _lay(self, place: tuple[slice, slice], piece: Floats) -> None:
        self.total[place] += piece * self.window[..., None]
        self.weight[place] += self.window
        blended = self.total[place] / self.weight[place][..., None]
        self.now[place] = np.where(self.known[place][..., None], self.now[place], blended)


def _seen(pixels: Floats) -> Floats:
    """What pieces are compared by: (3, H, W) where there are colours, else brightness, (1, H, W), in half the time."""
    green = pixels[..., 1]
    colourful = max(float(np.std(pixels[..., side] - green)) for side in (0, 2)) > COLOURFUL
    return _planes(pixels, 3 if colourful else 1)


def _planes(pixels: Floats, count: int) -> Floats:
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)) if count == 3 else luma(pixels)[None]
