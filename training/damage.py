"""Scratches, cracks, hairs, dust and spots on a sound photo, and exactly where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.kinds.arrays import Floats
from training.artefacts import LINES, SPECKS, Artefacts
from training.coverage import Points, Shape, blurred, cloud, ellipse, laid, polyline

Bools = NDArray[np.bool_]

COVERED = 0.35
"""Coverage from which a pixel counts as damaged: the soft rim does not."""

FAINT_LINE, FAINT = 0.015, 0.03
"""Changes, mean over R, G and B, up to which nobody would see the damage: 4 and 8 steps of 255."""

STEP = 3
"""Pixels from point to point of a path."""


class Damaged(NamedTuple):
    """A photo after something happened to it."""

    pixels: Floats
    """(H, W, 3), 0..1."""
    mask: Bools
    """(H, W): where it was visibly changed."""


Mark = Callable[[Floats, np.random.Generator], Damaged]
"""Does one piece of damage to a photo."""


def damage(
    pixels: Floats,
    rng: np.random.Generator,
    artefacts: Artefacts,
    *,
    lines: bool = True,
    specks: bool = True,
    light: float = 0.75,
) -> Damaged:
    """Everything that may happen to one print, from nothing at all to dozens of scratches and specks.

    `light` is the probability that a mark is lighter than the photo: most damage bares the paper.
    """
    mask = np.zeros(pixels.shape[:2], np.bool_)
    # The marks are chosen one by one while they are made, so that one generator decides on both.
    for mark in _marks(rng, artefacts, lines, specks, light):
        pixels, marked = mark(pixels, rng)
        mask |= marked
    return Damaged(pixels, mask)


def _marks(rng: np.random.Generator, artefacts: Artefacts, lines: bool, specks: bool, light: float) -> Iterator[Mark]:
    if lines:
        # A few, some or many scratches, equally likely.
        for _ in range(int(rng.choice([rng.integers(0, 4), rng.integers(1, 9), rng.integers(6, 25)]))):
            yield partial(scratch, light=light)
        if rng.random() < 0.4:
            for _ in range(rng.integers(1, 6)):
                yield crack
        if rng.random() < 0.5:
            for _ in range(rng.integers(1, 4)):
                yield partial(overlay, cover=artefacts.any(LINES, rng), light=light)
    if specks and rng.random() < 0.7:
        for _ in range(rng.integers(1, 5)):
            yield partial(overlay, cover=artefacts.any(SPECKS, rng), light=light)
        for _ in range(rng.integers(0, 15)):
            yield partial(speck, light=light)


def scratch(pixels: Floats, rng: np.random.Generator, light: float = 0.75) -> Damaged:
    """A line 1 to 8 pixels wide, straight or bent, even or broken, that covers the photo or shines through."""
    shape = pixels.shape[:2]
    points = path(shape, rng)
    width = rng.uniform(1, 4) if rng.random() < 0.85 else rng.uniform(4, 8)
    drawn = polyline(shape, points, [width])
    if rng.random() < 0.5:
        drawn = blurred(drawn, rng.uniform(0.4, 0.8))
    # Half of them vary in depth along their way.
    cover = drawn * np.clip(cloud(shape, 12, rng) * 1.6, 0.15, 1) if rng.random() < 0.5 else drawn
    depth = rng.uniform(0.1, 0.6) if rng.random() < 0.8 else rng.uniform(0.6, 0.95)
    lighter = rng.random() < light
    tone = (rng.uniform(0.8, 1) if lighter else rng.uniform(0, 0.2)) * _tint(rng)
    if rng.random() < 0.5:
        after = laid(pixels, cover * depth, tone)
    else:
        added = depth * cover * (0.6 if lighter else -0.6)
        after = np.clip(pixels + added[..., None], 0, 1).astype(np.float32)
    return Damaged(after, (drawn > COVERED) & _changed(pixels, after, FAINT_LINE))


def crack(pixels: Floats, rng: np.random.Generator, light: float = 0.85) -> Damaged:
    """A jagged line of varying width where the emulsion broke: mostly paper-white, some with a shadow beside."""
    shape = pixels.shape[:2]
    points = path(shape, rng)
    points = points + rng.normal(0, rng.choice([0.3, 0.8, 1.5]), points.shape)
    cover = blurred(polyline(shape, points, _crack_widths(len(points) - 1, rng)), rng.uniform(0.4, 1))
    holes = np.clip(cloud(shape, 6, rng) * 1.8, 0.2, 1) if rng.random() < 0.6 else 1
    lighter, depth = rng.random() < light, rng.uniform(0.4, 1)
    after = laid(pixels, cover * holes * depth, rng.uniform(0.8, 1) if lighter else rng.uniform(0, 0.15))
    if rng.random() < 0.3:
        shadow = np.roll(cover, int(rng.integers(2, 4)), int(rng.integers(0, 2))) * (1 - cover)
        after = laid(after, 0.3 * shadow, 0)
    return Damaged(after, (cover > COVERED) & _changed(pixels, after, FAINT))


def overlay(pixels: Floats, rng: np.random.Generator, cover: Floats, light: float = 0.75) -> Damaged:
    """A photographed artefact, given by its coverage, at a random place, angle and size."""
    placed = _placed(cover, pixels.shape[:2], rng)
    lighter, depth = rng.random() < light, rng.uniform(0.4, 1)
    after = laid(pixels, placed * depth, _tone(rng, lighter))
    return Damaged(after, (placed > COVERED) & _changed(pixels, after, FAINT))


def speck(pixels: Floats, rng: np.random.Generator, light: float = 0.75) -> Damaged:
    """A grain of dust: an ellipse with a radius up to 3.5 pixels."""
    shape = pixels.shape[:2]
    radius = rng.uniform(0.7, 3.5)
    centre = rng.uniform(0, shape[1]), rng.uniform(0, shape[0])
    cover = ellipse(shape, centre, (radius, radius * rng.uniform(0.5, 1)), rng.uniform(0, 180))
    depth = rng.uniform(0.3, 1)
    after = laid(pixels, cover * depth, _tone(rng, rng.random() < light))
    return Damaged(after, (cover > COVERED) & _changed(pixels, after, FAINT))


def path(shape: Shape, rng: np.random.Generator) -> Points:
    """A way across the photo, 25 to 900 pixels long, at any angle, straight, bent or trembling."""
    height, width = shape
    length = rng.choice([rng.uniform(25, 80), rng.uniform(60, 300), rng.uniform(200, 900)])
    angle = rng.uniform(0, np.pi)
    if rng.random() < 0.25:
        # Transport in a scanner or a cine projector scratches along the film.
        angle = rng.choice([0, np.pi / 2]) + rng.normal(0, 0.02)
    start = np.array([rng.uniform(0, width), rng.uniform(0, height)])
    bend = rng.choice([0, 0, 0, 0.002, 0.006]) * rng.normal()
    tremble = rng.choice([0, 0, 0.05, 0.15])
    angles = angle + np.cumsum(bend * STEP + tremble * rng.normal(size=int(length / STEP)))
    steps = STEP * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return np.concatenate([start[None], start + np.cumsum(steps, axis=0)])


def _tint(rng: np.random.Generator) -> NDArray[np.float64]:
    """RGB factors of nearly white."""
    green, red = rng.uniform(0.92, 1), rng.uniform(0.85, 1)
    return np.array([red, green, 1])


def _tone(rng: np.random.Generator, lighter: bool) -> float:
    return rng.uniform(0.85, 1) if lighter else rng.uniform(0, 0.15)


def _crack_widths(count: int, rng: np.random.Generator) -> list[float]:
    """Of each piece of a crack, in pixels; they change over about 8 pieces."""
    knots = np.arange(0, count + 9, 8)
    wide = rng.uniform(1, 7)
    varied = np.interp(np.arange(count), knots, rng.normal(0, 1, len(knots)))
    return np.clip(wide * (1 + 0.5 * varied), 0.6, 10).tolist()


def _placed(cover: Floats, shape: Shape, rng: np.random.Generator) -> Floats:
    """The coverage turned, shrunk to a quarter up to four fifths, and put somewhere, possibly across the rim."""
    import cv2

    height, width = cover.shape
    scale = rng.uniform(0.25, 0.8)
    side = int(max(cover.shape) * 1.5 * max(scale, 0.3)) + 4
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(0, 360), scale)
    matrix[:, 2] += ((side - width) / 2, (side - height) / 2)
    small = cv2.warpAffine(cover, matrix, (side, side), flags=cv2.INTER_AREA)
    wide = np.zeros((shape[0] + 2 * side, shape[1] + 2 * side), np.float32)
    y, x = (int(rng.integers(side // 2, length + side // 2)) for length in shape)
    wide[y : y + side, x : x + side] = small
    return wide[side : side + shape[0], side : side + shape[1]]


def _changed(before: Floats, after: Floats, faint: float) -> Bools:
    return np.abs(after - before).mean(axis=2) > faint
