"""The subject of a photo, cut out without a network.

C. Rother, V. Kolmogorov and A. Blake, "GrabCut: Interactive Foreground Extraction Using Iterated Graph Cuts" (2004),
where the seeds that a person would draw come from faces or from what stands out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodes.background.saliency import saliency
from nodes.background.silhouette import Silhouette, silhouette
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Faces
from nodes.models.network import Check

SIDE = 256
"""Pixels of the longer side that is cut: an iteration takes a tenth of a second, and what is finer than two of these
pixels is found afterwards along the photo's edges."""

ITERATIONS = 4

WIDE = 1 / 40
"""Deviation, in parts of the longer side, of the blur that tells a dark coat from a dark shadow in a wall of light."""

SPECKS = 0.01
"""Holes smaller than this share of the picture belong to the subject."""

LIKELY = 0.55
"""What starts as subject. From 0.5 on, the wall around a head starts as subject too, and GrabCut keeps it."""

SITTER = ((0.0, 0.12, 0.3, 0.55, 0.75, 1.0), (0.0, 0.08, 0.2, 0.22, 0.34, 0.4))
"""A portrait whose face is not known: heights of the picture, and how far the sitter reaches to each side of its
middle there, in widths."""

MIDDLE, DULL = 0.5, 0.25
"""How much that counts beside what stands out: with this share 16 portraits are cut out with a mean IoU of 0.59, with
0.42 by saliency alone; with more, things that are no sitter suffer. Below the second, at the border, is background for
certain."""

COLOURLESS = 6.0
"""Deviation of a and b of CIELAB below which a photo is black and white or toned."""

NO_BOX = (0, 0, 0, 0)
"""The seeds are marked pixel by pixel."""

Marks = NDArray[np.uint8]


def subject(check: Check, pixels: Floats, faces: Faces | None) -> Floats:
    """1 where the subject of a small sRGB picture (H, W, 3) is, else 0: (H, W). All 0 where nothing stands out.

    `faces` are those of this picture.
    """
    seeds = silhouette(faces) if faces is not None and len(faces) else _standing_out(pixels)
    marks = _marks(seeds)
    if not _both(marks):
        return seeds.inside.astype(np.float32)
    features = _features(pixels, seeds.likely)
    cut = _whole(_cut(check, features, marks), seeds.inside)
    return cut.astype(np.float32)


def _standing_out(pixels: Floats) -> Silhouette:
    """Seeds without a face: what stands out, and the middle, where people put what they mean."""
    height, width = pixels.shape[:2]
    down = ((np.arange(height, dtype=np.float32) + 0.5) / height)[:, None]
    aside = np.abs((np.arange(width, dtype=np.float32) + 0.5) / width - 0.5)[None, :]
    stands_out = saliency(pixels)
    if not stands_out.any():
        nothing = np.zeros((height, width), np.bool_)
        return Silhouette(stands_out, nothing, ~nothing)
    sitter = np.clip(0.5 + 3 * (np.interp(down, *SITTER) - aside), 0, 1)
    likely = (MIDDLE * sitter + (1 - MIDDLE) * stands_out).astype(np.float32)
    inside = np.hypot(aside / 0.1, (down - 0.5) / 0.15) < 1
    return Silhouette(likely, inside, ((aside > 0.45) | (down < 0.04)) & (likely < DULL) & ~inside)


def _marks(seeds: Silhouette) -> Marks:
    import cv2

    marks = np.where(seeds.likely > LIKELY, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    marks[seeds.outside], marks[seeds.inside] = cv2.GC_BGD, cv2.GC_FGD
    return marks


def _both(marks: Marks) -> bool:
    """Whether there is some of either: OpenCV refuses to learn from nothing."""
    subject = np.count_nonzero(marks & 1)
    return bool(0 < subject < marks.size)


def _features(pixels: Floats, likely: Floats) -> Marks:
    """What GrabCut sees instead of colours, as it takes three bytes a pixel.

    Old photos have no colours: lightness alone cannot tell a dark coat from a dark wall. So the second is the
    lightness around a place, or in a colour photo its hue, and the third how likely somebody stands there.
    """
    import cv2

    lab = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2Lab), np.float32)
    light = lab[..., 0] / 100
    second = _hue(lab[..., 1:])
    if second is None:
        second = np.asarray(cv2.GaussianBlur(light, (0, 0), WIDE * max(light.shape)), np.float32)
    stacked = np.stack([light, second, 0.4 * likely], axis=-1)
    return (np.clip(stacked, 0, 1) * 255 + 0.5).astype(np.uint8)


def _hue(chroma: Floats) -> Floats | None:
    """The direction in which the colours (H, W, 2) of a photo differ most, around 0.5; None where they hardly do."""
    apart = (chroma - chroma.mean(axis=(0, 1))).reshape(-1, 2)
    spread, directions = np.linalg.eigh(apart.T @ apart / len(apart))
    if spread[1] < COLOURLESS**2:
        return None
    return (0.5 + apart @ directions[:, 1] / 100).reshape(chroma.shape[:2]).astype(np.float32)


def _cut(check: Check, features: Marks, marks: Marks) -> Marks:
    """1 inside and 0 outside, after a few iterations."""
    import cv2

    background, foreground = np.zeros((1, 65)), np.zeros((1, 65))
    # The mixtures start from k-means, which draws its centres by chance.
    cv2.setRNGSeed(0)
    way = cv2.GC_INIT_WITH_MASK
    for _ in range(ITERATIONS):
        check()
        if not _both(marks):
            break
        cv2.grabCut(features, marks, NO_BOX, background, foreground, 1, way)
        way = cv2.GC_EVAL
    return (marks & 1).astype(np.uint8)


def _whole(cut: Marks, inside: NDArray[np.bool_]) -> Marks:
    """Only what hangs together with what is certain, without small holes and thin threads."""
    import cv2

    _, labels = cv2.connectedComponents(cut)
    kept = np.unique(labels[inside & (cut > 0)])
    out = np.isin(labels, kept[kept > 0]).astype(np.uint8)
    count, labels, figures, _ = cv2.connectedComponentsWithStats(1 - out, connectivity=4)
    small = [label for label in range(1, count) if figures[label, cv2.CC_STAT_AREA] < SPECKS * out.size]
    out[np.isin(labels, small)] = 1
    side = max(3, round(max(out.shape) / 100) | 1)
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.morphologyEx(out, cv2.MORPH_OPEN, disk), np.uint8)
