"""What looks like damage and belongs to the picture: handwriting, patterned cloth, frames. Never in the mask."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nodes.damage.coverage import SHIFT, blurred
from nodes.kinds.arrays import Floats
from training.coverage import Shape, covering, laid, turned
from training.strands import fence, strands, wires

Decoy = Callable[[Floats, np.random.Generator], Floats]
"""Changes a picture so that it looks damaged to a careless eye."""

# fmt: off
WORDS = [
    "Paris", "London", "Mother", "John", "1912", "Summer", "Mary", "Ann", "Miners", "Playing", "Ping", "Pong",
    "Wedding", "August", "Family", "1895", "Postkarte", "Grandpa", "Church", "School", "No.", "42", "Uncle", "Fred",
    "St.",
]
# fmt: on


def caption(pixels: Floats, rng: np.random.Generator) -> Floats:
    """One to three lines of writing, printed or in script, dark or light, mostly near the lower or upper rim."""
    for _ in range(rng.integers(1, 4)):
        written = _written(pixels.shape[:2], rng)
        if rng.random() < 0.5:
            written = blurred(written, rng.uniform(0.3, 0.8))
        tone = rng.uniform(0, 0.3) if rng.random() < 0.6 else rng.uniform(0.8, 1)
        pixels = laid(pixels, written * rng.uniform(0.5, 1), tone)
    return pixels


def pattern(pixels: Floats, rng: np.random.Generator) -> Floats:
    """A patch of polka dots, stripes or checks, waved as cloth is."""
    shape = pixels.shape[:2]
    period, weave = rng.uniform(5, 30), rng.integers(3)
    radius = rng.uniform(0.12, 0.3) * period
    drawn = _dots(shape, period, radius, rng) if weave == 0 else _stripes(shape, period, radius)
    if weave == 2:
        drawn = np.maximum(drawn, _stripes(shape[::-1], period, radius).T)
    cover = turned(_waved(covering(drawn), period, rng), rng.uniform(0, 360), 1.2)
    cover = blurred(cover * _patch(shape, rng), rng.uniform(0.4, 1.2))
    tone = rng.uniform(0.7, 1) if rng.random() < 0.6 else rng.uniform(0, 0.3)
    return laid(pixels, cover * rng.uniform(0.4, 1), tone)


def frame(pixels: Floats, rng: np.random.Generator) -> Floats:
    """A plain border, or a thin line along the rim."""
    import cv2

    height, width = pixels.shape[:2]
    margin = int(rng.uniform(0.01, 0.06) * min(height, width)) + 1
    tone = rng.uniform(0.8, 1) if rng.random() < 0.7 else rng.uniform(0, 0.2)
    framed = pixels.copy()
    if rng.random() < 0.5:
        framed[:margin] = framed[-margin:] = tone
        framed[:, :margin] = framed[:, -margin:] = tone
    else:
        corner = (width - margin, height - margin)
        cv2.rectangle(framed, (margin, margin), corner, (tone, tone, tone), int(rng.integers(1, 4)))
    return framed


def _written(shape: Shape, rng: np.random.Generator) -> Floats:
    import cv2

    fonts = (
        cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
        cv2.FONT_HERSHEY_SCRIPT_COMPLEX,
        cv2.FONT_HERSHEY_SIMPLEX,
        cv2.FONT_HERSHEY_DUPLEX,
        cv2.FONT_HERSHEY_COMPLEX,
        cv2.FONT_HERSHEY_TRIPLEX,
    )
    height, width = shape
    text = " ".join(rng.choice(WORDS, rng.integers(1, 5)))
    font = int(rng.choice(fonts)) | (cv2.FONT_ITALIC if rng.random() < 0.4 else 0)
    left = int(rng.uniform(-10, 0.7 * width))
    heights = [rng.uniform(0.1, 1), rng.uniform(0.85, 1), rng.uniform(0.04, 0.12)]
    place = (left, int(rng.choice(heights) * height))
    canvas = np.zeros(shape, np.uint8)
    cv2.putText(canvas, text, place, font, rng.uniform(0.4, 2.2), 255, int(rng.integers(1, 4)), cv2.LINE_AA)
    return turned(covering(canvas), rng.normal(0, 4) if rng.random() < 0.8 else rng.uniform(0, 360))


def _dots(shape: Shape, period: float, radius: float, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Every other row set off by half a period, each dot a little out of its place."""
    import cv2

    canvas = np.zeros(shape, np.uint8)
    for row, y in enumerate(np.arange(0, shape[0], period)):
        for x in np.arange(0, shape[1], period) + period / 2 * (row % 2):
            away = 0.04 * period * rng.normal(size=2)
            place = [int(each * 2**SHIFT) for each in (x + away[0], y + away[1])]
            cv2.circle(canvas, place, int(radius * 2**SHIFT), 255, -1, cv2.LINE_AA, SHIFT)
    return canvas


def _stripes(shape: Shape, period: float, radius: float) -> NDArray[np.uint8]:
    import cv2

    canvas = np.zeros(shape, np.uint8)
    for y in np.arange(0, shape[0], period):
        cv2.line(canvas, (0, int(y)), (shape[1], int(y)), 255, max(1, int(radius / 2)), cv2.LINE_AA)
    return canvas


def _waved(cover: Floats, period: float, rng: np.random.Generator) -> Floats:
    """Bent by about half a period over some 300 pixels."""
    import cv2

    y, x = np.mgrid[: cover.shape[0], : cover.shape[1]].astype(np.float32)
    phase = rng.uniform(0, 6, 2)
    across = (x + period * 0.5 * np.sin(y / 50 + phase[0])).astype(np.float32)
    down = (y + period * 0.6 * np.sin(x / 60 + phase[1])).astype(np.float32)
    return np.asarray(cv2.remap(cover, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.float32)


def _patch(shape: Shape, rng: np.random.Generator) -> Floats:
    """A polygon of six random corners."""
    import cv2

    corners = np.stack([rng.uniform(0, shape[1], 6), rng.uniform(0, shape[0], 6)], axis=1)
    canvas = np.zeros(shape, np.uint8)
    cv2.fillPoly(canvas, [corners.astype(np.int32)], 255)
    return covering(canvas)


Chances = tuple[tuple[Decoy, float], ...]

PRINTED: Chances = ((caption, 0.2), (frame, 0.15), (pattern, 0.15))
"""With the probability that a picture has it."""

DECOYS: Chances = (*PRINTED, (strands, 0.15), (wires, 0.1), (fence, 0.08))
"""Also lines that only their company tells from scratches: a network sees it, a judge of single lines does not."""

LINES: tuple[Decoy, ...] = (strands, wires, fence, caption, pattern)
"""Those that a search for scratches is most easily fooled by."""
