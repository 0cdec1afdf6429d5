"""Which pieces of a picture lie where in its holes, and what they show there together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma
from nodes.repair.filling.holes import Marks

SIDE = 7
"""Pixels a side of a piece."""

HALF = SIDE // 2

AT_ONCE = 4096
"""Places looked at together: their pieces fit in a processor's cache, and stopping is quick."""

DEEPER = 1.15
"""How many times less each pixel farther inside a hole counts: it was made from what lies before it."""

COLOURFUL = 0.03
"""Spread of the colour around its mean above which pieces are compared in colour, not only in brightness."""

GUESS = 0.15
"""How much the smooth first guess at what is not filled yet counts."""

DOUBT = 20.0
"""The piece that fits worst still counts by the exponential of minus this: something must lie everywhere."""

LAYER = 512
"""Places compared with all pieces of a small picture together."""

Indices = NDArray[np.int32]
Check = Callable[[], None]


class Patches:
    """A picture (H, W, 3) with holes; for each place in or at a hole the sound piece that fits best there.

    As in Y. Wexler, E. Shechtman and M. Irani, "Space-Time Completion of Video" (2007): every piece of the result, at
    all sizes, is to be like some piece of the sound picture. `search` looks for better pieces, near where neighbours
    found theirs and by chance around; `vote` makes the hole's pixels from the pieces over them.
    """

    def __init__(self, pixels: Floats, hole: Marks, sound: Marks) -> None:
        import cv2

        self.shape = hole.shape
        self.width = hole.shape[1] + 2 * HALF
        self.flat = _padded(pixels).reshape(-1, 3)
        self.planes = 3 if _colourful(pixels) else 1
        self.seen = self._seen(self.flat)
        depth = np.asarray(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 5), np.float32)
        self.weight = _padded(DEEPER**-depth, outside=0).ravel()
        # Pieces come from where nothing is missing.
        whole = cv2.erode(sound.astype(np.uint8), np.ones((SIDE, SIDE)), borderType=cv2.BORDER_CONSTANT, borderValue=0)
        self.sources = _padded(np.asarray(whole), outside=0).ravel() > 0
        self.hole = np.flatnonzero(_padded(hole.astype(np.uint8), outside=0)).astype(np.int32)
        touched = np.asarray(cv2.dilate(hole.astype(np.uint8), np.ones((SIDE, SIDE))))
        self.at = np.flatnonzero(_padded(touched, outside=0)).astype(np.int32)
        self.number = np.full(self.flat.shape[0], -1, np.int32)
        self.number[self.at] = np.arange(self.at.size, dtype=np.int32)
        steps = np.arange(-HALF, HALF + 1, dtype=np.int32)
        self.offsets = (steps[:, None] * self.width + steps).ravel()
        self.source = np.zeros(self.at.size, np.int32)
        self.cost = np.full(self.at.size, np.inf, np.float32)
        self.chance = np.random.default_rng(self.flat.shape[0])

    @property
    def pixels(self) -> Floats:
        return self.flat.reshape(-1, self.width, 3)[HALF:-HALF, HALF:-HALF]

    def put(self, places: Indices, colours: Floats) -> None:
        """Pixels as they are from now on."""
        self.flat[places] = colours
        self.seen[places] = self._seen(colours)

    def start(self, coarse: Patches, check: Check) -> None:
        """Take over the pieces found on the picture at half its size."""
        y, x = np.divmod(self.at, self.width)
        y, x = y - HALF, x - HALF
        rows, columns = np.minimum(y // 2, coarse.shape[0] - 1), np.minimum(x // 2, coarse.shape[1] - 1)
        number = coarse.number[(rows + HALF) * coarse.width + columns + HALF]
        there_y, there_x = np.divmod(coarse.source[number], coarse.width)
        down, right = 2 * (there_y - HALF) + y - 2 * rows, 2 * (there_x - HALF) + x - 2 * columns
        down, right = np.clip(down, 0, self.shape[0] - 1), np.clip(right, 0, self.shape[1] - 1)
        found = (down + HALF) * self.width + right + HALF
        # What lies too near to the hole at this size gives way to the nearest that does not.
        self.source = np.where(self.sources[found], found, self._nearest()[found]).astype(np.int32)
        check()
        # Costs are those of half the size until a search finds them anew.
        self.cost = coarse.cost[number]

    def begin(self, check: Check) -> None:
        """Fill from the rims inwards with what fits best among all pieces; for a small picture.

        The surer half of the rim goes first: a background closes around a thing before that grows into the hole.
        """
        known = self.weight > 0
        known[self.hole] = False
        known_weight, self.weight = self.weight, np.where(known, self.weight, np.float32(GUESS) * self.weight)
        pieces = np.flatnonzero(self.sources).astype(np.int32)
        left = self.hole
        while left.size:
            check()
            seen = known[left[:, None] + np.array([-1, 1, -self.width, self.width])].any(axis=1)
            layer = left[seen] if seen.any() else left
            found = self._best(layer, pieces)
            cost = self._costs(self._piece(layer), self._share(layer), found)
            surest = cost <= np.median(cost)
            layer = layer[surest]
            self.put(layer, self.flat[found[surest]])
            self.weight[layer] = known_weight[layer]
            known[layer] = True
            left = left[~known[left]]
        self.weight = known_weight
        self.compare(check)

    def compare(self, check: Check) -> None:
        """Compare every place with all pieces; for a small picture."""
        pieces = np.flatnonzero(self.sources).astype(np.int32)
        for start in range(0, self.at.size, LAYER):
            check()
            part = slice(start, start + LAYER)
            at = self.at[part]
            self.source[part] = self._best(at, pieces)
            self.cost[part] = self._costs(self._piece(at), self._share(at), self.source[part])

    def search(self, check: Check, reach: int) -> None:
        """Look for better pieces where those around came from, and anywhere within `reach` pixels of the present."""
        for start in range(0, self.at.size, AT_ONCE):
            check()
            part = slice(start, start + AT_ONCE)
            at, source = self.at[part], self.source[part].copy()
            piece, share = self._piece(at), self._share(at)
            cost = self._costs(piece, share, source)
            for step in (1, -1, self.width, -self.width):
                # What fits beside a place, fits here too.
                number = self.number[at + step]
                other = np.where(number >= 0, self.source[number] - step, 0)
                self._improve(piece, share, source, cost, other)
            radius = reach
            while radius >= 1:
                jump = self.chance.integers(-radius, radius + 1, (2, at.size), dtype=np.int32)
                self._improve(piece, share, source, cost, source + jump[0] * self.width + jump[1])
                radius //= 3
            self.source[part], self.cost[part] = source, cost

    def vote(self, places: Indices, check: Check = lambda: None, sharp: bool = False) -> Floats:
        """What the pieces over the places show there, (N, 3): their mean, or sharply nearly always one of them."""
        hill = np.hanning(SIDE + 2)[1:-1] ** (6 if sharp else 1)
        window = np.outer(hill, hill).astype(np.float32).ravel()
        typical = 2 * float(np.quantile(self.cost, 0.75)) + 1e-6
        belief = self.weight[self.at] * np.exp(-np.minimum(self.cost / typical, DOUBT))
        total, weight = np.zeros((places.size, 3), np.float32), np.zeros(places.size, np.float32)
        for offset, part in zip(self.offsets.tolist(), window.tolist(), strict=True):
            check()
            number = self.number[places - offset]
            share = np.where(number >= 0, part * belief[number], 0).astype(np.float32)
            total += share[:, None] * self.flat[self.source[number] + offset]
            weight += share
        return np.asarray(total / np.maximum(weight, 1e-12)[:, None], np.float32)

    def _improve(self, piece: Floats, share: Floats, source: Indices, cost: Floats, other: Indices) -> None:
        """Take other sources where they are sound and fit better."""
        other = np.clip(other, 0, self.sources.size - 1)
        tried = np.flatnonzero(self.sources[other] & (other != source))
        if tried.size:
            costs = self._costs(piece[tried], share[tried], other[tried])
            better = costs < cost[tried]
            source[tried[better]], cost[tried[better]] = other[tried[better]], costs[better]

    def _costs(self, piece: Floats, share: Floats, source: Indices) -> Floats:
        difference = self._piece(source) - piece
        return np.einsum("np,npc,npc->n", share, difference, difference, optimize=False)

    def _best(self, places: Indices, pieces: Indices) -> Indices:
        """The best of all pieces for each place."""
        wanted, share = self._piece(places), self._share(places)
        found = np.empty(places.size, np.int32)
        lowest = np.full(places.size, np.inf, np.float32)
        for start in range(0, pieces.size, AT_ONCE):
            there = self._piece(pieces[start : start + AT_ONCE])
            # The weighted squared difference, multiplied out, less what is the same for every piece.
            costs = share @ (there**2).sum(axis=2).T
            costs -= 2 * (share[..., None] * wanted).reshape(places.size, -1) @ there.reshape(there.shape[0], -1).T
            best = costs.argmin(axis=1)
            cost = costs[np.arange(places.size), best]
            better = cost < lowest
            found[better], lowest[better] = pieces[start + best[better]], cost[better]
        return found

    def _piece(self, places: Indices) -> Floats:
        return self.seen[places[:, None] + self.offsets]

    def _share(self, places: Indices) -> Floats:
        weight = self.weight[places[:, None] + self.offsets]
        return weight / np.maximum(weight.sum(axis=1), 1e-12)[:, None]

    def _seen(self, colours: Floats) -> Floats:
        return colours.copy() if self.planes == 3 else luma(colours)[:, None]

    def _nearest(self) -> Indices:
        """The nearest place of a sound piece to every place."""
        from scipy.ndimage import distance_transform_edt

        missing = ~self.sources.reshape(-1, self.width)
        found = np.asarray(distance_transform_edt(missing, return_distances=False, return_indices=True))
        return (found[0] * self.width + found[1]).astype(np.int32).ravel()


def _padded(values: NDArray, outside: int | None = None) -> NDArray:
    import cv2

    kind = cv2.BORDER_REPLICATE if outside is None else cv2.BORDER_CONSTANT
    return np.asarray(cv2.copyMakeBorder(values, HALF, HALF, HALF, HALF, kind, value=[outside or 0]))


def _colourful(pixels: Floats) -> bool:
    green = pixels[..., 1]
    return max(float(np.std(pixels[..., side] - green)) for side in (0, 2)) > COLOURFUL
