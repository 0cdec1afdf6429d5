"""Shapes as coverage: float32 (H, W), 1 where a shape hides the picture, 0 where it leaves it alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodes.damage.sheet import Window
from nodes.kinds.arrays import Floats

Points = NDArray[np.float64]
"""(N, 2): x, y in pixels of the print."""

Values = NDArray[np.floating[Any]]
"""What is calculated on the way, whatever its precision."""

SHIFT = 4
"""OpenCV draws at sixteenths of a pixel."""

RIM = 6
"""Pixels drawn around a window: more than a piece of a path is long."""

FINER = 2
"""Shapes are drawn this many times larger and shrunk, so that a line may be a pixel and a half wide."""


def stroke(window: Window, points: Points, widths: Sequence[float]) -> Floats:
    """A drawn path, each of its pieces as wide, in pixels, as `widths` says; a single width counts for all."""
    import cv2

    # OpenCV draws a piece that is cut by the rim a little differently.
    wide = window.grown(RIM)
    canvas, places = _canvas(wide), _placed(wide, points)
    thick = [max(1, round(width * FINER)) for width in widths]
    if len(set(thick)) == 1:
        cv2.polylines(canvas, [places], False, 255, thick[0], cv2.LINE_AA, SHIFT)
    else:
        for start, stop, width in zip(places[:-1].tolist(), places[1:].tolist(), thick, strict=True):
            cv2.line(canvas, start, stop, 255, width, cv2.LINE_AA, SHIFT)
    return _shrunk(canvas, wide)[window.within(wide)]


def soft_stroke(window: Window, points: Points, widths: Sequence[float], sigma: float) -> Floats:
    """A drawn path, blurred; the same whichever window it is looked at through."""
    if sigma <= 0:
        return stroke(window, points, widths)
    wide = window.grown(int(np.ceil(4 * sigma)))
    return blurred(stroke(wide, points, widths), sigma)[window.within(wide)]


def polygon(window: Window, points: Points) -> Floats:
    """A filled outline."""
    import cv2

    canvas = _canvas(window)
    cv2.fillPoly(canvas, [_placed(window, points)], 255, cv2.LINE_AA, SHIFT)
    return _shrunk(canvas, window)


def distance(window: Window, centre: tuple[float, float], axes: tuple[float, float], angle: float) -> Floats:
    """From the centre (x, y), in units of an ellipse's half axes: 1 on its outline. `angle` in radians."""
    y = (np.arange(window.top, window.top + window.height) + 0.5 - centre[1])[:, None]
    x = (np.arange(window.left, window.left + window.width) + 0.5 - centre[0])[None]
    along = (x * np.cos(angle) + y * np.sin(angle)) / axes[0]
    aside = (y * np.cos(angle) - x * np.sin(angle)) / axes[1]
    return np.hypot(along, aside).astype(np.float32)


def ramp(values: Values, low: float, high: float) -> Floats:
    """0 up to `low`, 1 from `high` on, smooth between them (or the other way round)."""
    t = np.minimum(np.maximum((values - low) / (high - low), 0), 1)
    return (t * t * (3 - 2 * t)).astype(np.float32, copy=False)


def blurred(values: Values, sigma: float) -> Floats:
    """Gaussian blur; `sigma` in pixels."""
    import cv2

    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)


def threefold(plane: Values) -> Floats:
    """(H, W) as three equal channels: far quicker to calculate with than a plane that is stretched on the way."""
    import cv2

    single = np.asarray(plane, np.float32)
    return np.asarray(cv2.merge([single, single, single]), np.float32)


def lightness(pixels: Floats) -> Floats:
    """(H, W) of (H, W, 3) as the eye weighs them, roughly."""
    import cv2

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.float32)


def around(points: Points, margin: float) -> Window:
    """The window that holds the points and so much around them."""
    low, high = np.floor(points.min(axis=0) - margin), np.ceil(points.max(axis=0) + margin)
    return Window(int(low[1]), int(low[0]), int(high[1] - low[1]) + 1, int(high[0] - low[0]) + 1)


def _canvas(window: Window) -> NDArray[np.uint8]:
    return np.zeros((window.height * FINER, window.width * FINER), np.uint8)


def _placed(window: Window, points: Points) -> NDArray[np.int32]:
    moved = (points - (window.left, window.top)) * FINER - 0.5
    return np.round(moved * 2**SHIFT).astype(np.int32)


def _shrunk(canvas: NDArray[np.uint8], window: Window) -> Floats:
    import cv2

    small = cv2.resize(canvas, (window.width, window.height), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / np.float32(255)
