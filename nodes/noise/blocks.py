"""What JPEG has left in a picture: where its blocks of 8 × 8 lie, and how coarsely it rounded.

JPEG (ITU-T T.81) rounds the cosine transform of each block to multiples of a table's steps. The steps are found again
by trying the tables of libjpeg, the reference, which most programs use: with the right one the transforms of the
decoded picture are near multiples. The idea is of Z. Fan and R. de Queiroz, "Identification of Bitmap Compression
History" (2003).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.noise.spectrum import SIDE, transform

LUMA = """16 11 10 16 24 40 51 61 12 12 14 19 26 58 60 55 14 13 16 24 40 57 69 56 14 17 22 29 51 87 80 62
    18 22 37 56 68 109 103 77 24 35 55 64 81 104 113 92 49 64 78 87 103 121 120 101 72 92 95 98 112 100 103 99"""
CHROMA = """17 18 24 47 99 99 99 99 18 21 26 66 99 99 99 99 24 26 56 99 99 99 99 99 47 66 99 99 99 99 99 99
    99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99 99"""
"""The tables K.1 and K.2 of T.81, row by row."""

QUALITIES = range(3, 93)
"""At better ones the steps drown in the rounding to 8 bits, and nothing is to be seen of them either."""

LOW = 24
"""Frequencies with the smallest steps count; higher ones are mostly 0."""

SURE = 0.35
"""Mean cosine from which the steps count as found: 1 is perfect, and a picture that was never a JPEG comes to 0.1."""

NEARLY = 0.9
"""Share of the best mean cosine that a coarser table must reach: half the right steps fit as well as the right ones."""


class Blocks(NamedTuple):
    """JPEG's traces."""

    offset: tuple[int, int]
    """Row and column of the first whole block, 0 to 7."""
    quality: float
    """libjpeg's figure, 1 to 100."""
    turned: bool = False
    """Whether the picture was turned on its side after it was read: then the table lies on its side too."""


@lru_cache(maxsize=256)
def steps(table: str, quality: float, turned: bool = False) -> Floats:
    """The 64 steps, in steps of 255 of the picture, at a quality as libjpeg counts it."""
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    base = np.array(table.split(), np.float32)
    base = base.reshape(SIDE, SIDE).T.ravel() if turned else base
    return np.clip(np.floor((base * np.float32(scale) + 50) / 100), 1, 255).astype(np.float32)


def brightness(pixels: Floats) -> Floats:
    """JPEG's Y (ITU-R BT.601) of pixels (H, W, 3)."""
    return pixels @ np.array([0.299, 0.587, 0.114], np.float32)


def find(pixels: Floats) -> Blocks | None:
    """The traces in a picture of a few megapixels at most; None where there are none."""
    plane = brightness(pixels)
    if min(plane.shape) < 4 * SIDE:
        return None
    offset = (_offset(plane), _offset(plane.T))
    cells = _cut(plane[offset[0] :, offset[1] :]) @ transform() * np.float32(255)
    scores = {way: [_score(cells, steps(LUMA, quality, way)) for quality in QUALITIES] for way in (False, True)}
    turned = max(scores[True]) > max(scores[False])
    best = max(scores[turned])
    if best < SURE:
        return None
    coarsest = next(index for index, score in enumerate(scores[turned]) if score >= NEARLY * best)
    return Blocks(offset, QUALITIES[coarsest], turned)


def _offset(plane: Floats) -> int:
    """The row, 0 to 7, at which blocks begin: there the picture jumps more than between other rows."""
    jump = np.abs(np.diff(plane, axis=0)).mean(axis=1)
    beside = np.abs(np.diff(plane, 2, axis=0))
    bend = np.concatenate([[0.0], beside.mean(axis=1), [0.0]])[: len(jump)]
    length = len(jump) // SIDE * SIDE
    by_row = (jump + bend)[:length].reshape(-1, SIDE)
    return (int(np.argmax(np.median(by_row, axis=0))) + 1) % SIDE


def _cut(plane: Floats) -> Floats:
    rows, columns = plane.shape[0] // SIDE, plane.shape[1] // SIDE
    cut = plane[: rows * SIDE, : columns * SIDE].reshape(rows, SIDE, columns, SIDE)
    return np.ascontiguousarray(cut.swapaxes(1, 2)).reshape(-1, SIDE * SIDE)


def _score(cells: Floats, table: Floats) -> float:
    """How near the coefficients that are not rounded to 0 are to multiples of the steps: the mean cosine."""
    low = np.argsort(np.add.outer(np.arange(SIDE), np.arange(SIDE)).ravel(), kind="stable")[1:LOW]
    ratio = cells[:, low] / table[low]
    counted = np.abs(ratio) > 0.6
    return float(np.cos(2 * np.pi * ratio[counted]).mean()) if np.count_nonzero(counted) > 64 else 0.0
