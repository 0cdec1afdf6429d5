"""Dust, spots and blotches: small patches lighter or darker than all that surrounds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from graph.context import Tile
from nodes.kinds.arrays import Floats
from nodes.repair.finding.groups import Groups, Indices, Values, linked
from nodes.repair.finding.lines import padded, shifted

SIDE = 9
"""Pixels of the square that a patch must be narrower than, in one direction at least."""

TEXTURE = 20
"""Half the side of the square in which the usual response is measured."""

REACH = 2 + 3 * (SIDE // 2) + TEXTURE

LINK = [(0, 1), (1, -1), (1, 0), (1, 1)]
"""Offsets to later pixels that touch."""

TINY = 1e-4


@dataclass(frozen=True)
class Spots:
    """Pixels that stand out from their surroundings: parallel arrays."""

    y: NDArray[np.int32]
    x: NDArray[np.int32]
    response: Floats
    """Above 0: lighter."""
    value: Floats
    texture: Floats
    """The usual strength of response around."""
    uneven: Floats
    """The range of the picture around, without what is smaller than SIDE."""
    slope: Floats
    """How steeply the picture changes here, a pixel."""

    @staticmethod
    def joined(parts: list[Spots]) -> Spots:
        """One after the other."""
        return Spots(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Spots)))

    def of(self, chosen: NDArray[np.bool_] | Indices) -> Spots:
        """Some of them."""
        return Spots(*(getattr(self, field.name)[chosen] for field in fields(Spots)))

    def __len__(self) -> int:
        return len(self.y)


def spots(luma: Floats, tile: Tile, floor: float, isolation: float, check: Callable[[], None]) -> Spots:
    """The pixels of a tile that stand out by `floor` and by `isolation` times the usual response around."""
    import cv2

    square = np.ones((SIDE, SIDE), np.uint8)
    smooth = np.asarray(cv2.GaussianBlur(padded(luma, tile, REACH), (3, 3), 0.6), np.float32)
    check()
    opened = np.asarray(cv2.morphologyEx(smooth, cv2.MORPH_OPEN, square), np.float32)
    closed = np.asarray(cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, square), np.float32)
    lighter, darker = smooth - opened, closed - smooth
    response = np.where(lighter >= darker, lighter, -darker)
    usual = np.asarray(cv2.blur(np.abs(response), (2 * TEXTURE + 1, 2 * TEXTURE + 1)), np.float32)
    inner = np.abs(shifted(response, REACH))
    y, x = np.nonzero((inner > floor) & (inner > isolation * shifted(usual, REACH)))
    rows, columns = tile.write
    places = y + REACH, x + REACH
    check()
    # What is lighter is compared with the picture without light patches, and the other way round.
    spread = np.where(
        response[places] > 0,
        (np.asarray(cv2.dilate(opened, square)) - np.asarray(cv2.erode(opened, square)))[places],
        (np.asarray(cv2.dilate(closed, square)) - np.asarray(cv2.erode(closed, square)))[places],
    )
    slope = np.hypot(np.asarray(cv2.Sobel(smooth, -1, 1, 0)), np.asarray(cv2.Sobel(smooth, -1, 0, 1)))[places] / 8
    return Spots(
        (y + rows.start).astype(np.int32),
        (x + columns.start).astype(np.int32),
        response[places],
        smooth[places],
        usual[places],
        spread,
        slope.astype(np.float32),
    )


def patches_of(found: Spots) -> Indices:
    """The number of its patch for every pixel."""
    light = found.response > 0
    return linked(found.y, found.x, LINK, lambda one, other: light[one] == light[other])


def speck_measures(found: Spots, groups: Groups, sigma: float, level: int) -> dict[str, Values]:
    """By name, one value a patch; `sigma` is the picture's grain and `level` how often it was halved."""
    strength = np.abs(found.response)
    mean, peak = groups.mean(strength), groups.peak(strength)
    length, breadth = groups.axes()
    light, bright = groups.mean(found.response > 0), groups.mean(found.value)
    usual = groups.mean(found.texture) - groups.count * mean / (2 * TEXTURE + 1) ** 2
    area = groups.shape[0] * groups.shape[1]
    loud = np.log(strength / max(sigma, 1e-3) + 1e-3)
    rank = np.empty(len(mean), np.float32)
    rank[np.argsort(-peak, kind="stable")] = np.arange(len(mean)) / max(1.0, area / 2**20)
    whole = {
        "level": level,
        "sigma": sigma,
        "loud": np.mean(loud),
        "loudest": np.percentile(loud, 90),
        "busy": np.log(len(found) / area),
    }
    return {
        "count": np.log(groups.count),
        "length": np.log(length),
        "breadth": np.log(breadth),
        "fill": np.log(groups.count / (length * breadth)),
        "snr": np.log(peak / max(sigma, 1e-3)),
        "contrast": np.log(np.maximum(peak, TINY)),
        "flat": mean / np.maximum(peak, TINY),
        "texture": np.log(np.maximum(usual, TINY) / np.maximum(peak, TINY)),
        "grainy": np.log(np.maximum(usual, TINY) / max(sigma, 1e-3)),
        "uneven": np.log(groups.mean(found.uneven) / np.maximum(peak, TINY) + 0.02),
        "slope": np.log(groups.peak(found.slope) / np.maximum(peak, TINY) + 0.02),
        "light": light,
        "white": np.where(light > 0.5, bright, 1 - bright),
        "background": bright - np.where(light > 0.5, mean, -mean),
        "crowd": np.log(groups.crowd() + 1e-3),
        "rim": groups.rim(),
        "rank": np.log1p(rank),
        **{name: np.full(len(mean), value, np.float32) for name, value in whole.items()},
    }
